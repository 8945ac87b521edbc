"""Where support has ended a risk is proposed, until somebody records it."""

from datetime import timedelta
from typing import Any

from assets.commands.support_decisions import Decision, Thing, decide
from assets.rules.kinds import Kind
from assets.rules.support import Aspect
from isms.db.reading import value
from tests.assets.facts import read_in
from tests.assets.test_support import a_file
from tests.assets.things import a_device, an_object
from tests.browser import Browser
from tests.office import TODAY, Office


async def test_a_grouped_system_with_an_unsupported_device_proposes_a_risk(office: Office, browser: Browser):
    await read_in(office, a_file(_4={"eol": (TODAY - timedelta(days=1)).isoformat()}))
    group = await an_object(office, "Diensthandys", Kind.IT_SYSTEM)
    phone = await a_device(office, "MH-1", maker="Fairphone", model="Fairphone 4", it_system=group.id)
    thing = Thing("device", phone.id, phone.unit, phone.path)
    await decide(thing, Decision(Aspect.HARDWARE, "fairphone", "4", "nachgesehen"), by=office.brandt)

    page = (await browser.get(f"/objects/{group.id}", as_=office.yildiz)).text
    assert "Support abgelaufen" in page
    assert "/risks/new?object=" in page
    assert "Support abgelaufen" not in (await browser.get(f"/objects/{group.id}", as_=office.brandt)).text

    form = await browser.get(f"/risks/new?object={group.id}&threat=G+0.28", as_=office.yildiz)
    assert '<option value="G 0.28" selected' in form.text
    told: dict[str, Any] = {"title": "Ohne Updates", "threat": "G 0.28", "object": group.id, "owner": office.yildiz.id}
    await browser.submit("/risks/new", as_=office.yildiz, review_on=TODAY + timedelta(days=30), **told)
    assert await value("SELECT count(*) FROM risk") == 1
    assert "Support abgelaufen" not in (await browser.get(f"/objects/{group.id}", as_=office.yildiz)).text
