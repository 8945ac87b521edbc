"""Support ends: data come in editions, devices are judged by them, people have the last word."""

import json
from datetime import date, timedelta

import pytest

from assets.commands.support_decisions import Decision, Thing, decide, withdraw
from assets.intake.support import SUPPORT, brings, shipped
from assets.queries.indicators.support import in_support
from assets.queries.support_data import editions, known, packages
from assets.queries.support_ends import ends_of
from assets.queries.support_list import AskedSupport, Things, support
from assets.rules.kinds import Kind
from assets.rules.support import Aspect, Basis, Standing, Verdict
from isms.area import Outcome, Upload
from isms.db.reading import value
from isms.intake import Unreadable
from isms.listing import Ask
from isms.rules.errors import Forbidden, Incomplete, Missing, Refused
from tests.assets.facts import all_data, read_in, shipped_data, support_of
from tests.assets.things import a_device, an_object, trail
from tests.office import TODAY, Office


def a_file(**releases: dict[str, object]) -> bytes:
    entries = [{"releaseCycle": cycle.strip("_"), **told} for cycle, told in releases.items()]
    return json.dumps({"products": [{"name": "fairphone", "title": "Fairphone", "releases": entries}]}).encode()


def of(device) -> Thing:
    return Thing("device", device.id, device.unit, device.path)


async def a_phone(office: Office, model: str = "Fairphone 4"):
    return await a_device(office, "MH-1", name="Diensthandy", maker="Fairphone", model=model, category="Mobiltelefon")


async def test_what_ships_holds_everywhere_once(office: Office):
    await brings(office.system)
    await brings(office.system)

    assert await value("SELECT count(*) FROM support_edition") == 1
    assert (await known(["debian"], office.elsewhere.path)).find("debian", "12").ends_on == date(2026, 7, 11)
    assert (await trail())[0].action == "support.brought"


async def test_the_whole_collection_comes_in(office: Office, real_data):
    await all_data(office, real_data)

    assert await value("SELECT products FROM support_edition") == 464
    assert await value("SELECT count(*) FROM support_release") == 8351
    found = await known(None, office.unit.path)
    assert found.find("fedora", "25").ends_on == date(2017, 12, 12)
    assert found.find("fedora", "31").ends_on == date(2020, 11, 24)
    assert found.find("android", "10").ends_on == date(2023, 3, 6)
    assert found.find("android", "16").ended is False
    assert (await editions(office.unit.path))[0].published_on == date(2026, 8, 21)
    assert (await packages(office.unit.path))["pkg:npm/%40adonisjs/core"] == "adonisjs"


async def test_newer_data_supersede_product_by_product(office: Office):
    await shipped_data(office)
    phone = await a_phone(office)

    await read_in(office, a_file(_4={"eol": "2030-01-31", "releaseDate": "2026-10-01"}))

    end = await support_of(phone, Aspect.HARDWARE)
    assert (end.ends_on, end.edition_title) == (date(2030, 1, 31), "products.json")
    assert (await known(["debian"], office.unit.path)).find("debian", "12") is not None
    assert (await trail())[0].action == "support.judged"


async def test_what_one_office_reads_in_holds_for_it_alone(office: Office):
    await shipped_data(office)
    await read_in(office, a_file(_4={"eol": True}))

    assert (await known(["fairphone"], office.unit.path)).find("fairphone", "4").ended is True
    assert (await known(["fairphone"], office.elsewhere.path)).find("fairphone", "4").ended is None
    assert [one.title for one in await editions(office.elsewhere.path)] == [shipped().title]


async def test_the_same_file_again_is_refused(office: Office):
    await read_in(office, a_file(_4={"eol": True}))

    with pytest.raises(Unreadable, match="schon eingelesen"):
        await read_in(office, a_file(_4={"eol": True}))


async def test_the_preview_says_what_changes_and_what_is_wrong(office: Office):
    await read_in(office, a_file(_4={"eol": "2028-09-01"}, _5={"eol": False}))
    later = json.loads(a_file(_4={"eol": "2029-09-01"}, _5={"eol": False}))
    later["products"] += [{"name": "kaputt"}, later["products"][0], 7, {"name": "neu", "title": "Neu", "releases": []}]

    plan = await SUPPORT.plan(Upload("p.json", json.dumps(later).encode(), office.unit.id), by=office.brandt, on=TODAY)

    assert [one.outcome for one in plan.verdicts] == [
        Outcome.CHANGED,
        Outcome.WRONG,
        Outcome.LEFT_OUT,
        Outcome.WRONG,
        Outcome.NEW,
    ]
    assert plan.verdicts[0].values == {"count": 2, "moved": 1}


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"products": 3}', b'{"products": [1, 2]}', b"\x00\x01", b"[" * 99]
)
async def test_a_file_that_is_none_is_explained(office: Office, content: bytes):
    with pytest.raises(Unreadable):
        await SUPPORT.plan(Upload("p.json", content, office.unit.id), by=office.brandt, on=TODAY)


@pytest.mark.parametrize("who", ["weber", "lindner", "hansen"])
async def test_who_may_not_read_in(office: Office, who: str):
    with pytest.raises((Forbidden, Missing)):
        await read_in(office, a_file(_4={"eol": True}), by=getattr(office, who))


async def test_a_person_has_the_last_word_and_newer_data_bring_its_day(office: Office):
    await shipped_data(office)
    phone = await a_phone(office, "FP4 Spezial")
    await decide(of(phone), Decision(Aspect.HARDWARE, "fairphone", "4", "am Gerät nachgesehen"), by=office.brandt)

    await read_in(office, a_file(_4={"eol": "2031-01-01"}))

    end = await support_of(phone, Aspect.HARDWARE)
    assert (end.basis, end.ends_on, end.reason) == (Basis.CURATED, date(2031, 1, 1), "am Gerät nachgesehen")
    assert end.decider == "Jonas Brandt"


