"""A monkey at the program: random input of every kind, and a look now and then at whether all is still in order."""
