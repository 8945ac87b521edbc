"""What is decided about a medium, done to it and checked by somebody else; a failed erasure leaves only destruction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assets.queries.destruction import DerivedNeed, derived_need, fineness_for
from assets.queries.media import MediumRow
from assets.queries.medium_files import MediumDossier, medium_file
from assets.rules.dossier import MediumState, check_at_hand, check_other_person
from assets.rules.erasure import (
    ErasureLevel,
    Extent,
    Method,
    check_level,
    check_method,
    possible_levels,
    proposed_level,
)
from assets.rules.permissions import May
from assets.rules.protection import ProtectionNeed
from assets.tables import Erasure, ErasureCheck, ErasurePlan
from isms.audit import change
from isms.db import hold
from isms.db.writing import insert
from isms.people import Actor
from isms.rules.errors import Complaint, Incomplete, Refused
from isms.rules.texts import N_

REASON_NEEDED = N_("Bitte schreiben Sie, was darauf war und woher Sie das wissen; das steht im Nachweis.")
LEFT = N_("Der Datenträger hat das Haus verlassen. Damit ist seine Akte abgeschlossen.")


@dataclass(frozen=True)
class Decision:
    """What was on the medium, and how that is removed. Reasons are needed where either departs from the proposal."""

    need: ProtectionNeed
    level: ErasureLevel
    by_provider: bool = False
    need_reason: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Done:
    method: Method
    tool: str
    tool_version: str = ""
    succeeded: bool = True
    note: str = ""


@dataclass(frozen=True)
class Checked:
    extent: Extent
    passed: bool
    note: str = ""


async def plan_erasure(found: MediumRow, decision: Decision, *, by: Actor, on: date) -> None:
    """Decide how the data on a medium is removed. A newer decision supersedes it, with what was done by the older."""
    by.needs(May.ERASE, at=found.path)
    async with change("medium.erasure_planned", found, by=by, unit=found.unit) as made:
        file = await _held(found)
        known = await derived_need(found)
        _check_need(decision, known)
        proposed = proposed_level(found.kind, decision.need, encrypted=found.encrypted)
        possible = possible_levels(found.kind, encrypted=found.encrypted, failed=file.failed_before)
        check_level(decision.level, proposed, decision.reason, possible=possible)
        _check_provider(decision)
        await _insert_plan(found, decision, proposed, known, by=by, on=on)
        made.with_(
            protection_need=decision.need.value,
            proposed=proposed.value,
            level=decision.level.value,
            by_provider=decision.by_provider,
            reason=decision.reason,
        )


async def record_erasure(found: MediumRow, done: Done, *, by: Actor, on: date) -> None:
    """Note that a medium was erased or destroyed in the house, or that it did not work. Whoever notes it did it."""
    by.needs(May.ERASE, at=found.path)
    if not done.tool.strip():
        raise Incomplete({"tool": N_("Bitte schreiben Sie, womit, zum Beispiel „nwipe“ oder „Schredder Raum 012“.")})
    action = "medium.erased" if done.succeeded else "medium.erasure_failed"
    async with change(action, found, by=by, unit=found.unit) as made:
        file = await _held(found)
        plan = file.plan
        if plan is None or file.state is not MediumState.PLANNED:
            raise Refused(N_("Jetzt ist nichts zu löschen: Der Datenträger ist {state}."), state=file.state)
        if on < plan.planned_on:
            raise Incomplete(
                {"on": Complaint(N_("Das Verfahren steht erst seit {day} fest."), {"day": plan.planned_on})}
            )
        level = check_method(done.method, found.kind, plan.level, encrypted=found.encrypted)
        facts = {"tool": done.tool.strip(), "tool_version": done.tool_version.strip(), "note": done.note}
        who = {"operator": by.id, "done_on": on, "succeeded": done.succeeded}
        await insert(Erasure, medium=found.id, plan=plan.id, method=done.method, level=level, **facts, **who)
        made.with_(method=done.method.value, tool=done.tool, tool_version=done.tool_version, on=on.isoformat())


async def check_erasure(found: MediumRow, checked: Checked, *, by: Actor, on: date) -> None:
    """Look as a second person whether the data is gone, or bear witness that the medium is destroyed."""
    by.needs(May.VERIFY_ERASURE, at=found.path)
    action = "medium.erasure_checked" if checked.passed else "medium.erasure_disproved"
    async with change(action, found, by=by, unit=found.unit) as made:
        file = await _held(found)
        last = file.last
        if last is None or file.state is not MediumState.ERASED:
            raise Refused(N_("Jetzt ist nichts zu prüfen: Der Datenträger ist {state}."), state=file.state)
        check_other_person(by.id, last.operator)
        if on < last.done_on:
            raise Incomplete({"on": Complaint(N_("Gelöscht wurde erst am {day}."), {"day": last.done_on})})
        await insert(
            ErasureCheck,
            erasure=last.id,
            verifier=by.id,
            checked_on=on,
            extent=checked.extent,
            passed=checked.passed,
            note=checked.note,
        )
        made.with_(extent=checked.extent.value, on=on.isoformat())


async def _held(found: MediumRow) -> MediumDossier:
    """The file as it is now, for as long as this change lasts. Refused once the medium has left the house, and while
    somebody has the device that it is in."""
    await hold(f"dossier device {found.device}" if found.device else f"dossier medium {found.id}")
    file = await medium_file(found)
    if file.line is not None or file.medium.is_gone:
        raise Refused(LEFT)
    check_at_hand(file.medium.device_stage)
    return file


async def _insert_plan(
    found: MediumRow, decision: Decision, proposed: ErasureLevel, known: DerivedNeed | None, *, by: Actor, on: date
) -> None:
    destroyed = decision.level is ErasureLevel.DESTROY
    fineness = await fineness_for(found, decision.need) if destroyed else None
    await insert(
        ErasurePlan,
        medium=found.id,
        derived=known.need if known else None,
        derived_from=known.object if known else None,
        need=decision.need,
        need_reason=decision.need_reason,
        encrypted=found.encrypted,
        proposed=proposed,
        level=decision.level,
        by_provider=decision.by_provider,
        reason=decision.reason,
        protection_class=fineness.protection_class if fineness else None,
        security_level=fineness.security_level if fineness else None,
        planned_on=on,
        planned_by=by.id,
    )


def _check_need(decision: Decision, known: DerivedNeed | None) -> None:
    if (known is None or known.need != decision.need) and not decision.need_reason.strip():
        raise Incomplete({"need_reason": REASON_NEEDED})


def _check_provider(decision: Decision) -> None:
    if decision.by_provider and decision.level is not ErasureLevel.DESTROY:
        raise Incomplete({"by_provider": N_("Nur zur Vernichtung darf ein ungelöschter Datenträger aus dem Haus.")})
