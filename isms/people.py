"""People and what they may see: who acts, how far their roles reach, and how that narrows a query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from isms.db.reading import Row, one, rows
from isms.rules.errors import Forbidden, Missing
from isms.rules.permissions import Permission
from isms.rules.roles import Reach, Role, UnitKind
from isms.rules.texts import N_

SYSTEM = "System"


class Someone(Row):
    """A person as others name them."""

    id: int
    name: str

    @property
    def key(self) -> str:
        return f"person:{self.id}"


class Colleague(Someone):
    """A person to choose, with what tells two of the same name apart."""

    detail: str


class Held(Row):
    """A role somebody has today: in which unit, and how far it reaches."""

    role: Role
    reach: Reach
    unit: int
    path: str

    def covers(self, path: str) -> bool:
        if self.reach is Reach.SUBTREE:
            return path.startswith(self.path)
        return self.reach is Reach.UNIT and path == self.path


class Actor(Someone):
    """Somebody who acts or looks, with the roles they have today. `once` is the token of the form they sent."""

    unit: int
    path: str
    institution: int
    office: str = ""
    over_offices: bool = False
    language: str = "de"
    theme: str = ""
    must_change_password: bool = False
    held: tuple[Held, ...] = ()
    once: str = ""

    def may(self, permission: Permission, at: str | None = None) -> bool:
        """Whether some role allows it: anywhere, or for records of the unit with the path `at`."""
        return any(held.role in permission.roles and (at is None or held.covers(at)) for held in self.held)

    def needs(self, permission: Permission, at: str | None = None) -> None:
        """Raise Forbidden unless `may`."""
        if not self.may(permission, at):
            raise Forbidden

    def has(self, role: Role) -> bool:
        return any(held.role is role for held in self.held)

    def reach(self, permission: Permission) -> Scope:
        held = [one for one in self.held if one.role in permission.roles]
        return Scope(
            subtrees=tuple(sorted({one.path for one in held if one.reach is Reach.SUBTREE})),
            units=tuple(sorted({one.path for one in held if one.reach is Reach.UNIT})),
            person=self.id if held else None,
        )


@dataclass(frozen=True)
class Scope:
    """Whose records somebody may see: whole subtrees, single units, and their own."""

    subtrees: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    person: int | None = None

    def where(self, path: str, own: str | None = None) -> tuple[str, list[object]]:
        """A condition on the unit's path column, and on the column that names whose record it is."""
        ways: list[str] = []
        args: list[object] = []
        for subtree in self.subtrees:
            ways.append(f"{path} LIKE {{}}")  # the one form whose share of rows PostgreSQL can guess
            args.append(f"{subtree}%")
        for unit in self.units:
            ways.append(f"{path} = {{}}")
            args.append(unit)
        if own and self.person is not None:
            ways.append(f"{own} = {{}}")
            args.append(self.person)
        return (f"({' OR '.join(ways)})" if ways else "1 = 0"), args


def ancestors(path: str) -> list[str]:
    """`/1/4/7/` lies in `/1/`, `/1/4/` and itself."""
    steps = path.strip("/").split("/")
    return [f"/{'/'.join(steps[: end + 1])}/" for end in range(len(steps))]


class UnitRow(Row):
    """A unit as lists and choices show it. `depth` counts from 0 at the root."""

    id: int
    name: str
    kind: UnitKind
    path: str
    institution: int
    version: int

    @property
    def key(self) -> str:
        return f"unit:{self.id}"

    @property
    def title(self) -> str:
        return self.name

    @property
    def depth(self) -> int:
        return self.path.count("/") - 2


UNIT = "SELECT id, name, kind, path, institution, version FROM unit"


async def units(*, seen_by: Actor, asks: Permission) -> list[UnitRow]:
    """The open units in which this person may do what `asks` names, in the order of the tree."""
    where, args = seen_by.reach(asks).where("path")
    return await rows(
        UnitRow,
        f"{UNIT} WHERE closed_on IS NULL AND {where} ORDER BY path",
        *args,
    )


async def unit(id: int, *, seen_by: Actor, asks: Permission) -> UnitRow:
    """Raises Missing for a unit that is not there or out of reach."""
    where, args = seen_by.reach(asks).where("path")
    return await one(
        UnitRow,
        f"{UNIT} WHERE id = {{}} AND {where}",
        id,
        *args,
        missing=N_("Diese Einheit gibt es nicht, oder sie liegt außerhalb Ihres Bereichs."),
    )


