"""What people decide about support: which release something is, or until when it is looked after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from assets.commands.support_judging import Judgement, judge, moved, write
from assets.queries.support_data import known
from assets.queries.support_ends import EndRow, current_ends, ends_of
from assets.rules.permissions import May
from assets.rules.support import Aspect, Basis, Ending, settled
from isms.audit import change
from isms.db import hold
from isms.people import Actor
from isms.rules.errors import Incomplete, Missing, Refused
from isms.rules.texts import N_


@dataclass(frozen=True)
class Thing:
    """A device or an object whose support somebody decides about."""

    kind: str
    id: int
    unit: int
    path: str

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True)
class Decision:
    """Which release it is, and why. `ends_on` is a day that was agreed and counts instead of the published one."""

    aspect: Aspect
    product: str
    cycle: str
    reason: str
    ends_on: date | None = None


NO_RELEASE = N_("Bitte wählen Sie eine Version aus der Liste.")
NO_REASON = N_("Bitte schreiben Sie dazu, woher Sie das wissen.")


async def decide(thing: Thing, decision: Decision, *, by: Actor) -> None:
    """Let a person's decision hold until a person takes it back; newer data only bring its dates up to date.

    Raises Incomplete for a release that no data know, and without a reason.
    """
    by.needs(May.MATCH_SUPPORT, at=thing.path)
    wanted = await _wanted(thing, decision, by)
    async with change("support.decided", thing.key, by=by, unit=thing.unit, reason=decision.reason) as made:
        await hold(f"support {thing.key}")
        before = await _before(thing, decision)
        made.with_(release=moved(before.label if before else "", wanted.label))
        await write(made, [Judgement(thing.key, thing.unit, wanted, before)])


async def withdraw(thing: Thing, end: int, *, by: Actor) -> None:
    """Take a decision back: what a device reports counts again. Raises Missing for one that no longer holds."""
    by.needs(May.MATCH_SUPPORT, at=thing.path)
    async with change("support.withdrawn", thing.key, by=by, unit=thing.unit) as made:
        await hold(f"support {thing.key}")
        held = next((one for one in await ends_of(thing.kind, thing.id) if one.id == end), None)
        if held is None:
            raise Missing
        if held.basis is not Basis.CURATED:
            raise Refused(N_("Diese Zuordnung kommt aus der Meldung des Geräts. Sie wird ersetzt, nicht aufgehoben."))
        made.with_(release=moved(held.label, ""))
        await write(made, [Judgement(thing.key, thing.unit, None, held)])
        if thing.kind == "device":
            await judge(made, [thing.id], thing.path)


async def _wanted(thing: Thing, decision: Decision, by: Actor) -> Ending:
    data = await known([decision.product], thing.path)
    release = data.find(decision.product, decision.cycle)
    complaints = {} if decision.reason.strip() else {"reason": NO_REASON}
    if release is None:
        complaints["cycle"] = NO_RELEASE
    if complaints or release is None:
        raise Incomplete(complaints)
    edition = data.editions[decision.product]
    wanted = settled(decision.aspect, release, edition=edition, reason=decision.reason, by=by.id)
    return replace(wanted, ends_on=decision.ends_on, agreed=True) if decision.ends_on else wanted


async def _before(thing: Thing, decision: Decision) -> EndRow | None:
    """What the decision replaces: of a device the same aspect, of an object the same product."""
    if thing.kind == "device":
        return (await current_ends([thing.id])).get((thing.id, decision.aspect))
    return next((one for one in await ends_of(thing.kind, thing.id) if one.product == decision.product), None)
