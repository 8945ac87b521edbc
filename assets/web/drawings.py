"""Pictures of plans made ready for their templates: what each box says, by sight and to a screen reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from litestar import Response
from markupsafe import Markup

from assets.queries.plans import PlanObject
from assets.rules.boxes import Box, fitted
from assets.rules.kinds import Kind, OperatingStage
from assets.rules.protection import Goal
from isms.pages import Visit, download
from isms.pdf import pdf
from isms.rules.media import slug
from isms.rules.texts import N_
from isms.templates import STATIC, environment, everywhere
from isms.texts import label, say

NAME_SIZE, MARK_SIZE = 11.5, 10
HEAD, FOOT = 58, 34
NARROWEST = 1060
PLANNED, OUT, WITH_PROVIDER, CRITICAL = N_("geplant"), N_("außer Betrieb"), N_("beim Dienstleister"), N_("kritisch")
SAID = N_("{name}, {kind}, Anzahl {number}{marks}. Schutzbedarf: {needs}.")
OPEN = N_("noch nicht festgestellt")
IN_WORDS = N_("Dasselbe in Worten")
ALTERNATIVE = N_("Dasselbe steht in Worten auf den folgenden Seiten.")
PLAIN = (Kind.IT_SYSTEM, Kind.NETWORK, Kind.COMMUNICATION_LINK)


@dataclass(frozen=True)
class Told:
    """A box with its words: the name in lines that fit, `marks` below it, and all of it in one sentence."""

    box: Box
    object: PlanObject
    lines: tuple[str, ...]
    marks: str
    said: str

    @property
    def bars(self) -> list[tuple[str, int]]:
        """For each goal its letter and how many bars: none where nobody determined the need yet."""
        return bars(self.object)


@dataclass(frozen=True)
class Sheet:
    """What stands on every picture: whose it is, of which day, and when what it shows last changed."""

    title: str
    place: str
    on: date
    changed: datetime | None
    width: int
    height: int

    @property
    def whole(self) -> tuple[int, int]:
        """With the title above and the key below."""
        return max(self.width, NARROWEST), self.height + HEAD + FOOT


@dataclass(frozen=True)
class Group:
    """Things of one place, each with its address, if it has a page."""

    title: str
    lines: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Words:
    """A part of a picture for ears."""

    title: str
    lead: str
    groups: Sequence[Group]


def told(boxes: Iterable[Box], objects: Mapping[int, PlanObject]) -> list[Told]:
    return [_told(box, objects[box.key]) for box in boxes]


def bars(object: PlanObject) -> list[tuple[str, int]]:
    return [(goal.value[0].upper(), int(object.needs[goal]) if object.assessed else 0) for goal in Goal]


def sentence(object: PlanObject) -> str:
    """All that the picture shows of an object, for ears."""
    needs = ", ".join(f"{label(goal)} {label(object.needs[goal])}" for goal in Goal)
    said = {"name": object.label, "kind": object.kind, "number": object.number}
    marks = f", {_marks(object)}" if _marks(object) else ""
    return say(SAID, {**said, "marks": marks, "needs": needs if object.assessed else say(OPEN)})


def drawing(request: Visit, template: str, **context: object) -> str:
    """A picture that stands alone: as a file, and in a paper."""
    shown = {**everywhere(request), **context, "look": _look(), "fit": False}
    return environment().get_template(template).render(shown)


async def files(request: Visit, sheet: Sheet, svg: str, words: Sequence[Words]) -> Response[Any]:
    """What the address asks for: `….svg`, or `….pdf`, a sheet of A3 or A4 with the words on the pages behind it."""
    name = f"{slug(f'{sheet.title} {sheet.place}').lower()}-{sheet.on.isoformat()}"
    if request.url.path.endswith(".svg"):
        return download(f"{name}.svg", svg.encode(), "image/svg+xml")
    data = {
        "title": f"{sheet.title}: {sheet.place}",
        "office": sheet.place,
        "heading": say(IN_WORDS),
        "svg": svg,
        "alternative": say(ALTERNATIVE),
        "paper": "a4" if request.query_params.get("paper") == "a4" else "a3",
        "words": [asdict(one) for one in words],
    }
    return download(f"{name}.pdf", await pdf("assets/plan", data, made_at=datetime.now(UTC)), "application/pdf")


@cache
def _look() -> Markup:
    return Markup("<style>{}</style>").format(Markup((STATIC / "plan-alone.css").read_text(encoding="utf-8")))  # noqa: S704  our own file


def _told(box: Box, object: PlanObject) -> Told:
    marks = _marks(object)
    lines = fitted(object.name, NAME_SIZE, 2)
    return Told(box, object, lines, " ".join(fitted(marks, MARK_SIZE, 1)), sentence(object))


def _marks(object: PlanObject) -> str:
    found = [
        *([] if object.kind in PLAIN else [label(object.kind)]),
        *([say(PLANNED)] if object.operating_stage is OperatingStage.PLANNED else []),
        *([say(OUT)] if object.operating_stage is OperatingStage.OUT_OF_OPERATION else []),
        *([say(WITH_PROVIDER)] if object.provider_operated else []),
    ]
    if object.critical_kinds:
        codes = "/".join(kind.value.upper() for kind in object.critical_kinds)
        found.append(f"{say(CRITICAL)}: {codes}")
    return ", ".join(found)
