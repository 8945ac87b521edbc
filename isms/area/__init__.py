"""The one socket by which an area joins the house. A field that nothing uses yet is not here yet."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from isms.area.answers import (
    AskDue,
    AskOpenWith,
    AskPanels,
    AskResolve,
    AskSearch,
    Duty,
    Entry,
    Forget,
    Hit,
    Link,
    Panel,
    no_links,
    no_panels,
    nothing_due,
    nothing_found,
    nothing_open,
    nothing_written,
)
from isms.area.imports import (
    CarryOut,
    Choice,
    ImportKind,
    Outcome,
    Plan,
    PlanUpload,
    Question,
    Target,
    Upload,
    Verdict,
)
from isms.area.measures import (
    AskBindings,
    Binding,
    Column,
    Fact,
    Indicator,
    Measure,
    Measurement,
    Report,
    Rows,
    no_bindings,
)
from isms.area.undo import CarryOutUndo, PlanUndo, Reversal, Undo, Undoing, UndoPlan
from isms.rules.permissions import Permission

if TYPE_CHECKING:
    from litestar.types import ControllerRouterHandler

    from isms.people import Actor

__all__ = [
    "Area",
    "AskBindings",
    "AskDue",
    "AskOpenWith",
    "AskPanels",
    "AskResolve",
    "AskSearch",
    "Binding",
    "CarryOut",
    "CarryOutUndo",
    "Choice",
    "Column",
    "DemoOffice",
    "Duty",
    "Entry",
    "Fact",
    "Forget",
    "Hit",
    "ImportKind",
    "Indicator",
    "Link",
    "Measure",
    "Measurement",
    "Outcome",
    "Panel",
    "Plan",
    "PlanUndo",
    "PlanUpload",
    "Question",
    "Report",
    "Reversal",
    "Rows",
    "Target",
    "Undo",
    "UndoPlan",
    "Undoing",
    "Upload",
    "Verdict",
    "no_bindings",
    "no_links",
    "no_panels",
    "nothing_due",
    "nothing_found",
    "nothing_open",
    "nothing_written",
]


@dataclass(frozen=True)
class Area:
    """Everything the house knows about an area."""

    title: str
    home: str
    routes: Sequence[ControllerRouterHandler]
    permissions: type[Permission]
    navigation: Sequence[Entry] = ()
    due: AskDue = nothing_due
    search: AskSearch = nothing_found
    open_with: AskOpenWith = nothing_open
    forget: Forget = nothing_written
    panels: AskPanels = no_panels
    resolve: AskResolve = no_links
    indicators: Sequence[Indicator] = ()
    bindings: AskBindings = no_bindings
    reports: Sequence[Report] = ()
    sentences: Mapping[str, str] = field(default_factory=dict)
    private_acts: frozenset[str] = frozenset()  # whose actor nobody else reads, e.g. who learns what and when
    imports: Sequence[ImportKind] = ()
    brings: Callable[[Actor], Awaitable[None]] | None = None  # what ships with it, in the name of „System“
    demo: Callable[[DemoOffice], Awaitable[None]] | None = None


@dataclass(frozen=True)
class DemoOffice:
    """The fictional office that areas fill: units by name, people by role, and the day it is set up."""

    units: Mapping[str, int]
    people: Mapping[str, Actor]
    on: date
