"""One record of every kind in the first office, each with the secret in its name: what strangers must not find."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

from assets.commands.agent_tokens import make_token
from assets.commands.contracts import add_contract, cover
from assets.commands.counting import count
from assets.commands.criteria import decide
from assets.commands.licences import LicenceFacts, add_licence, give_seat
from assets.commands.maintenance import maintain, plan_maintenance
from assets.commands.scopes import add_scope, include
from assets.commands.steps import issue
from assets.commands.stocktakes import Extent, let_help, open_stocktake
from assets.queries.contracts import contract
from assets.queries.devices import DeviceDetail
from assets.queries.licences import licence
from assets.queries.maintenance import plan
from assets.queries.scopes import scope
from assets.queries.stocktakes import stocktake
from assets.rules.kinds import Kind
from assets.rules.licences import LicenceKind
from assets.rules.scenarios import STARTER
from assets.rules.scopes import Method, SafeguardLevel
from assets.rules.stocktakes import Code
from isms.commands.checklists import open_checklist
from isms.commands.evidence import request_package
from isms.commands.files import attach
from isms.files import keep
from isms.house import House
from isms.people import person, someone
from isms.permissions import May
from isms.rules.checklists import ChecklistKind, Point
from risks.commands.requirements import Judgement, judge
from risks.commands.risks import link_control
from risks.rules.requirements import Implementation
from tests.assets.papers import papers_of
from tests.assets.test_consignments import handed_over, to_destroy
from tests.assets.test_upkeep import support, told
from tests.assets.things import a_device, a_run, an_object, held, runs_on
from tests.office import TODAY, Office
from tests.risks.things import a_requirement, a_treated_risk, an_edition
from tests.training.conftest import TEXT, make_assignment, make_course, pass_course
from training.commands.assignments import waive
from training.rules.permissions import May as Learning


async def furnish(office: Office, house: House) -> None:
    """A new kind of record gets a line here."""
    await an_edition(office)
    wanted = await a_requirement(1)
    await judge(wanted, Judgement(Implementation.NO, "Zanderlücke", None), unit=office.unit, by=office.yildiz, on=TODAY)
    found = await a_treated_risk(office, title="Zander fällt aus", name="Zanderverfahren")
    await link_control(found, wanted, by=office.yildiz, on=TODAY)
    await _structure(office)
    kept = keep(house.store, "zander.pdf", io.BytesIO(b"%PDF-1.7 Zander"), limit=1000)
    await attach(kept, found.key, unit=office.unit, by=office.yildiz)
    await a_run(office, "people")
    await request_package(office.unit, as_of=TODAY, named=False, by=office.albrecht, on=TODAY)
    await _learning(office)


async def _structure(office: Office) -> None:
    server = await an_object(office, "Zanderserver", Kind.IT_SYSTEM)
    await runs_on(office, await an_object(office, "Zanderakte"), server)
    within = await add_scope(
        "Zanderverbund",
        "",
        unit=office.unit,
        method=Method.BOTH,
        level=SafeguardLevel.BASIC,
        by=office.yildiz,
    )
    await include(await scope(within, seen_by=office.yildiz), [server], by=office.yildiz, on=TODAY)
    laptop = await a_device(office, "ZANDER-1", name="Zandernotebook")
    await issue(laptop, office.kaya, by=office.brandt, on=TODAY)
    await papers_of(office, laptop)
    await _stocktake(office)
    await _upkeep(office, await held(office, laptop))
    await _disposal(office)
    await _words(office)
    await _agents(office)


async def _stocktake(office: Office) -> None:
    id = await open_stocktake(Extent("Zanderinventur"), unit=office.unit, by=office.brandt, on=TODAY)
    opened = await stocktake(id, seen_by=office.brandt)
    await let_help(opened, office.kaya, by=office.brandt)
    await count(opened, Code("ZANDER-1"), place="Zanderkeller", by=office.brandt, on=TODAY)


async def _learning(office: Office) -> None:
    course = await make_course(office, replace(TEXT, title="Zanderkurs"))
    await make_assignment(office, course, due_on=TODAY + timedelta(days=14))
    await pass_course(course, office.kaya)
    weber = await person(office.weber.id, seen_by=office.vogt, asks=Learning.ASSIGN)
    later = TODAY + timedelta(days=9)
    await waive(course, weber, starts_on=TODAY, ends_on=later, reason="Zanderurlaub", by=office.vogt, on=TODAY)


async def _agents(office: Office) -> None:
    await make_token("Zanderagenten", unit=office.unit, takes_in=True, by=office.brandt)


async def _words(office: Office) -> None:
    await decide(office.unit, STARTER, reason="Zanderworte", after=0, by=office.yildiz)


async def _upkeep(office: Office, laptop: DeviceDetail) -> None:
    by = office.brandt
    given: dict[str, Any] = {"months": 12, "starts_on": TODAY, "by": by, "on": TODAY}
    followed = await plan(await plan_maintenance(laptop, "Zanderwartung", **given), seen_by=by)
    await maintain(laptop, told(occasion="Zanderprüfung"), plan=followed, by=by, on=TODAY)
    signed = await contract(await add_contract(support(title="Zandervertrag"), unit=office.unit, by=by), seen_by=by)
    await cover(signed, laptop, by=by, on=TODAY)
    facts = LicenceFacts("Zanderwerk", LicenceKind.PERSON)
    bought = await licence(await add_licence(facts, unit=office.unit, by=by), seen_by=by)
    await give_seat(bought, person=await someone(office.kaya.id, within=by), by=by, on=TODAY)
    kaya = await person(office.kaya.id, seen_by=office.reuter, asks=May.MANAGE_PEOPLE)
    points = [Point(0, "Zanderpunkt")]
    await open_checklist(kaya, ChecklistKind.JOINING, points, day=TODAY, by=office.reuter)


async def _disposal(office: Office) -> None:
    gone = await to_destroy(office, "ZANDER-2", "ZANDER-DISK")
    await handed_over(office, gone)
