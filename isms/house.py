"""The house as its pages know it: settings, areas and storage, handed down from the roof by the app's state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from litestar.connection import ASGIConnection

from isms.area import Area, Binding, Duty, Hit, ImportKind, Indicator, Link, Panel, Plan, Report
from isms.files import Store
from isms.indicators import Trends
from isms.people import Actor, Someone
from isms.rules.errors import Missing
from isms.rules.texts import N_
from isms.settings import Settings

PREVIEWS = 4


@dataclass(frozen=True)
class Previews:
    """Plans of imports between the upload and the page that shows them a moment later, so that a long list is not
    read twice. Each is handed out once; carrying out plans anew, whatever was shown."""

    waiting: dict[int, Plan] = field(default_factory=dict)

    def keep(self, run: int, plan: Plan) -> None:
        while len(self.waiting) >= PREVIEWS:
            del self.waiting[next(iter(self.waiting))]
        self.waiting[run] = plan

    def take(self, run: int) -> Plan | None:
        return self.waiting.pop(run, None)


@dataclass(frozen=True)
class House:
    """What the roof joined. Every question to all areas is asked here, one area after the other."""

    settings: Settings
    areas: Sequence[Area]
    secret: bytes
    uuid: UUID
    store: Store
    is_demo: bool = False
    previews: Previews = field(default_factory=Previews)
    trends: Trends = field(default_factory=Trends)

    def indicator(self, key: str) -> Indicator:
        """Raises Missing for a key that no area offers."""
        found: Indicator = _found(key, {one.key: one for area in self.areas for one in area.indicators})
        return found

    def import_kind(self, name: str) -> ImportKind:
        """Raises Missing for a name that no area reads."""
        found: ImportKind = _found(name, {one.name: one for area in self.areas for one in area.imports})
        return found

    def report(self, name: str) -> Report:
        """Raises Missing for a name that no area offers."""
        found: Report = _found(name, {one.name: one for one in self.reports})
        return found

    @property
    def reports(self) -> list[Report]:
        return [report for area in self.areas for report in area.reports]

    @property
    def sentences(self) -> Mapping[str, str]:
        return {action: text for area in self.areas for action, text in area.sentences.items()}

    @property
    def private_acts(self) -> frozenset[str]:
        """Actions that people take for themselves: others read that it happened, not who it was."""
        return frozenset(action for area in self.areas for action in area.private_acts)

    async def bindings(self, scope: str, *, on: date) -> list[Binding]:
        return [binding for area in self.areas for binding in await area.bindings(scope, on=on)]

    async def due(self, for_: Someone, *, seen_by: Actor, on: date) -> list[Duty]:
        """Everything due for a person, most urgent first; what has no date comes last."""
        duties = [duty for area in self.areas for duty in await area.due(for_, seen_by=seen_by, on=on)]
        return sorted(duties, key=lambda duty: (duty.due_on is None, duty.due_on or on))

    async def open_with(self, person: Someone, *, seen_by: Actor | None) -> list[Duty]:
        """What is still open with somebody who goes."""
        return [duty for area in self.areas for duty in await area.open_with(person, seen_by=seen_by)]

    async def search(self, words: str, *, seen_by: Actor, limit: int = 10) -> list[Hit]:
        return [hit for area in self.areas for hit in await area.search(words, seen_by=seen_by, limit=limit)]

    async def panels(self, key: str, *, seen_by: Actor, on: date) -> list[Panel]:
        return [panel for area in self.areas for panel in await area.panels(key, seen_by=seen_by, on=on)]

    async def move_in(self, system: Actor) -> None:
        """Bring along what ships with the areas; the second time there is nothing to do."""
        for area in self.areas:
            if area.brings:
                await area.brings(system)

    def may_follow(self, link: Link, user: Actor) -> bool:
        """Whether this person may see more than their own in the part of the house that a link leads to."""
        entries = [entry for area in self.areas for entry in area.navigation if link.href.startswith(f"{entry.href}/")]
        return all(user.reach(entry.asks).subtrees for entry in entries)

    async def resolve(self, keys: Iterable[str]) -> dict[str, Link]:
        wanted = sorted(set(keys))
        links: dict[str, Link] = {}
        for area in self.areas:
            links |= await area.resolve(wanted)
        return links


def house_of(connection: ASGIConnection[Any, Any, Any, Any]) -> House:
    house: House = connection.app.state.house
    return house


def _found(name: str, offered: Mapping[str, Any]) -> Any:
    if name not in offered:
        raise Missing(N_("Das bietet kein Bereich an."))
    return offered[name]
