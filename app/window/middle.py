"""The middle of the window: a page, above it what has to be said about the map while one works on, a bar below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from app.window.notice_bar import Notice, NoticeBar


class Middle(QWidget):
    """Shows one notice at a time, the most important; the bar is made with the first."""

    def __init__(self, pages: QStackedWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addWidget(pages)
        self._pages = pages
        self._notices: dict[str, Notice] = {}
        self.bar: NoticeBar | None = None

    @property
    def notice(self) -> Notice | None:
        """What is said now."""
        return min(self._notices.values(), key=lambda notice: notice.rank, default=None)

    def tell(self, notice: Notice) -> None:
        """Says something, in place of what was said under the same name."""
        self._notices[notice.name] = notice
        self._show()

    def withdraw(self, name: str) -> None:
        """It need not be said any more."""
        if self._notices.pop(name, None) is not None:
            self._show()

    def put_below(self, bar: QWidget) -> None:
        """Lets a bar stand below the page."""
        self._rows.addWidget(bar)

    def _show(self) -> None:
        if self.bar is None:
            from app.window.notice_bar import NoticeBar

            self.bar = NoticeBar(self)
            self.bar.left.connect(self._to_page)
            self._rows.insertWidget(0, self.bar)
        self.bar.show_notice(self.notice)

    def _to_page(self) -> None:
        """The keyboard goes to what lies below the bar: the map."""
        page = self._pages.currentWidget()
        if page is not None:
            page.setFocus()
