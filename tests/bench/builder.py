"""How big the office is, and who and what comes when its parts are built in turn."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random

from isms.db.reading import Row

DAY = date(2026, 1, 5)
AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
FIRST = ("Ada", "Bela", "Cem", "Dana", "Emre", "Filiz", "Gero", "Hanna", "Ida", "Jan", "Kira", "Levin", "Maja", "Nuri")
LAST = ("Brandt", "Yıldız", "Weber", "Kaya", "Lindner", "Vogt", "Öztürk", "Müller", "Petersen", "Hansen", "Groß")


@dataclass(frozen=True)
class Size:
    people: int = 10_000
    devices: int = 100_000
    objects: int = 10_000
    risks: int = 5_000
    completions: int = 100_000

    def divided(self, by: int) -> "Size":
        return Size(*(number // by for number in vars(self).values()))


class Place(Row):
    id: int
    institution: int


@dataclass
class Builder:
    """Hands out units and people in turn. `people` are the ids of those who work in a place."""

    size: Size
    places: list[Place]
    people: list[int]

    def __post_init__(self) -> None:
        self.random = Random(20260105)

    def place(self, number: int) -> Place:
        return self.places[number % len(self.places)]

    def person(self, number: int) -> int:
        return self.people[number % len(self.people)]
