"""Figures about how devices are protected, on any day, with the rows behind them."""

from datetime import timedelta

from assets.queries.indicators.protection import encryption_on, protection_on
from isms.db.reading import value
from tests.assets.facts import a_report, report
from tests.assets.things import a_device
from tests.office import TODAY, Office


async def test_what_reports_itself_encrypted_counts_and_what_is_silent_does_not(office: Office):
    await report(office, a_report())
    await a_device(office, "NB-2", category="Notebook")
    await a_device(office, "DR-1", category="Drucker")

    found = await encryption_on(office.unit.path, on=TODAY)

    assert (found.numerator, found.denominator) == (1, 2)
    assert {fact.label.split()[0]: fact.note for fact in found.facts} == {
        "NEU-NW4711": "ein",
        "NB-2": "hat sich nie gemeldet",
    }
    assert (await protection_on(office.unit.path, on=TODAY)).percent == 50
    assert (await encryption_on(office.elsewhere.path, on=TODAY)).denominator == 0


async def test_a_newer_fact_replaces_the_older_and_leaves_it_for_its_days(office: Office):
    await report(office, a_report())
    await report(office, a_report(drives=[{"letter": "C:", "type": "Local Disk", "encrypt_status": "No"}]))

    assert (await encryption_on(office.unit.path, on=TODAY)).numerator == 0
    assert (await encryption_on(office.unit.path, on=TODAY - timedelta(days=1))).denominator == 0
    assert await value("SELECT value FROM reported_fact WHERE name = 'encryption' AND replaced_at IS NOT NULL") == "on"
