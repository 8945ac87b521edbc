"""The list of target objects: searched, filtered, sorted, paged, and exported as it is shown."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass

from assets.queries.narrowing import under, within_reach
from assets.queries.objects import ASSESSED, ROW, TABLES, ObjectRow
from assets.rules.kinds import Kind, OperatingStage
from assets.rules.permissions import May
from assets.rules.protection import ProtectionNeed
from isms.db.reading import Row, rows
from isms.listing import Ask, Listing, Page, Sort, Where
from isms.people import Actor
from isms.rules.terms import Term
from isms.rules.texts import N_


class Mark(Term):
    """What to look at in a list of objects."""

    NO_RESPONSIBLE = "unanswered", N_("ohne Verantwortliche")
    NO_NEED = "unassessed", N_("ohne Schutzbedarf")
    PROVIDER = "provider", N_("vom Dienstleister betrieben")
    PERSONAL_DATA = "personal", N_("mit personenbezogenen Daten")


@dataclass(frozen=True)
class AskedObjects:
    """What the address asks for; the default asks for all. `need` is the highest need of the three goals; an object
    is listed that bears every one of `only`."""

    q: str = ""
    kind: Kind | None = None
    need: ProtectionNeed | None = None
    unit: int | None = None
    stage: OperatingStage | None = None
    tag: str = ""
    only: tuple[Mark, ...] = ()

    @property
    def address(self) -> dict[str, object]:
        """As the list's address holds it."""
        return {
            "q": self.q,
            "kind": str(self.kind) if self.kind else "",
            "need": int(self.need) if self.need else "",
            "unit": self.unit or "",
            "stage": str(self.stage) if self.stage else "",
            "tag": self.tag,
            "only": self.only_with(None),
        }

    def only_with(self, mark: Mark | None) -> str:
        """The same marks as an address holds them, with this one switched."""
        return " ".join(one.value for one in Mark if (one in self.only) != (one is mark))


class TagRow(Row):
    """A tag that is on some object."""

    word: str


HIGHEST = """CASE WHEN 3 IN (o.confidentiality, o.integrity, o.availability) THEN 3
    WHEN 2 IN (o.confidentiality, o.integrity, o.availability) THEN 2 ELSE 1 END = {}"""
TAGGED = """o.id IN (SELECT t.target_object FROM object_tag t
    WHERE t.tag IN (SELECT id FROM tag WHERE folded = {}) AND t.ended_on IS NULL)"""
# As the indexes of the migration have it, each with the rest that the index does not know.
MARKS: Mapping[Mark, str] = {
    Mark.NO_RESPONSIBLE: "o.responsible IS NULL",
    Mark.NO_NEED: f"""o.own_confidentiality IS NULL AND o.own_integrity IS NULL AND o.own_availability IS NULL
        AND NOT {ASSESSED}""",
    Mark.PROVIDER: "o.provider_operated",
    Mark.PERSONAL_DATA: "o.personal_data",
}
MOST_TAGS = 12
LISTING = Listing(
    ObjectRow,
    ROW,
    TABLES.removeprefix("FROM "),
    "o.id",
    {"number": Sort("o.short_id", "short_id"), "name": Sort("o.name", "name")},
    ("target_object o", "target_object o JOIN unit u ON u.id = o.unit"),
)


async def objects(asked: AskedObjects, ask: Ask, *, seen_by: Actor) -> Page[ObjectRow]:
    """One page of the list."""
    return await LISTING.page(await _narrowed(asked, seen_by), ask)


async def all_objects(asked: AskedObjects, ask: Ask, *, seen_by: Actor) -> AsyncGenerator[ObjectRow, None]:
    """The same objects in the same order, one after the other."""
    async for one in LISTING.each(await _narrowed(asked, seen_by), ask):
        yield one


async def tags_in_use(*, seen_by: Actor) -> list[TagRow]:
    """The most used tags of the reader's institution, as far as an object within reach bears them; by name."""
    where, args = seen_by.reach(May.VIEW_OBJECTS).where("u.path", own="o.responsible")
    found = await rows(
        TagRow,
        f"""SELECT g.word FROM tag g WHERE g.institution = {{}} AND EXISTS (SELECT 1 FROM object_tag t
                JOIN target_object o ON o.id = t.target_object JOIN unit u ON u.id = o.unit
                WHERE t.tag = g.id AND t.ended_on IS NULL AND o.ended_on IS NULL AND {where})
            ORDER BY (SELECT count(*) FROM object_tag t WHERE t.tag = g.id AND t.ended_on IS NULL) DESC, g.folded
            LIMIT {MOST_TAGS}""",
        seen_by.institution,
        *args,
    )
    return sorted(found, key=lambda one: one.word.casefold())


async def _narrowed(asked: AskedObjects, seen_by: Actor) -> Where:
    where = within_reach(May.VIEW_OBJECTS, "o", "o.responsible", seen_by=seen_by).add("o.ended_on IS NULL")
    filters = (
        ("o.kind = {}", asked.kind and asked.kind.value),
        ("o.operating_stage = {}", asked.stage and asked.stage.value),
        (HIGHEST, asked.need and int(asked.need)),
        (TAGGED, asked.tag.casefold()),
    )
    for condition, wanted in filters:
        if wanted:
            where.add(condition, wanted)
    if asked.unit:
        where.add(*await under(asked.unit, "o"))
    for mark in asked.only:
        where.add(MARKS[mark])
    return await where.find("target_object", asked.q, "o")
