"""What applications are made of, by their newest parts list, and which parts run out of support."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from assets.queries.support_data import known, packages
from assets.rules.kinds import Kind
from assets.rules.parts_lists import Part, PartsChanges, compared
from assets.rules.permissions import May
from assets.rules.support import Release, Standing, release_of, standing
from isms.area import Panel
from isms.db.reading import Row, row, rows
from isms.listing import Ask, Listing, Page, Sort, Where
from isms.people import Actor
from isms.rules.texts import N_


class ListRow(Row):
    """A parts list of an application."""

    id: int
    target_object: int
    sha256: str
    form: str
    about: str
    made_at: datetime | None
    parts: int
    recorded_at: datetime


LIST = "SELECT id, target_object, sha256, form, about, made_at, parts, recorded_at FROM parts_list"


async def newest(target_object: int) -> ListRow | None:
    return await row(ListRow, f"{LIST} WHERE target_object = {{}} ORDER BY id DESC LIMIT 1", target_object)


async def before(found: ListRow) -> ListRow | None:
    """The list that this one superseded."""
    sql = f"{LIST} WHERE target_object = {{}} AND id < {{}} ORDER BY id DESC LIMIT 1"
    return await row(ListRow, sql, found.target_object, found.id)


class PartRow(Row):
    id: int
    name: str
    family: str
    version: str
    kind: str
    licence: str
    package: str

    @property
    def part(self) -> Part:
        return Part(self.name, self.family, self.version, self.kind, self.licence, self.package)

    @property
    def title(self) -> str:
        return self.part.title


COLUMNS = "c.id, c.name, c.family, c.version, c.kind, c.licence, c.package"
PARTS = Listing(PartRow, COLUMNS, "component c", "c.id", {"name": Sort("c.name", "name")})


async def parts(found: ListRow, ask: Ask, words: str = "") -> Page[PartRow]:
    where = Where().add("c.parts_list = {}", found.id)
    if words.strip():
        where.add("lower(c.family || '/' || c.name) LIKE {}", f"%{words.strip().lower()}%")
    return await PARTS.page(where, ask)


async def all_parts(found: ListRow) -> list[Part]:
    sql = f"SELECT {COLUMNS} FROM component c WHERE c.parts_list = {{}} ORDER BY c.id"
    return [one.part for one in await rows(PartRow, sql, found.id)]


async def news(found: ListRow) -> PartsChanges | None:
    """What changed against the list before, where there was one."""
    older = await before(found)
    return compared(await all_parts(older), await all_parts(found)) if older else None


class Looked(Row):
    """A part that is a product of its own, with its release where the data know it."""

    part: PartRow
    release: Release | None

    def standing(self, on: date) -> Standing:
        return standing(self.release.ends_on, self.release.ended, on=on) if self.release else Standing.UNKNOWN


async def supported(found: ListRow, path: str) -> list[Looked]:
    """Those parts that end-of-life data know by their package URL, by their end."""
    products = await packages(path)
    sql = f"""SELECT {COLUMNS} FROM component c WHERE c.parts_list = {{}}
        AND c.package IN (SELECT i.purl FROM support_identifier i) ORDER BY c.name, c.version"""
    hits = [one for one in await rows(PartRow, sql, found.id) if one.package in products]
    data = await known({products[one.package] for one in hits}, path)
    looked = [Looked(one, release_of(one.version, data.releases.get(products[one.package], ()))) for one in hits]
    return sorted(looked, key=lambda one: one.release.ends_on or date.max if one.release else date.max)


class ApplicationRow(Row):
    id: int
    label: str
    unit: int
    path: str

    @property
    def key(self) -> str:
        return f"target_object:{self.id}"


async def applications(institution: int, *, seen_by: Actor, limit: int = 500) -> list[ApplicationRow]:
    """The applications of an office that somebody may describe."""
    where, args = seen_by.reach(May.MODEL).where("u.path")
    return await rows(
        ApplicationRow,
        f"""SELECT o.id, o.short_id || ' ' || o.name AS label, o.unit, u.path FROM target_object o
            JOIN unit u ON u.id = o.unit WHERE o.institution = {{}} AND o.kind = '{Kind.APPLICATION.value}'
            AND o.ended_on IS NULL AND {where} ORDER BY o.name, o.id LIMIT {limit}""",
        institution,
        *args,
    )


class _Home(Row):
    path: str
    kind: Kind


async def panels(key: str, *, seen_by: Actor, on: date) -> Sequence[Panel]:
    """On the page of an application: what it is made of, and what of that nobody looks after any more."""
    kind, _, id = key.partition(":")
    if kind != "target_object":
        return ()
    sql = "SELECT u.path, o.kind FROM target_object o JOIN unit u ON u.id = o.unit WHERE o.id = {}"
    home = await row(_Home, sql, int(id))
    if home is None or home.kind is not Kind.APPLICATION or not seen_by.may(May.VIEW_OBJECTS, at=home.path):
        return ()
    found = await newest(int(id))
    may_model = seen_by.may(May.MODEL, at=home.path)
    if found is None and not may_model:
        return ()
    looked = await supported(found, home.path) if found else []
    over = [one for one in looked if one.standing(on) is Standing.OVER]
    context = {"list": found, "object": int(id), "over": over, "may_model": may_model}
    return [Panel(N_("Bestandteile (SBOM)"), "assets/_parts.html", context)]
