"""A small map to try the window's widgets on: two stages, three steps, three lanes, two personas."""

from app.model.document import Document
from app.model.edits import add_card, add_lane, add_link, add_persona, add_point, add_stage, add_step, set_map
from app.model.queries import steps_of
from app.model.records import Record


class SmallMap:
    """The document and the ids of what is in it."""

    def __init__(self) -> None:
        self.document = Document()
        with self.document.edit("Draw") as tx:
            set_map(tx, title="Small", owner="Ana")
            self.stage = add_stage(tx, "Awareness", step_title="Hears of it")
            self.step = steps_of(tx.store, self.stage)[0].id
            self.next_step = add_step(tx, self.stage, "Compares")
            self.other_stage = add_stage(tx, "Purchase")
            self.lane = add_lane(tx, "touchpoints")
            self.actions = add_lane(tx, "actions")
            self.curve = add_lane(tx, "emotion")
            self.empty_lane = add_lane(tx, "notes")
            self.mia = add_persona(tx, "Mia")
            self.ken = add_persona(tx, "Ken")
            self.card = add_card(tx, "touchpoint", self.lane, self.step, title="Leaflet", channel="post")
            self.other_card = add_card(tx, "touchpoint", self.lane, self.next_step, title="Shop", channel="store")
            self.action = add_card(tx, "action", self.actions, self.step, title="Reads it", body="Twice")
            self.point = add_point(tx, self.curve, self.mia, self.step, 0.5, 1.0, "curious")
            self.link = add_link(tx, self.card, self.other_card)
        self.document.history.mark_saved()

    def __getitem__(self, id: str) -> Record:
        return self.document.store[id]

    @property
    def steps_back(self) -> int:
        """How many undo steps there are since the map was drawn."""
        count = 0
        while not self.document.history.is_clean and self.document.undo():
            count += 1
        for _ in range(count):
            self.document.redo()
        return count
