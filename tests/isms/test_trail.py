"""The audit trail tells every change as a sentence, to those who may read it."""

from datetime import timedelta
from typing import Any

from isms.audit import change
from isms.house import House
from isms.trail import Asked, history, trail
from tests.browser import Browser
from tests.office import TODAY, Office


async def renamed(office: Office, before: str = "Hygiene", after: str = "Infektionsschutz") -> None:
    async with change("unit.added", office.hygiene, by=office.reuter, unit=office.hygiene.id, before=before):
        pass


async def test_a_change_is_told_as_a_sentence_with_a_link(office: Office, house: House):
    await renamed(office)

    (line,) = await history(office.hygiene.key, seen_by=office.yildiz, house=house)

    assert line.sentence == (
        "Tom Reuter hat die Einheit "
        f'<a class="kern-link kern-link--no-visited-state" href="/units/{office.hygiene.id}">'
        "Infektionsschutz und Hygiene</a> angelegt."
    )


async def test_the_trail_is_narrowed_by_who_what_and_when(office: Office, house: House):
    await renamed(office)

    async def found(**asked: Any) -> int:
        return len(await trail(Asked(**asked), seen_by=office.yildiz, house=house))

    assert await found() == await found(actor="reuter") == await found(action="unit.added") == 1
    assert await found(since=TODAY - timedelta(days=1), until=TODAY + timedelta(days=1)) == 1
    assert not await found(actor="brandt")
    assert not await found(action="person.left")
    assert not await found(until=TODAY - timedelta(days=2))


async def test_a_strangers_trail_stays_closed(office: Office, house: House):
    await renamed(office)

    assert not await trail(Asked(), seen_by=office.petersen, house=house)


async def test_the_page_shows_sentences_and_its_part(office: Office, browser: Browser):
    await renamed(office)

    whole = await browser.get("/audit-trail", as_=office.yildiz)
    part = await browser.get("/audit-trail?actor=niemand", as_=office.yildiz, htmx=True)

    assert "Tom Reuter hat die Einheit" in whole.text
    assert part.text.startswith('<div id="trail">')
    assert "Keine Änderung gefunden" in part.text


async def test_the_trail_turns_pages(office: Office, browser: Browser):
    for _ in range(52):
        await renamed(office)

    first = await browser.get("/audit-trail", as_=office.yildiz)

    further = first.text.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    second = await browser.get(further, as_=office.yildiz)
    assert first.text.count("<time") == 50
    assert second.text.count("<time") == 2


async def test_an_employee_may_not_read_the_trail(office: Office, browser: Browser):
    answer = await browser.get("/audit-trail", as_=office.weber)

    assert answer.status_code == 403
    assert "Dafür fehlt" in answer.text


async def test_an_auditor_reads_employees_under_a_pseudonym_and_officials_by_name(
    office: Office, house: House, browser: Browser
):
    async with change("person.changed", office.weber, by=office.weber, unit=office.hygiene.id):
        pass
    await renamed(office)

    for_auditor = await browser.get("/audit-trail", as_=office.lindner)
    probed = await trail(Asked(actor="lukas"), seen_by=office.lindner, house=house)
    narrowed = await browser.get(f"/audit-trail?subject={office.weber.key}", as_=office.lindner)
    for_isb = await browser.get("/audit-trail", as_=office.yildiz)

    assert "Lukas Weber" not in for_auditor.text
    assert "P-" in for_auditor.text
    assert "Tom Reuter hat die Einheit" in for_auditor.text
    assert not probed
    assert "Lukas Weber" not in narrowed.text
    assert "Lukas Weber" in for_isb.text


async def test_a_name_among_the_details_is_veiled_too(office: Office, house: House):
    said = {"before": "A", "after": "Ayşe Kaya"}
    async with change("unit.renamed", office.hygiene, by=office.reuter, unit=office.hygiene.id, **said):
        pass

    (line,) = await history(office.hygiene.key, seen_by=office.lindner, house=house)

    assert "Ayşe Kaya" not in line.sentence


async def test_the_name_of_a_record_next_door_is_not_told(office: Office, browser: Browser):
    async with change("unit.added", office.elsewhere, by=office.reuter, unit=office.elsewhere.id):
        pass

    answer = await browser.get(f"/audit-trail?subject={office.elsewhere.key}", as_=office.yildiz)
    broken = await browser.get("/audit-trail?subject=unit:viele", as_=office.yildiz)

    assert office.elsewhere.name not in answer.text
    assert broken.status_code == 200


async def test_what_others_did_with_a_shared_record_stays_with_them(office: Office, house: House):
    async with change("requirement.judged", "requirement:1", by=office.petersen, unit=office.elsewhere.id):
        pass
    async with change("requirement.judged", "requirement:1", by=office.yildiz, unit=office.unit.id):
        pass

    ours = await history("requirement:1", seen_by=office.yildiz, house=house)
    theirs = await history("requirement:1", seen_by=office.petersen, house=house)
    land = await history("requirement:1", seen_by=office.reuter, house=house)

    assert ["Ole Petersen" in line.sentence for line in ours] == [False]
    assert ["Ole Petersen" in line.sentence for line in theirs] == [True]
    assert len(land) == 2


async def test_who_learned_what_and_when_is_read_by_nobody_else(office: Office, house: House):
    async with change("attempt.submitted", "attempt:1", by=office.weber):
        pass

    (line,) = await trail(Asked(), seen_by=office.albrecht, house=house)
    (own,) = await history("attempt:1", seen_by=office.weber, house=house)

    assert line.sentence.startswith("Jemand hat die Fragen")
    assert own.sentence.startswith("Lukas Weber")
    assert not await trail(Asked(actor="weber"), seen_by=office.albrecht, house=house)
