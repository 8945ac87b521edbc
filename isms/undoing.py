"""Taking an import back: what a run brought and changed, and what has happened to it since."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from isms.area import Reversal, Undoing
from isms.db.reading import Row, rows, value
from isms.db.references import Reference, freeze, pointing_at
from isms.rules.errors import Complaint, Stale
from isms.rules.terms import Term
from isms.rules.texts import N_

ANY = 10**9
TAKEN_BACK = N_("Import zurückgenommen")
ACTED = N_("Seit dem Import geändert, zuletzt am {day}. Was, sagt der Änderungsverlauf.")
POINTED_AT = N_("Seit dem Import verweist anderes darauf.")
OUT_OF_REACH = N_("Liegt außerhalb Ihres Bereichs.")
BACK = N_("Zurück geht: {fields}.")
BACK_BUT = N_("Zurück geht: {fields}. Seitdem anders und darum wie jetzt: {others}.")
ALL_OTHER = N_("Seit dem Import anders eingetragen: {others}.")
BUSY = N_(
    "Gerade ändert jemand etwas an dem, was dieser Import gebracht hat. Bitte versuchen Sie es gleich noch einmal."
)

ENTRY = """SELECT coalesce(max(id), 0) FROM audit_entry WHERE action = 'import.done' AND subject = {}"""
ACTS = """SELECT e.subject AS record, count(*) AS number, max(e.at) AS last FROM audit_entry e
    WHERE e.id > {{}} AND e.action NOT IN ({marks}) AND e.action NOT LIKE '%.import_undone'
    AND e.subject IN ({subjects}) GROUP BY e.subject"""
BY_RUNS_TAKEN_BACK = """SELECT c.record, count(DISTINCT c.run) AS number FROM import_change c
    JOIN import_run r ON r.id = c.run WHERE c.run > {} AND r.undone_at IS NOT NULL GROUP BY c.record"""
CHANGES = "SELECT record, field, before, after FROM import_change WHERE run = {} ORDER BY id"
NO_LONGER = ("ended_on", "closed_on", "left_on")


@dataclass(frozen=True)
class Brought:
    """A table into which a run brought rows, so that `import_run` names it.

    `own` counts the rows of other tables that came along with each of them (ANY: whose changes the trail tells),
    `said` is what to say of rows of a table that point to them, `quiet` are actions in the trail that follow from
    others.
    """

    table: str
    own: Mapping[tuple[str, str], int] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    quiet: tuple[str, ...] = ()


class Changed(Row):
    """A field that a run changed; `before` and `after` are JSON."""

    record: str
    field: str
    before: str
    after: str


class Titled(Protocol):
    """Whatever has a key and a title for the reader."""

    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...


Some = TypeVar("Some", bound=Titled)


@dataclass(frozen=True)
class Former(Generic[Some]):
    """A record with the fields that go back, each with what it was before the run and what it is now."""

    record: Some
    fields: Mapping[str, tuple[Any, Any]]

    @property
    def before(self) -> dict[str, Any]:
        return {name: before for name, (before, _) in self.fields.items()}


class _Acts(Row):
    record: str
    number: int
    last: datetime


class _Counted(Row):
    record: str
    number: int


class _Pointed(Row):
    id: int


async def hold_still(run: int, *tables: str) -> None:
    """Raises Stale where somebody is just changing what the run brought into these tables."""
    for table in tables:
        if not await freeze(table, run):
            raise Stale(BUSY)


async def changes_of(run: int) -> Mapping[str, list[Changed]]:
    """What a run changed, by record."""
    found: dict[str, list[Changed]] = {}
    for one in await rows(Changed, CHANGES, run):
        found.setdefault(one.record, []).append(one)
    return found


async def happened_since(brought: Brought, run: int) -> Mapping[int, Complaint]:
    """Why a row can no longer be taken back, by its id: what people did with it, or what points to it now.

    What later imports changed and what was taken back with them counts as not done.
    """
    found: dict[int, Complaint] = {}
    for reference in pointing_at(brought.table):
        for one in await _pointed(brought, reference, run):
            found.setdefault(one.id, Complaint(brought.said.get(reference.table, POINTED_AT)))
    for acted in await _acts(brought, run):
        found[int(acted.record.partition(":")[2])] = Complaint(ACTED, {"day": acted.last})
    return found


def leaving(one: Titled, stays: Complaint | None, then: str) -> Reversal:
    """A record that the run brought: it goes, unless something has happened since."""
    if stays:
        return Reversal(one.key, one.title, Undoing.KEPT, stays.message, stays.values)
    return Reversal(one.key, one.title, Undoing.ENDED, then)


def going_back(
    records: Sequence[Some],
    changes: Mapping[str, Sequence[Changed]],
    stands: Callable[[Some, str, Any], bool],
    word: Callable[[str], Term],
    *,
    reach: Callable[[Some], Complaint | None],
) -> tuple[list[Reversal], list[Former[Some]]]:
    """Fields that still hold what the run wrote (`stands`) go back; what somebody wrote since stays."""
    reversals, former = [], []
    for one in records:
        if why := reach(one):
            reversals.append(leaving(one, why, ""))
            continue
        told = [(each.field, json.loads(each.before), json.loads(each.after)) for each in changes[one.key]]
        back = {name: (before, after) for name, before, after in told if stands(one, name, after)}
        others = [name for name, _, _ in told if name not in back]
        reversals.append(_restoring(one, tuple(map(word, back)), tuple(map(word, others))))
        if back:
            former.append(Former(one, back))
    return reversals, former


def _restoring(one: Titled, back: tuple[Term, ...], others: tuple[Term, ...]) -> Reversal:
    said = {"fields": back, "others": others}
    if not back:
        return Reversal(one.key, one.title, Undoing.KEPT, ALL_OTHER, said)
    return Reversal(one.key, one.title, Undoing.RESTORED, BACK_BUT if others else BACK, said)


async def _acts(brought: Brought, run: int) -> list[_Acts]:
    began = await value(ENTRY, f"import_run:{run}")
    subjects = f"SELECT '{brought.table}:' || x.id FROM {brought.table} x WHERE x.import_run = {{}}"
    quiet = ("", *brought.quiet)
    sql = ACTS.format(marks=", ".join("{}" for _ in quiet), subjects=subjects)
    acts = await rows(_Acts, sql, began, *quiet, run)
    undone = {one.record: one.number for one in await rows(_Counted, BY_RUNS_TAKEN_BACK, run)} if acts else {}
    return [one for one in acts if one.number > undone.get(one.record, 0)]


async def _pointed(brought: Brought, reference: Reference, run: int) -> list[_Pointed]:
    own = brought.own.get((reference.table, reference.column), 0)
    if own == ANY:
        return []
    only = [f"x.{column} IS NULL" for column in NO_LONGER if column in reference.beside]
    args: list[object] = [run]
    if "import_run" in reference.beside:
        only.append("(x.import_run IS NULL OR x.import_run <> {})")
        args.append(run)
    sql = f"""SELECT b.id FROM {brought.table} b JOIN "{reference.table}" x ON x."{reference.column}" = b.id
        WHERE b.import_run = {{}} {"".join(f" AND {one}" for one in only)} GROUP BY b.id HAVING count(*) > {own}"""
    return await rows(_Pointed, sql, *args)
