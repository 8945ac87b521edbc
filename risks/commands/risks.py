"""Recording risks and describing them anew; linking them to the requirements that keep them in check."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from assets.queries.objects import ObjectDetail
from isms.audit import change
from isms.db import hold
from isms.db.reading import value
from isms.people import Actor, Someone
from isms.rules.calendar import months_later
from isms.rules.errors import Complaint, Incomplete, Refused, Stale
from isms.rules.texts import N_
from risks.queries.decisions import ControlRow
from risks.queries.requirements import RequirementDetail
from risks.queries.risks import RiskDetail
from risks.rules.lifecycle import Stage
from risks.rules.permissions import May
from risks.tables import Risk, RiskControl, RiskStep


@dataclass(frozen=True)
class RiskFacts:
    """What people say of a risk. `threat` is the number of an elementary threat („G 0.18“)."""

    title: str
    threat: str
    review_on: date
    description: str = ""


async def record_risk(facts: RiskFacts, *, of: ObjectDetail, owner: Someone, by: Actor, on: date) -> int:
    """Take a risk into the register; answers with its id. It lives in the unit of its object."""
    by.needs(May.ANALYSE, at=of.path)
    _check(facts, on)
    if of.ended_on:
        raise Refused(N_("{object} gehört nicht mehr zur Struktur. Wählen Sie ein anderes Zielobjekt."), object=of.name)
    async with change("risk.recorded", by=by, unit=of.unit, object=of.key, owner=owner.key) as made:
        await hold(f"risk numbers of {of.institution}")
        risk = Risk(
            **asdict(facts),
            institution=of.institution,
            number=await _next_number(of.institution),
            unit=of.unit,
            target_object=of.id,
            owner=owner.id,
            recorded_on=on,
            recorded_by=by.id,
        )
        await risk.save()
        await RiskStep.insert(RiskStep(risk=risk.id, stage=Stage.RECORDED, taken_on=on, taken_by=by.id))
        made.about(risk)
        made.with_(number=risk.number, title=facts.title, threat=facts.threat)
    return int(risk.id)


async def describe(risk: RiskDetail, facts: RiskFacts, *, owner: Someone, by: Actor, on: date) -> None:
    """Change what is said of a risk. `risk.version` is what the form was opened with: raises Stale for a newer one."""
    by.needs(May.ANALYSE, at=risk.path)
    _check(facts, on)
    if risk.stage is Stage.CLOSED:
        raise Refused(N_("Das Risiko ist geschlossen. Öffnen Sie es wieder, um etwas zu ändern."))
    after: dict[Any, Any] = {**asdict(facts), "owner": owner.id}
    before = {name: getattr(risk, name) for name in after}
    async with change("risk.described", risk, by=by, unit=risk.unit) as made:
        made.with_(**{name: _difference(before[name], after[name]) for name in after if before[name] != after[name]})
        changed = (
            await Risk.update({**after, "version": risk.version + 1})
            .where((Risk.id == risk.id) & (Risk.version == risk.version))
            .returning(Risk.id)
        )
        if not changed:
            raise Stale


async def link_control(risk: RiskDetail, requirement: RequirementDetail, *, by: Actor, on: date) -> None:
    """Say that a requirement keeps a risk in check. Refused where it already does."""
    by.needs(May.ANALYSE, at=risk.path)
    async with change("risk.control_linked", risk, by=by, unit=risk.unit, requirement=requirement.code) as made:
        made.also("requirement.linked", requirement, unit=risk.unit, risk=risk.code)
        await hold(f"controls of {risk.key}")
        linked = (RiskControl.risk == risk.id) & (RiskControl.requirement == requirement.id)
        if await RiskControl.exists().where(linked & RiskControl.ended_on.is_null()):
            raise Refused(N_("Die Anforderung {code} ist mit diesem Risiko schon verknüpft."), code=requirement.code)
        await RiskControl.insert(RiskControl(risk=risk.id, requirement=requirement.id, starts_on=on, linked_by=by.id))


async def unlink_control(risk: RiskDetail, control: ControlRow, *, by: Actor, on: date) -> None:
    """End the link to a requirement; that it was there stays on record."""
    by.needs(May.ANALYSE, at=risk.path)
    async with change("risk.control_unlinked", risk, by=by, unit=risk.unit, requirement=control.code):
        ended = (
            await RiskControl.update({RiskControl.ended_on: on})
            .where((RiskControl.id == control.id) & RiskControl.ended_on.is_null())
            .returning(RiskControl.id)
        )
        if not ended:
            raise Stale


async def _next_number(institution: int) -> int:
    return 1 + int(await value("SELECT coalesce(max(number), 0) FROM risk WHERE institution = {}", institution))


def _check(facts: RiskFacts, on: date) -> None:
    complaints: dict[str, Complaint | str] = {}
    if not facts.title.strip():
        complaints["title"] = N_("Geben Sie dem Risiko einen Titel, zum Beispiel: „Ausfall der Meldesoftware“.")
    if not on < facts.review_on <= months_later(on, 12):
        complaints["review_on"] = N_("Nennen Sie einen Tag nach heute, spätestens heute in einem Jahr.")
    if complaints:
        raise Incomplete(complaints)


def _difference(before: object, after: object) -> dict[str, object]:
    return {"before": _plain(before), "after": _plain(after)}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
