"""The last seat: many ask for it at the same moment, one gets it."""

from assets.commands.licences import LicenceFacts, add_licence, give_seat
from assets.queries.licences import licence
from assets.rules.licences import LicenceKind
from isms.db.reading import value
from isms.people import someone
from isms.rules.errors import Refused
from tests.assets.races.test_at_once import at_once, fresh
from tests.office import TODAY, Office


async def test_one_seat_goes_to_one_person(office: Office):
    facts = LicenceFacts(fresh("Tabellenwerk"), LicenceKind.PERSON, seats=1)
    one = await licence(await add_licence(facts, unit=office.unit, by=office.brandt), seen_by=office.brandt)
    people = [await someone(who.id, within=office.brandt) for who in (office.weber, office.kaya, office.vogt)]

    done, noes = await at_once(*(give_seat(one, person=who, by=office.brandt, on=TODAY) for who in people))

    assert len(done) == 1
    assert {type(no) for no in noes} == {Refused}
    assert await value("SELECT count(*) FROM seat WHERE licence = {}", one.id) == 1