async def test_an_agreed_day_stays(office: Office):
    await shipped_data(office)
    phone, agreed = await a_phone(office), date(2032, 2, 2)
    told = Decision(Aspect.HARDWARE, "fairphone", "4", "Vertrag", ends_on=agreed)
    await decide(of(phone), told, by=office.brandt)

    await read_in(office, a_file(_4={"eol": "2031-01-01"}))

    assert (await support_of(phone, Aspect.HARDWARE)).ends_on == agreed


async def test_a_decision_taken_back_gives_the_word_to_the_device(office: Office):
    await shipped_data(office)
    phone = await a_phone(office)
    await decide(of(phone), Decision(Aspect.HARDWARE, "fairphone", "5", "Irrtum"), by=office.brandt)
    held = await support_of(phone, Aspect.HARDWARE)

    await withdraw(of(phone), held.id, by=office.brandt)

    end = await support_of(phone, Aspect.HARDWARE)
    assert (end.cycle, end.basis) == ("4", Basis.REPORTED)
    assert await value("SELECT count(*) FROM support_end WHERE device = {}", phone.id) == 2
    with pytest.raises(Missing):
        await withdraw(of(phone), held.id, by=office.brandt)
    with pytest.raises(Refused):
        await withdraw(of(phone), end.id, by=office.brandt)


async def test_a_decision_needs_a_reason_and_a_release(office: Office):
    await shipped_data(office)
    phone = await a_phone(office)

    with pytest.raises(Incomplete) as error:
        await decide(of(phone), Decision(Aspect.HARDWARE, "fairphone", "99", " "), by=office.brandt)

    assert set(error.value.complaints) == {"reason", "cycle"}
    with pytest.raises(Forbidden):
        await decide(of(phone), Decision(Aspect.HARDWARE, "fairphone", "4", "x"), by=office.hansen)


async def test_an_application_may_rest_on_several_products(office: Office):
    await shipped_data(office)
    akte = await an_object(office, "Akte", Kind.APPLICATION)
    thing = Thing("target_object", akte.id, akte.unit, akte.path)
    for product, cycle in (("postgresql", "13"), ("php", "8.1")):
        await decide(thing, Decision(Aspect.PRODUCT, product, cycle, "Betriebshandbuch"), by=office.yildiz)

    found = await ends_of("target_object", akte.id)

    assert {one.label for one in found} == {"PostgreSQL 13", "PHP 8.1"}
    listed = await support(AskedSupport(of=Things.OBJECTS), Ask(), seen_by=office.yildiz, on=TODAY)
    assert [one.label for one in listed.rows] == ["PostgreSQL 13", "PHP 8.1"]


async def test_the_list_sorts_by_end_and_filters(office: Office):
    await read_in(
        office,
        a_file(
            _1={"eol": "2020-01-01"},
            _2={"eol": True},
            _3={"eol": (TODAY + timedelta(days=80)).isoformat()},
            _4={"eol": (TODAY + timedelta(days=100)).isoformat()},
            _5={"eol": False},
        ),
    )
    for number in range(1, 7):
        device = await a_device(office, f"MH-{number}", maker="Fairphone", model=f"Fairphone {number}")
        await decide(of(device), Decision(Aspect.HARDWARE, "fairphone", str(number), "x"), by=office.brandt) if (
            number < 6
        ) else None

    async def numbers(wanted: Standing | None = None, days: int = 90) -> list[str]:
        asked = AskedSupport(standing=wanted, days=days)
        return [one.number for one in (await support(asked, Ask(), seen_by=office.brandt, on=TODAY)).rows]

    assert await numbers() == ["MH-2", "MH-1", "MH-3", "MH-4", "MH-5"]
    assert await numbers(Standing.OVER) == ["MH-2", "MH-1"]
    assert await numbers(Standing.SOON) == ["MH-3"]
    assert await numbers(Standing.SOON, days=120) == ["MH-3", "MH-4"]
    assert await numbers(Standing.FINE) == ["MH-4"]
    assert await numbers(Standing.OPEN) == ["MH-5"]
    strangers = await support(AskedSupport(), Ask(), seen_by=office.hansen, on=TODAY)
    assert strangers.rows == []


async def test_yesterday_is_answered_by_what_was_known_then(office: Office):
    await shipped_data(office)
    phone = await a_phone(office)
    await a_device(office, "PC-1", category="PC")
    await a_device(office, "DR-1", category="Drucker")
    await decide(of(phone), Decision(Aspect.HARDWARE, "fairphone", "4", "x"), by=office.brandt)

    today = await in_support(office.unit.path, on=TODAY)

    assert (today.numerator, today.denominator) == (1, 2)
    assert {fact.label: fact.counts for fact in today.facts} == {
        "MH-1 Diensthandy": True,
        "PC-1 Notebook Außendienst": False,
    }
    end = (await support_of(phone, Aspect.HARDWARE)).ends_on
    assert end
    assert (await in_support(office.unit.path, on=end + timedelta(days=1))).numerator == 0
    assert (await in_support(office.unit.path, on=TODAY - timedelta(days=1))).denominator == 0


async def test_an_unknown_phone_says_so(office: Office):
    phone = await a_phone(office, "Fairphone 99")
    await shipped_data(office)

    assert (await support_of(phone, Aspect.HARDWARE)).verdict is Verdict.UNKNOWN
