"""The disposal protocol: every medium of every device that left the house, and what is proven of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import date

from assets.queries.indicators.erasure import Departure, departures
from assets.queries.medium_files import MediumDossier
from isms.area import Column, Report
from isms.rules.texts import N_
from isms.texts import say


async def disposals(scope: str, *, on: date) -> AsyncIterator[Sequence[object]]:
    """One row per medium; a device without one has a row of its own."""
    for gone in await departures(scope, on=on):
        media: Sequence[MediumDossier | None] = gone.subject.media or [None]
        for medium in media:
            yield _row(gone, medium)


def _row(gone: Departure, medium: MediumDossier | None) -> Sequence[object]:
    subject, device = gone.subject, gone.subject.device
    request, verdict = subject.request, subject.verdict
    return (
        subject.key,
        device.inventory_number if device else "",
        subject.title,
        gone.left_on,
        *(_of_medium(medium) if medium else ("", "", "", None, None, None, "", None, "", None, "")),
        subject.labels[-1].removed_on if subject.labels else None,
        request.way if request else None,
        request.recipient if request else "",
        verdict.decider if verdict else "",
        verdict.decided_on if verdict else None,
        say(gone.gap) if gone.gap else "",
    )


def _of_medium(one: MediumDossier) -> Sequence[object]:
    plan, last, line = one.plan, one.last, one.line
    return (
        one.medium.key,
        one.medium.kind,
        one.medium.serial,
        plan.need if plan else None,
        plan.level if plan else None,
        last.method if last else None,
        last.operator_name if last else "",
        last.done_on if last else None,
        (last.verifier_name or "") if last else "",
        one.state,
        f"{line.provider}, {line.container}, {line.seal}" if line else "",
    )


DISPOSALS = Report(
    "disposals",
    N_("Lösch- und Entsorgungsprotokoll"),
    (
        Column("device", N_("Schlüssel")),
        Column("inventory_number", N_("Inventarnummer")),
        Column("name", N_("Bezeichnung")),
        Column("left_on", N_("Aus dem Haus am")),
        Column("medium", N_("Datenträger")),
        Column("kind", N_("Art")),
        Column("serial", N_("Seriennummer")),
        Column("need", N_("Schutzbedarf der Daten")),
        Column("level", N_("Festgelegt")),
        Column("method", N_("Verfahren")),
        Column("operator", N_("Gelöscht von"), personal=True),
        Column("erased_on", N_("Gelöscht am")),
        Column("verifier", N_("Geprüft von"), personal=True),
        Column("state", N_("Stand")),
        Column("consignment", N_("Übergeben")),
        Column("labels_removed_on", N_("Beschriftungen entfernt am")),
        Column("way", N_("Weg")),
        Column("recipient", N_("Empfänger")),
        Column("approver", N_("Freigegeben von"), personal=True),
        Column("approved_on", N_("Freigegeben am")),
        Column("gap", N_("Was fehlt")),
    ),
    disposals,
)
