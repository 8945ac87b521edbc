"""Taking a list of people or units back: they leave at once and are on record; what it changed is as before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from isms.audit import Change, change
from isms.db import execute, executemany
from isms.db.reading import value
from isms.login import end_sessions
from isms.people import Actor, PersonRow, UnitRow
from isms.permissions import May
from isms.rules.errors import Stale
from isms.undoing import Former

SEND_AWAY = """UPDATE person SET left_on = coalesce(left_on, {}), withdrawn_on = {}, login = NULL,
    version = version + 1 WHERE id = {} AND withdrawn_on IS NULL"""
END_ROLES = "UPDATE membership SET ends_on = {} WHERE person = {} AND (ends_on IS NULL OR ends_on > {})"
PUT_BACK = """UPDATE person SET name = {}, login = {}, email = {}, unit = {}, version = version + 1
    WHERE id = {} AND version = {} RETURNING id"""
CLOSE = "UPDATE unit SET closed_on = {}, version = version + 1 WHERE id = {} AND version = {} RETURNING id"


@dataclass(frozen=True)
class PeopleBack:
    """What goes with a list: people and units that it brought, and people with what they go back to."""

    people: Sequence[PersonRow] = ()
    units: Sequence[UnitRow] = ()
    former: Sequence[Former[PersonRow]] = ()

    @property
    def paths(self) -> set[str]:
        """Where they are."""
        people = {one.path for one in (*self.people, *(former.record for former in self.former))}
        return people | {one.path for one in self.units}


async def take_people_back(back: PeopleBack, *, run: int, by: Actor, on: date) -> None:
    """Raises Stale where somebody is no longer as seen, or a login that would go back is in use."""
    for path in back.paths:
        by.needs(May.MANAGE_PEOPLE, path)
    count = len(back.people) + len(back.units)
    async with change("people.import_undone", f"import_run:{run}", by=by, count=count) as made:
        await send_away(made, [(one.id, one.unit) for one in back.people], on=on)
        for unit in back.units:
            if not await execute(CLOSE, on, unit.id, unit.version):
                raise Stale
            made.also("unit.import_undone", unit, unit=unit.id)
        for one in back.former:
            await _put_back(made, one.record, one.before)


async def send_away(made: Change, people: Sequence[tuple[int, int]], *, on: date) -> None:
    """Only inside a change. `people` are ids with their unit's id: they leave, and their login is free again."""
    await executemany(SEND_AWAY, [(on, on, id) for id, _ in people])
    await executemany(END_ROLES, [(on, id, on) for id, _ in people])
    for id, unit in people:
        await end_sessions(id)
        made.also("person.import_undone", f"person:{id}", unit=unit)


async def _put_back(made: Change, person: PersonRow, before: Mapping[str, object]) -> None:
    now = {"name": person.name, "login": person.login, "email": person.email, "unit": person.unit}
    then = {**now, **before}
    login = then["login"]
    if login and await value("SELECT 1 FROM person WHERE login = {} AND id <> {}", login, person.id):
        raise Stale
    if not await execute(PUT_BACK, *then.values(), person.id, person.version):
        raise Stale
    told = {name: now[name] for name in before}
    made.also("person.import_undone", person, unit=person.unit, before=told, after=dict(before))
