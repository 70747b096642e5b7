"""Journey Mapper: draw customer journey maps offline and print them as posters."""

__version__ = "0.1.0"
