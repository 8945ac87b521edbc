"""A change and its entry stand or fall together, and the trail only grows."""

import json
from dataclasses import dataclass

import msgspec
import pytest

from isms import db
from isms.audit import change
from isms.db import execute
from isms.db.reading import Row, rows, value
from isms.rules import chain
from isms.rules.errors import Repeated
from tests.office import Office


@dataclass(frozen=True)
class Thing:
    key: str = "device:17"


class Line(Row):
    seq: int
    action: str
    subject: str
    line: str
    link: str


async def lines(institution: int) -> list[Line]:
    return await rows(
        Line,
        "SELECT seq, action, subject, line, link FROM audit_entry WHERE institution = {} ORDER BY seq",
        institution,
    )


async def test_a_change_leaves_one_entry_that_holds_the_hash_of_the_one_before(office: Office) -> None:
    async with change("device.issued", Thing(), by=office.brandt, to="person:5"):
        pass
    async with change("device.returned", Thing(), by=office.brandt):
        pass

    issued, returned = await lines(office.unit.id)
    assert (issued.seq, issued.action, issued.subject) == (1, "device.issued", "device:17")
    assert json.loads(issued.line)["prev"] == chain.GENESIS
    assert json.loads(returned.line)["prev"] == issued.link == chain.link(issued.line)
    assert not list(chain.breaks(line.line for line in (issued, returned)))


async def test_what_fails_leaves_neither_the_change_nor_an_entry(office: Office) -> None:
    with pytest.raises(ZeroDivisionError):
        async with change("unit.renamed", office.unit, by=office.reuter, unit=office.unit.id):
            await execute("UPDATE unit SET name = 'Umbenannt' WHERE id = {}", office.unit.id)
            raise ZeroDivisionError

    assert await value("SELECT name FROM unit WHERE id = {}", office.unit.id) == office.unit.name
    assert await lines(office.unit.id) == []


async def test_each_institution_has_a_chain_of_its_own(office: Office) -> None:
    async with change("device.issued", Thing(), by=office.brandt, unit=office.hygiene.id):
        pass
    async with change("device.issued", Thing(), by=office.hansen):
        pass

    assert [line.seq for line in await lines(office.unit.id)] == [1]
    assert [line.seq for line in await lines(office.elsewhere.id)] == [1]


async def test_a_change_inside_a_change_joins_it(office: Office) -> None:
    async with change("person.left", office.weber, by=office.reuter, unit=office.hygiene.id) as outer:
        async with change("device.returned", Thing(), by=office.brandt):
            pass
        outer.also("role.ended", office.weber)

    assert [line.action for line in await lines(office.unit.id)] == ["device.returned", "person.left", "role.ended"]


async def test_the_same_form_twice_changes_nothing_twice(office: Office) -> None:
    brandt = msgspec.structs.replace(office.brandt, once="form-4711")
    async with change("device.issued", Thing(), by=brandt):
        pass

    with pytest.raises(Repeated):
        async with change("device.issued", Thing(), by=brandt):
            pass

    assert len(await lines(office.unit.id)) == 1


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"])
async def test_the_database_refuses_to_change_the_trail(office: Office, statement: str) -> None:
    async with change("device.issued", Thing(), by=office.brandt):
        pass

    with pytest.raises(Exception, match="only grows"):
        async with db.transaction():
            await execute(statement)

    assert len(await lines(office.unit.id)) == 1
