"""What handovers leave on the pages of devices and people, and on desks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from assets.queries.devices import device
from assets.queries.kits import kits_of
from assets.queries.losses import losses_of, losses_to_review
from assets.queries.protocols import protocols_about, protocols_of
from assets.rules.permissions import May
from isms.area import Duty, Panel
from isms.db.reading import Row, rows, value
from isms.people import Actor, Someone
from isms.rules.errors import Missing
from isms.rules.texts import N_
from isms.texts import office_day

PATIENCE = timedelta(days=7)
"""How long a confirmation may take before the desk calls it late."""


async def papers_of_person(key: str, *, seen_by: Actor, on: date) -> Sequence[Panel]:
    """What a person signed and got back, for themselves and for those who may know holders."""
    kind, _, id = key.partition(":")
    if kind != "person" or not id.isdecimal():
        return ()
    found = await protocols_of(int(id), seen_by=seen_by)
    return [Panel(N_("Übergaben und Belege"), "assets/_protocols.html", {"protocols": found})] if found else ()


async def papers_of_device(key: str, *, seen_by: Actor, on: date) -> Sequence[Panel]:
    """Protocols of a device, its kit, and what a loss may mean."""
    kind, _, id = key.partition(":")
    if kind != "device" or not id.isdecimal():
        return ()
    try:
        found = await device(int(id), seen_by=seen_by)
    except Missing:
        return ()
    keeps = seen_by.may(May.ISSUE, at=found.path)
    about = {
        "protocols": await protocols_about(found.id, seen_by=seen_by),
        "losses": await losses_of(found.id) if seen_by.may(May.VIEW_DEVICES, at=found.path) else [],
        "kit": (await kits_of([found.id])).get(found.id) if keeps else None,
        "may_judge": seen_by.may(May.JUDGE_LOSS, at=found.path),
    }
    there = about["protocols"] or about["losses"] or about["kit"]
    return [Panel(N_("Übergaben und Belege"), "assets/_device_papers.html", about)] if there else ()


class _Waiting(Row):
    id: int
    made_on: date
    device: str
    devices: int


async def confirmations(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """What somebody got and has not signed yet: on their own desk only."""
    if for_.id != seen_by.id:
        return ()
    found = await rows(
        _Waiting,
        """SELECT pr.id, pr.made_on, min(d.inventory_number || ' ' || d.name) AS device, count(*) AS devices
           FROM handover h JOIN protocol_item i ON i.handover = h.id JOIN handover_protocol pr ON pr.id = i.protocol
           JOIN device d ON d.id = i.device
           WHERE h.person = {} AND h.returned_on IS NULL AND pr.kind IN ('handover', 'registration')
             AND NOT EXISTS (SELECT 1 FROM signature s WHERE s.protocol = pr.id AND s.party = 'person')
           GROUP BY pr.id, pr.made_on ORDER BY pr.id""",
        for_.id,
    )
    one, many = N_("Bestätigen Sie den Empfang: {device}"), N_("Bestätigen Sie den Empfang von {devices} Geräten")
    return [
        Duty(
            one if waits.devices == 1 else many,
            f"/handovers/{waits.id}",
            waits.made_on + PATIENCE,
            values={"device": waits.device, "devices": waits.devices},
        )
        for waits in found
    ]


class _Asked(Row):
    id: int
    ends_on: date
    devices: int


async def questions(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """Rounds of confirmation that somebody has not answered."""
    if for_.id != seen_by.id:
        return ()
    found = await rows(
        _Asked,
        """SELECT r.id, r.ends_on, count(*) AS devices FROM rollout_ask a JOIN rollout r ON r.id = a.rollout
           JOIN handover h ON h.id = a.handover
           WHERE a.person = {} AND a.answer IS NULL AND r.ended_on IS NULL AND h.returned_on IS NULL
           GROUP BY r.id, r.ends_on ORDER BY r.ends_on, r.id""",
        for_.id,
    )
    return [
        Duty(
            N_("Bestätigen Sie Ihre Geräte ({devices})"),
            f"/confirmations/{one.id}",
            one.ends_on,
            values={"devices": one.devices},
        )
        for one in found
    ]


async def to_settle(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """For IT: how many hints wait."""
    if for_.id != seen_by.id or not seen_by.may(May.ISSUE):
        return ()
    where, args = seen_by.reach(May.ISSUE).where("u.path")
    waiting = await value(
        f"""SELECT count(*) FROM objection o CROSS JOIN device d JOIN unit u ON u.id = d.unit
            WHERE d.id = o.device AND o.settled_on IS NULL AND {where}""",
        *args,
    )
    title = N_("Hinweise zu Geräten klären ({waiting})")
    return [Duty(title, "/objections", values={"waiting": waiting})] if waiting else ()


async def losses(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """For data protection and the ISB: losses whose 72 hours run."""
    if for_.id != seen_by.id or not seen_by.may(May.JUDGE_LOSS):
        return ()
    return [
        Duty(
            N_("Verlust von {device} beurteilen: 72 Stunden, Art. 33 DSGVO"),
            f"/losses/{one.id}",
            office_day(one.report_until),
            values={"device": one.device_label},
        )
        for one in await losses_to_review(seen_by=seen_by)
    ]


class _Requested(Row):
    id: int
    label: str


async def requests(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """For the head: devices that somebody else asked for."""
    if for_.id != seen_by.id or not seen_by.may(May.APPROVE):
        return ()
    where, args = seen_by.reach(May.APPROVE).where("u.path")
    found = await rows(
        _Requested,
        f"""SELECT d.id, d.inventory_number || ' ' || d.name AS label FROM device d JOIN unit u ON u.id = d.unit
            WHERE d.stage = 'requested' AND {where}
              AND (SELECT c.taken_by FROM stage_change c WHERE c.device = d.id ORDER BY c.id DESC LIMIT 1) <> {{}}
            ORDER BY d.id LIMIT 20""",
        *args,
        seen_by.id,
    )
    return [
        Duty(N_("Anschaffung genehmigen: {device}"), f"/devices/{one.id}", values={"device": one.label})
        for one in found
    ]
