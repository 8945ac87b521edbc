"""How finely an office has things destroyed: settled with a reason, superseded by what is settled later."""

from __future__ import annotations

from collections.abc import Mapping

from assets.queries.destruction import settled_fineness
from assets.rules.destruction import Carrier, Fineness, check_fineness, check_order
from assets.rules.permissions import May
from assets.rules.protection import ProtectionNeed
from assets.tables import DestructionRule
from isms.audit import change
from isms.db import hold
from isms.db.writing import insert
from isms.people import Actor, UnitRow
from isms.rules.errors import Incomplete
from isms.rules.texts import N_


async def settle_destruction(
    office: UnitRow, carrier: Carrier, chosen: Mapping[ProtectionNeed, Fineness], *, reason: str, by: Actor
) -> None:
    """Settle class and level for all three needs of a kind of carrier. `office` is the institution."""
    by.needs(May.SETTLE_DESTRUCTION, at=office.path)
    if not reason.strip():
        raise Incomplete({"reason": N_("Bitte schreiben Sie, warum, zum Beispiel mit dem Beschluss.")})
    for fineness in chosen.values():
        check_fineness(fineness)
    check_order(chosen)
    async with change(
        "destruction.settled", office, by=by, unit=office.id, carrier=carrier.value, reason=reason
    ) as made:
        await hold(f"destruction {office.id}")
        before = (await settled_fineness(office.id))[carrier]
        for need, fineness in chosen.items():
            if fineness != before[need]:
                await insert(
                    DestructionRule,
                    institution=office.id,
                    carrier=carrier,
                    need=need,
                    protection_class=fineness.protection_class,
                    security_level=fineness.security_level,
                    reason=reason,
                    set_by=by.id,
                )
        made.with_(
            carrier=carrier.value, **{need.name.lower(): fineness.named(carrier) for need, fineness in chosen.items()}
        )
