"""What a loss means for the people whose data were on the device (GDPR Art. 33): judged once, with the reason."""

from __future__ import annotations

from datetime import date

from assets.queries.losses import LossRow
from assets.rules.permissions import May
from assets.tables import LossReview
from isms.audit import change
from isms.db import hold
from isms.db.reading import value
from isms.db.writing import insert
from isms.people import Actor
from isms.rules.errors import Incomplete, Refused
from isms.rules.texts import N_


async def review_loss(loss: LossRow, *, must_be_reported: bool, reason: str, by: Actor, on: date) -> None:
    """Note whether the supervisory authority has to be told within 72 hours, and why."""
    by.needs(May.JUDGE_LOSS, at=loss.path)
    if not reason.strip():
        raise Incomplete({"reason": N_("Bitte begründen Sie Ihre Entscheidung in einem Satz.")})
    about = {"reason": reason.strip(), "must_be_reported": must_be_reported}
    async with change("loss.reviewed", f"device:{loss.device}", by=by, unit=loss.unit, **about):
        await hold(f"loss {loss.id}")
        if await value("SELECT 1 FROM loss_review WHERE loss = {}", loss.id):
            raise Refused(N_("Dieser Verlust ist schon beurteilt. Es ist nichts doppelt geschehen."))
        await insert(
            LossReview,
            loss=loss.id,
            must_be_reported=must_be_reported,
            reason=reason.strip(),
            reviewed_on=on,
            reviewed_by=by.id,
        )
