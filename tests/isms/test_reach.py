"""Roles reach as far as they are given, and no further."""

import pytest

from isms.commands.people import grant, insert_membership
from isms.db.reading import rows
from isms.people import Someone, actor, colleagues, person, units
from isms.permissions import May
from isms.rules.errors import Forbidden
from isms.rules.permissions import Permission
from isms.rules.roles import Role
from tests.office import TODAY, Office


class Own(Permission):
    DEVICES = "test:devices", "", Role.EMPLOYEE, Role.IT


def test_a_role_reaches_its_unit_and_all_below_it(office: Office):
    assert office.brandt.may(Own.DEVICES, office.hygiene.path)
    assert not office.brandt.may(Own.DEVICES, office.elsewhere.path)
    assert not office.brandt.may(Own.DEVICES, office.land.path)
    assert office.reuter.may(May.MANAGE_PEOPLE, office.elsewhere.path)


def test_an_employee_reaches_only_what_is_their_own(office: Office):
    assert office.weber.may(Own.DEVICES)
    assert not office.weber.may(Own.DEVICES, office.hygiene.path)


async def test_a_query_is_narrowed_to_what_one_may_see(office: Office):
    async def seen(by) -> set[str]:
        where, args = by.reach(Own.DEVICES).where("u.path", own="p.id")
        sql = f"SELECT p.id, p.name FROM person p JOIN unit u ON u.id = p.unit WHERE {where}"
        return {row.name for row in await rows(Someone, sql, *args)}

    assert await seen(office.weber) == {"Lukas Weber"}
    assert "Ayşe Kaya" in await seen(office.brandt)
    assert "Nils Hansen" not in await seen(office.brandt)
    assert await seen(office.lindner) == set()


async def test_who_may_nowhere_sees_no_unit(office: Office):
    assert await units(seen_by=office.weber, asks=May.MANAGE_PEOPLE) == []
    seen = [unit.name for unit in await units(seen_by=office.reuter, asks=May.MANAGE_PEOPLE)]
    assert seen[0] == "Land Nordmark"
    assert "Gesundheitsamt Heidekreis" in seen


async def test_colleagues_are_found_by_some_letters_and_never_next_door(office: Office):
    [found] = await colleagues("web", within=office.brandt)
    assert found.name == "Lukas Weber"
    assert found.detail
    assert await colleagues("Hansen", within=office.brandt) == []
    assert await colleagues("%", within=office.brandt) == []


async def test_roles_are_given_to_people_of_ones_own_only(office: Office):
    """Whoever keeps the accounts of Heidekreis takes nobody of Seestadt into their office."""
    await insert_membership(office.hansen.id, unit=office.elsewhere.id, role=Role.ADMINISTRATOR, starts_on=TODAY)
    next_door = await actor(office.hansen.id, on=TODAY)
    weber = await person(office.weber.id, seen_by=office.reuter, asks=May.MANAGE_PEOPLE)

    with pytest.raises(Forbidden):
        await grant(weber, Role.IT, unit=office.elsewhere, by=next_door, starts_on=TODAY)
