"""How many of the devices that are gone left with a complete dossier, for any day, with the devices behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from assets.queries.dossiers import Subject, device_dossiers
from assets.queries.indicators.measuring import measured
from assets.queries.past import WITHIN, day_ends
from assets.rules.dossier import PROVEN, Need, missing
from assets.rules.media import OUT_OF_THE_HOUSE
from isms.area import Fact, Measurement
from isms.db.reading import Row, rows
from isms.rules.texts import N_

OUT = ", ".join(f"'{stage.value}'" for stage in sorted(OUT_OF_THE_HOUSE))
COMPLETE = N_("Akte vollständig")
NO_DOSSIER = N_("ohne Lösch- und Entsorgungsakte")
NO_CERTIFICATE = N_("der Vernichtungsnachweis fehlt")
NOT_APPROVED = N_("ohne Freigabe vor der Entsorgung")
INCOMPLETE = N_("die Akte war bei der Entsorgung nicht vollständig")


class _Gone(Row):
    """A device that left: on which day, and when that was recorded."""

    id: int
    left_on: date
    recorded_at: datetime


@dataclass(frozen=True)
class Departure:
    """A device that is gone, with its file as it was when it left; `gap` says what is not proven."""

    subject: Subject
    left_on: date
    gap: str


async def erasure_proven(scope: str, *, on: date, **_: str) -> Measurement:
    """Of the devices that had left the house by then, those whose file was complete before and, where a provider
    destroyed something, is certified by that day (ASST.7.3, ASST.7.6, ASST.7.7)."""
    found = await departures(scope, on=on)
    facts = tuple(
        Fact(one.subject.key, one.subject.title, not one.gap, since=one.left_on, note=one.gap or COMPLETE)
        for one in found
    )
    return measured(facts, on)


async def departures(scope: str, *, on: date) -> Sequence[Departure]:
    """All devices under a unit's path that were gone at the end of a day."""
    end = day_ends(on)
    gone = await rows(
        _Gone,
        f"""SELECT d.id, s.taken_on AS left_on, s.recorded_at FROM device d JOIN unit u ON u.id = d.unit
            JOIN stage_change s ON s.id = (SELECT max(x.id) FROM stage_change x
                WHERE x.device = d.id AND x.taken_on <= {{}} AND x.recorded_at < {{}})
            WHERE d.stage IN ({OUT}) AND s.stage IN ({OUT}) AND {WITHIN}""",
        on,
        end,
        scope,
        scope,
    )
    left = {one.id: one for one in gone}
    subjects = await device_dossiers(f"d.stage IN ({OUT}) AND {WITHIN}", scope, scope, until=end)
    return [
        Departure(one, left[one.thing.id].left_on, gap_of(one, left[one.thing.id].recorded_at))
        for one in subjects
        if one.thing.id in left
    ]


def gap_of(subject: Subject, left_at: datetime) -> str:
    """What was not proven when a device left, or is not certified yet; empty where nothing is missing."""
    then = _as_of(subject, left_at)
    if not (then.media or then.mediumless or then.requests or then.labels):
        return NO_DOSSIER
    lacking = set(missing(then.dossier))
    if lacking & {Need.APPROVAL, Need.REQUEST}:
        return NOT_APPROVED
    if lacking:
        return INCOMPLETE
    states = [one.state for one in subject.media]
    return "" if all(state in PROVEN for state in states) else NO_CERTIFICATE


def _as_of(subject: Subject, moment: datetime) -> Subject:
    """The file as it was at a moment: what was recorded later does not count."""
    media = [
        replace(
            one,
            plans=[plan for plan in one.plans if plan.recorded_at <= moment],
            erasures=[
                erasure
                for erasure in one.erasures
                if erasure.recorded_at <= moment and (erasure.checked_at is None or erasure.checked_at <= moment)
            ],
            line=one.line if one.line and one.line.recorded_at <= moment else None,
            certificates=(),
        )
        for one in subject.media
    ]
    return replace(
        subject,
        media=media,
        statements=[one for one in subject.statements if one.recorded_at <= moment],
        labels=[one for one in subject.labels if one.recorded_at <= moment],
        requests=[one for one in subject.requests if one.recorded_at <= moment],
        verdicts=[one for one in subject.verdicts if one.recorded_at <= moment],
    )
