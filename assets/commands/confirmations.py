"""The head of office agrees with what was found for a process, or says why not (Grundschutz++ GC.7.1.2)."""

from __future__ import annotations

from assets.queries.assessments import latest
from assets.queries.objects import ObjectDetail
from assets.rules.permissions import May
from assets.tables import NeedConfirmation
from isms.audit import change
from isms.db import hold
from isms.people import Actor
from isms.rules.errors import Incomplete, Refused, Stale
from isms.rules.texts import N_


async def confirm(target: ObjectDetail, assessment: int, *, agreed: bool, note: str, by: Actor) -> None:
    """Say yes or no to the assessment with this id. Raises Stale when a newer one counts by now, Refused when it was
    answered before, Incomplete for a no without a word."""
    by.needs(May.CONFIRM_NEEDS, at=target.path)
    if not agreed and not note.strip():
        raise Incomplete({"note": N_("Bitte schreiben Sie, womit Sie nicht einverstanden sind.")})
    action = "object.need_confirmed" if agreed else "object.need_questioned"
    async with change(action, target, by=by, unit=target.unit, reason=note):
        await hold(f"needs of {target.institution}")
        found = await latest(target.id)
        if found is None or found.id != assessment:
            raise Stale
        if found.confirmed_by:
            raise Refused(N_("{name} hat diese Feststellung schon beantwortet."), name=found.confirmed_by)
        await NeedConfirmation.insert(
            NeedConfirmation(assessment=assessment, agreed=agreed, note=note, confirmed_by=by.id)
        )
