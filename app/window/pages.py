"""The pages in the middle of the window: a picture of the map to come, the start page, a map on its way, the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.window.standin import StandIn
from app.window.tones import tones

if TYPE_CHECKING:
    from app.canvas.view import MapView
    from app.window.accessible import MapReader
    from app.window.opening_page import OpeningPage
    from app.window.program import Program
    from app.window.start_page import StartPage


class Pages(QStackedWidget):
    """Shows one at a time. Each is made when it is first asked for; of those not shown only the map's is kept."""

    def __init__(self, picture: QPixmap, parent: QWidget) -> None:
        super().__init__(parent)
        self.stand_in = StandIn(picture, tones().desk, self)
        self.addWidget(self.stand_in)
        self.start: StartPage | None = None
        """The start page while it is shown."""
        self.map: MapView | None = None
        """The canvas, once there was a map."""
        self._reader: MapReader | None = None

    def add_map(self) -> MapView:
        from app.canvas.view import MapView

        self.map = MapView(self)
        self.addWidget(self.map)
        self.dress()
        return self.map

    def add_start(self, program: Program) -> StartPage:
        from app.window.start_page import StartPage

        self.start = StartPage(program, self)
        self.addWidget(self.start)
        return self.start

    def add_opening(self, name: str) -> OpeningPage:
        from app.window.opening_page import OpeningPage

        page = OpeningPage(name, self)
        self.addWidget(page)
        return page

    def turn_to(self, page: QWidget) -> None:
        """Shows one page and removes what stood in for it."""
        self.setCurrentWidget(page)
        if self.start is not None and page is not self.start:
            self.start.close_workers()
            self.start = None
        for at in reversed(range(self.count())):
            other = self.widget(at)
            if other is not None and other not in {self.map, page}:
                self.removeWidget(other)
                other.deleteLater()

    def offer_to_readers(self) -> None:
        """Lets screen readers meet what lies on the map."""
        if self._reader is None and self.map is not None:
            from app.window.accessible import MapReader

            self._reader = MapReader(self.map)

    def leave_readers(self) -> None:
        if self._reader is not None:
            self._reader.close()

    def drop_gestures(self) -> None:
        """Puts back what is being dragged or typed on the map."""
        if self.map is not None:
            self.map.cancel()

    def let_go(self) -> None:
        """The map is no longer open."""
        if self.map is not None:
            self.map.close_map()

    def dress(self) -> None:
        """The appearance may have changed; what is painted in its colours follows."""
        if self.map is not None:
            self.map.setBackgroundBrush(QColor(tones().desk))
