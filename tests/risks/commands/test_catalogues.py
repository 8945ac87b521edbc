from datetime import timedelta
from pathlib import Path
from time import process_time

import pytest

from isms.area import Outcome, Upload
from isms.db.reading import value
from isms.listing import Ask
from isms.people import Actor
from isms.rules.errors import Forbidden, Incomplete, Refused, Stale
from isms.tables import ImportRun
from risks.commands.catalogues import import_catalogue
from risks.commands.requirements import Judgement, judge
from risks.intake.catalogues import carry_out, plan
from risks.intake.starter import starter_edition
from risks.queries.catalogues import editions, practices
from risks.queries.checks import checks, effective_of, last_check
from risks.queries.requirements import Filters, requirement, requirements
from risks.rules.requirements import Implementation
from risks.tables import Catalogue, Requirement, RequirementCheck
from tests.assets.things import trail
from tests.office import TODAY, Office
from tests.risks.intake.oscal_files import as_file, catalogue, control, prop, uuid
from tests.risks.real_data import CATALOGUE, CSF, NIST_LOW
from tests.risks.things import a_requirement, an_edition, small_catalogue

YESTERDAY = TODAY - timedelta(days=1)


def upload(content: bytes, office: Office, **answers: str) -> Upload:
    return Upload("katalog.json", content, office.unit.id, answers)


async def imported(content: bytes, office: Office, by: Actor | None = None, **answers: str) -> None:
    sent = upload(content, office, **answers)
    run = await ImportRun(kind="catalogue", filename="k", sha256="", unit=office.unit.id, uploaded_by=1).save()
    by = by or office.yildiz
    await carry_out(await plan(sent, by=by, on=TODAY), sent, run=run[0]["id"], by=by, on=TODAY)


async def test_importing_a_catalogue_leaves_a_trace(office: Office) -> None:
    edition = await an_edition(office)

    assert (await trail())[0].action == "catalogue.imported"
    [found] = await editions()
    assert (found.id, found.title, found.requirements) == (edition, "Probe", 3)
    assert [(each.code, each.count) for each in await practices(edition)] == [("TEST", 3)]


async def test_the_same_bytes_change_nothing(office: Office) -> None:
    await imported(small_catalogue(), office)
    before = len(await trail())

    again = await plan(upload(small_catalogue(), office), by=office.yildiz, on=TODAY)
    await imported(small_catalogue(), office)

    assert [verdict.outcome for verdict in again.verdicts] == [Outcome.UNCHANGED]
    assert len(await trail()) == before
    assert await Catalogue.count() == 1


async def test_who_comes_second_with_the_same_bytes_is_told_so(office: Office) -> None:
    await an_edition(office)

    with pytest.raises(Refused, match="schon eingelesen"):
        await an_edition(office)


async def test_only_the_isb_imports(office: Office) -> None:
    with pytest.raises(Forbidden):
        await imported(small_catalogue(), office, by=office.brandt)

    assert not await Catalogue.exists()


async def test_a_new_edition_says_what_is_new_moved_or_reworded(office: Office) -> None:
    await an_edition(office)
    newer = catalogue(
        control(1, id="TEST.1.9"),
        control(2, parts=[{"name": "statement", "prose": "Ganz anders."}]),
        control(4),
    )

    verdicts = (await plan(upload(as_file(newer), office), by=office.yildiz, on=TODAY)).verdicts

    assert [(each.outcome, each.why[:11]) for each in verdicts] == [
        (Outcome.CHANGED, "Die Kennung"),
        (Outcome.CHANGED, "Der Text is"),
        (Outcome.NEW, ""),
    ]


async def test_a_file_with_defects_is_read_once_somebody_agrees(office: Office) -> None:
    broken = as_file(catalogue(control(1, kolor="rot"), control(2)))

    found = await plan(upload(broken, office), by=office.yildiz, on=TODAY)
    assert [question.name for question in found.questions] == ["defects"]
    assert found.warnings[0][1]["place"] == "groups[0].groups[0].controls[0].kolor"
    with pytest.raises(Refused, match="weicht von ihrem Schema ab"):
        await imported(broken, office)
    assert not await Catalogue.exists()

    await imported(broken, office, defects="yes")
    assert [(each.requirements, each.defects) for each in await editions()] == [(2, 1)]


async def test_overlong_texts_are_cut_and_nothing_breaks(office: Office) -> None:
    long = "X" * 500
    props = [prop("alt-identifier", uuid(1)), prop("sec_level", long), prop("effort_level", "²" * 9)]
    verb = {"name": "statement", "prose": long, "props": [prop("modal_verb", long), prop("target_objects", long)]}
    body = catalogue(control(1, id=long, title=long, props=props, parts=[verb], **{"class": long}))
    body["groups"][0] |= {"id": long, "title": long}
    body["metadata"] |= {"title": long, "version": long}

    await an_edition(office, as_file(body))

    found = await a_requirement(1)
    assert (len(found.code), len(found.title), len(found.statement)) == (80, 400, 500)


