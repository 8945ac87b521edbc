"""Taking a risk one step further, unless somebody else was faster."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from isms.people import Actor
from isms.rules.errors import Stale
from risks.queries.risks import RiskDetail
from risks.rules.lifecycle import Step, stage_after
from risks.tables import Risk, RiskStep


@dataclass(frozen=True)
class Taken:
    """Who takes a step when, and what they say about it."""

    by: Actor
    on: date
    note: str = ""


async def advance(risk: RiskDetail, step: Step, taken: Taken, columns: Mapping[Any, Any] | None = None) -> None:
    """Only inside a change. Raises Refused where no way leads on, Stale where the risk is no longer as it was seen."""
    after = stage_after(step, risk.stage)
    moved = (
        await Risk.update({Risk.stage: after, Risk.version: risk.version + 1, **(columns or {})})
        .where((Risk.id == risk.id) & (Risk.version == risk.version) & (Risk.stage == risk.stage))
        .returning(Risk.id)
    )
    if not moved:
        raise Stale
    await RiskStep.insert(
        RiskStep(risk=risk.id, step=step, stage=after, note=taken.note.strip(), taken_on=taken.on, taken_by=taken.by.id)
    )
