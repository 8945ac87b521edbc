"""How finely an office has things destroyed, and what was on a medium as far as the register knows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from assets.queries.media import MediumRow
from assets.rules.destruction import CARRIERS, STARTER, Carrier, Fineness
from assets.rules.protection import ProtectionNeed
from isms.db.reading import Row, row, rows


class RuleRow(Row):
    carrier: Carrier
    need: ProtectionNeed
    protection_class: int
    security_level: int
    reason: str
    set_by: str
    recorded_at: datetime

    @property
    def fineness(self) -> Fineness:
        return Fineness(self.protection_class, self.security_level)


class DerivedNeed(Row):
    """The highest need for confidentiality of what the medium served, and which IT system says so."""

    need: ProtectionNeed
    object: int
    name: str


Settled = Mapping[Carrier, Mapping[ProtectionNeed, Fineness]]


async def destruction_rules(institution: int) -> list[RuleRow]:
    """All that was ever settled, newest first."""
    return await rows(
        RuleRow,
        """SELECT r.carrier, r.need, r.protection_class, r.security_level, r.reason, p.name AS set_by, r.recorded_at
           FROM destruction_rule r JOIN person p ON p.id = r.set_by WHERE r.institution = {} ORDER BY r.id DESC""",
        institution,
    )


async def settled_fineness(institution: int) -> Settled:
    """What holds today for every kind of carrier and need: the office's own values over ours."""
    found = {(one.carrier, one.need): one.fineness for one in reversed(await destruction_rules(institution))}
    return {
        carrier: {need: found.get((carrier, need), STARTER[need]) for need in ProtectionNeed} for carrier in Carrier
    }


async def fineness_for(medium: MediumRow, need: ProtectionNeed) -> Fineness:
    return (await settled_fineness(medium.institution))[CARRIERS[medium.kind]][need]


async def derived_need(medium: MediumRow) -> DerivedNeed | None:
    """The highest effective need, since the medium was in it, of any IT system that its devices belong to.

    None where no device of it ever belonged to one. What was higher once counts: the data of then was on it.
    """
    return await row(
        DerivedNeed,
        """SELECT e.confidentiality AS need, o.id AS object, o.short_id || ' ' || o.name AS name
           FROM medium_placement l JOIN device d ON d.id = l.device JOIN target_object o ON o.id = d.it_system
           JOIN effective_need e ON e.target_object = o.id
           WHERE l.medium = {} AND (l.ended_on IS NULL OR e.recorded_at < l.end_recorded_at)
           AND (e.recorded_at >= l.recorded_at OR e.id = (SELECT max(y.id) FROM effective_need y
                WHERE y.target_object = o.id AND y.recorded_at < l.recorded_at))
           ORDER BY e.confidentiality DESC, e.id DESC LIMIT 1""",
        medium.id,
    )