async def test_a_status_is_judged_from_a_day_on_and_the_day_before_stays(office: Office) -> None:
    await an_edition(office)
    found = await a_requirement(1)

    await judge(found, Judgement(Implementation.NO, "Fehlt.", None), unit=office.unit, by=office.yildiz, on=YESTERDAY)
    before = await last_check(found.uuid, office.unit.path, on=YESTERDAY)
    seen = before.id if before else None
    await judge(found, Judgement(Implementation.YES, "", seen), unit=office.unit, by=office.yildiz, on=TODAY)

    days = [await last_check(found.uuid, office.unit.path, on=day) for day in (YESTERDAY, TODAY)]
    assert [each.implementation for each in days if each] == [Implementation.NO, Implementation.YES]
    assert await last_check(found.uuid, office.unit.path, on=YESTERDAY - timedelta(days=1)) is None
    assert (await trail())[0].action == "requirement.judged"


async def test_only_the_faster_of_two_judges(office: Office) -> None:
    await an_edition(office)
    found = await a_requirement(1)
    await judge(found, Judgement(Implementation.YES, "", None), unit=office.unit, by=office.yildiz, on=TODAY)

    with pytest.raises(Stale):
        await judge(found, Judgement(Implementation.NO, "Fehlt.", None), unit=office.unit, by=office.yildiz, on=TODAY)

    assert len(await checks(found.uuid, office.unit.path)) == 1


async def test_a_judgement_without_reason_or_right_is_refused(office: Office) -> None:
    await an_edition(office)
    found = await a_requirement(1)

    with pytest.raises(Incomplete):
        await judge(found, Judgement(Implementation.NO, " ", None), unit=office.unit, by=office.yildiz, on=TODAY)
    for other in (office.brandt, office.petersen, office.albrecht):
        with pytest.raises(Forbidden):
            await judge(found, Judgement(Implementation.YES, "", None), unit=office.unit, by=other, on=TODAY)

    assert not await RequirementCheck.exists()


async def test_a_yes_is_blocked_by_what_it_requires(office: Office) -> None:
    edition = await an_edition(office)
    found = await a_requirement(1)
    await judge(found, Judgement(Implementation.YES, "", None), unit=office.unit, by=office.yildiz, on=TODAY)

    known = await effective_of([uuid(1)], catalogue=edition, path=office.unit.path, on=TODAY)

    assert known[uuid(1)].blocked_by == (uuid(2),)


async def test_a_status_moves_on_with_the_requirement_to_the_next_edition(office: Office) -> None:
    await an_edition(office)
    found = await a_requirement(1)
    await judge(found, Judgement(Implementation.YES, "", None), unit=office.unit, by=office.yildiz, on=TODAY)

    await an_edition(office, as_file(catalogue(control(1, id="TEST.1.7"))))
    moved = await a_requirement(1)

    assert (moved.code, moved.id != found.id) == ("TEST.1.7", True)
    assert (await checks(moved.uuid, office.unit.path))[0].implementation is Implementation.YES


async def test_the_starter_catalogue_is_an_edition_like_any_other(office: Office) -> None:
    edition = await import_catalogue(starter_edition(), by=office.yildiz)

    [found] = await editions()
    assert found.requirements >= 120
    assert found.licence == "EUPL-1.2"
    assert await Requirement.count().where(Requirement.catalogue == edition) == found.requirements


async def test_the_real_catalogue_is_imported_in_under_three_seconds(office: Office, real_data: Path) -> None:
    content = (real_data / CATALOGUE).read_bytes()

    started = process_time()
    await imported(content, office)
    seconds = process_time() - started

    assert await Requirement.count() == 989
    assert seconds < 3, f"{seconds:.2f} s"
    started = process_time()
    await imported(content, office)
    assert await Requirement.count() == 989
    assert process_time() - started < 3


@pytest.mark.parametrize(("file", "count"), [(NIST_LOW, 149), (CSF, 219)])
async def test_catalogues_of_nist_are_imported_too(office: Office, file: str, count: int, real_data: Path) -> None:
    await imported((real_data / file).read_bytes(), office)

    assert await Requirement.count() == count
    first = await requirement(int(await value("SELECT min(id) FROM requirement")))
    assert first.title


async def test_what_the_office_judged_holds_below_until_a_unit_judges_itself(office: Office) -> None:
    edition = await an_edition(office)
    found, hygiene = await a_requirement(3), office.hygiene
    await judge(found, Judgement(Implementation.YES, "", None), unit=office.unit, by=office.yildiz, on=YESTERDAY)
    above = await last_check(found.uuid, hygiene.path, on=TODAY)
    assert above is not None
    assert (above.unit_name, above.implementation) == (office.unit.name, Implementation.YES)

    now = Judgement(Implementation.NO, "Hier fehlt es.", above.id)
    await judge(found, now, unit=hygiene, by=office.yildiz, on=TODAY)

    known = [
        (await effective_of([found.uuid], catalogue=edition, path=path, on=day))[found.uuid].implementation
        for path, day in ((hygiene.path, TODAY), (hygiene.path, YESTERDAY), (office.unit.path, TODAY))
    ]
    assert known == [Implementation.NO, Implementation.YES, Implementation.YES]
    listed = await requirements(Filters(edition), Ask(), path=hygiene.path, on=TODAY)
    assert listed.rows[2].implementation is Implementation.NO
    assert (await effective_of([found.uuid], catalogue=edition, path=office.elsewhere.path, on=TODAY))[
        found.uuid
    ].implementation is Implementation.OPEN
