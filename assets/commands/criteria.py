"""What the levels of protection need mean in an office: decided as a whole, never changed afterwards."""

from __future__ import annotations

from assets.queries.criteria import in_force
from assets.rules.permissions import May
from assets.rules.scenarios import STARTER, Criteria, check_criteria
from assets.tables import NeedCriteria, NeedCriterion
from isms.audit import Change, change
from isms.db import hold
from isms.people import Actor, UnitRow
from isms.rules.errors import Stale
from isms.rules.texts import N_

ADOPTED = N_("Ausgangstexte, mit der ersten Feststellung übernommen")


async def decide(office: UnitRow, texts: Criteria, *, reason: str, after: int, by: Actor) -> int:
    """Give the levels of an institution new words; answers with the version's number. `after` is the number that the
    form was opened on, 0 for the words to start with. Assessments of before keep theirs."""
    by.needs(May.ASSESS, at=office.path)
    check_criteria(texts)
    async with change("need_criteria.decided", by=by, unit=office.id, reason=reason) as made:
        await hold(f"needs of {office.institution}")
        latest = await in_force(office.institution)
        if (latest.number if latest else 0) != after:
            raise Stale
        id = await _store(office.institution, after + 1, texts, reason=reason, by=by)
        made.about(f"need_criteria:{id}")
        made.with_(number=after + 1)
    return after + 1


async def criteria_in_force(made: Change, institution: int) -> int:
    """The id of the words by which an assessment judges. An office without words of its own takes over those that it
    starts with, so that nobody has to ask later what they were. Inside a change only, with the needs held."""
    latest = await in_force(institution)
    if latest:
        return latest.id
    id = await _store(institution, 1, STARTER, reason=ADOPTED, by=made.by)
    made.also("need_criteria.adopted", f"need_criteria:{id}", unit=institution, number=1)
    return id


async def _store(institution: int, number: int, texts: Criteria, *, reason: str, by: Actor) -> int:
    created = NeedCriteria(institution=institution, number=number, reason=reason, decided_by=by.id)
    await created.save()
    await NeedCriterion.insert(
        *(
            NeedCriterion(criteria=created.id, scenario=scenario, need=need, meaning=text.strip())
            for (scenario, need), text in texts.items()
            if text.strip()
        )
    )
    return int(created.id)