async def someone(id: int, *, within: Actor) -> Colleague:
    """A present colleague of the same institution, e.g. to hand something to. Raises Missing."""
    return await one(
        Colleague,
        """SELECT p.id, p.name, u.name AS detail FROM person p JOIN unit u ON u.id = p.unit
           WHERE p.id = {} AND p.left_on IS NULL AND u.institution = {}""",
        id,
        within.institution,
        missing=N_("Diese Person gibt es in Ihrem Amt nicht."),
    )


async def colleagues(matching: str, *, within: Actor, limit: int = 20) -> list[Colleague]:
    """Present people of the same institution whose name contains the letters, for search fields."""
    return await rows(
        Colleague,
        """SELECT p.id, p.name, u.name AS detail FROM person p JOIN unit u ON u.id = p.unit
           WHERE u.institution = {} AND p.left_on IS NULL AND p.name <> {} AND lower(p.name) LIKE {} ESCAPE '!'
           ORDER BY p.name, p.id LIMIT {}""",
        within.institution,
        SYSTEM,
        f"%{_literally(matching.lower())}%",
        limit,
    )


def _literally(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


class ActorRow(Row):
    """A person with one of their roles: as many rows as roles, at least one."""

    id: int
    name: str
    unit: int
    path: str
    institution: int
    office: str
    over_offices: bool
    language: str
    theme: str
    must_change_password: bool
    role: Role | None
    reach: Reach | None
    held_unit: int | None
    held_path: str | None

    def held(self) -> Held | None:
        if self.role is None or self.reach is None or self.held_unit is None or self.held_path is None:
            return None
        return Held(role=self.role, reach=self.reach, unit=self.held_unit, path=self.held_path)


ACTOR = """p.id, p.name, p.unit, h.path, h.institution, i.name AS office,
           i.kind = 'land' AS over_offices, p.language, p.theme, p.must_change_password,
           m.role, m.reach, m.unit AS held_unit, u.path AS held_path"""
ACTOR_JOINS = """JOIN unit h ON h.id = p.unit JOIN unit i ON i.id = h.institution
           LEFT JOIN membership m ON m.person = p.id AND m.starts_on <= {} AND (m.ends_on IS NULL OR m.ends_on >= {})
           LEFT JOIN unit u ON u.id = m.unit"""


async def actor(id: int, *, on: date) -> Actor:
    """A person with the roles of a day. Raises Missing."""
    found = await rows(
        ActorRow, f"SELECT {ACTOR} FROM person p {ACTOR_JOINS} WHERE p.id = {{}} ORDER BY m.id", on, on, id
    )
    if not found:
        raise Missing
    return assemble(found)


def assemble(found: Sequence[ActorRow]) -> Actor:
    """One actor out of a row per role."""
    first = found[0]
    return Actor(
        id=first.id,
        name=first.name,
        unit=first.unit,
        path=first.path,
        institution=first.institution,
        office=first.office,
        over_offices=first.over_offices,
        language=first.language,
        theme=first.theme,
        must_change_password=first.must_change_password,
        held=tuple(held for row in found if (held := row.held())),
    )


class PersonRow(Row):
    """A person as those see them who keep the accounts."""

    id: int
    name: str
    login: str | None
    email: str
    unit: int
    path: str
    left_on: date | None
    version: int

    @property
    def key(self) -> str:
        return f"person:{self.id}"

    @property
    def title(self) -> str:
        return self.name


PERSON = """SELECT p.id, p.name, p.login, p.email, p.unit, u.path, p.left_on, p.version
    FROM person p JOIN unit u ON u.id = p.unit"""


async def person(id: int, *, seen_by: Actor, asks: Permission) -> PersonRow:
    """A person of the units where one may do what `asks` names, or oneself. Raises Missing."""
    where, args = seen_by.reach(asks).where("u.path")
    sql = f"{PERSON} WHERE p.id = {{}} AND (p.id = {{}} OR {where})"
    return await one(PersonRow, sql, id, seen_by.id, *args, missing=N_("Diese Person gibt es in Ihrem Bereich nicht."))
