"""Rounds of confirmation: everybody of a unit says whether they have what the register has with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from assets.commands.handovers import BY_LOGIN
from assets.commands.protocols import Piece, Told, sign, write
from assets.commands.terms import terms_or_starter
from assets.queries.devices import device
from assets.queries.objections import ObjectionRow
from assets.queries.rollouts import AskRow, RolloutDetail, holdings
from assets.rules.permissions import May
from assets.rules.protocols import Answer, Party, ProtocolKind, TermsKind
from assets.tables import Objection, Rollout, RolloutAsk
from isms.audit import Change, change
from isms.db.writing import insert
from isms.people import Actor, UnitRow
from isms.rules.errors import Incomplete, Refused, Stale
from isms.rules.texts import N_

LONGEST = timedelta(days=180)


@dataclass(frozen=True)
class Said:
    """What somebody says about one device."""

    answer: Answer
    note: str = ""


async def start_rollout(title: str, *, unit: UnitRow, ends_on: date, by: Actor, on: date) -> int:
    """Ask everybody who has a device of this unit, or of one below it; answers with the round's id."""
    by.needs(May.ISSUE, at=unit.path)
    if not on <= ends_on <= on + LONGEST:
        raise Incomplete({"ends_on": N_("Bitte wählen Sie einen Tag zwischen heute und in sechs Monaten.")})
    async with change("rollout.started", by=by, unit=unit.id, title=title.strip()) as made:
        asked = await holdings(unit.path)
        if not asked:
            raise Refused(N_("In „{unit}“ hat gerade niemand ein Gerät. Es gibt nichts zu bestätigen."), unit=unit.name)
        rollout = await insert(Rollout, unit=unit.id, title=title.strip(), starts_on=on, ends_on=ends_on, made_by=by.id)
        for one in asked:
            await insert(RolloutAsk, rollout=rollout, handover=one.handover, device=one.device, person=one.person)
        made.about(f"rollout:{rollout}")
        made.with_(count=len({one.person for one in asked}), devices=len(asked), ends_on=ends_on)
        return rollout


async def end_rollout(rollout: RolloutDetail, *, by: Actor, on: date) -> None:
    """Stop asking; answers stay, and who has not answered is no longer reminded."""
    by.needs(May.ISSUE, at=rollout.path)
    async with change("rollout.ended", rollout, by=by, unit=rollout.unit):
        ended = (
            await Rollout.update({Rollout.ended_on: on, Rollout.ended_by: by.id})
            .where((Rollout.id == rollout.id) & Rollout.ended_on.is_null())
            .returning(Rollout.id)
        )
        if not ended:
            raise Stale


async def answer_rollout(
    rollout: RolloutDetail, asks: Sequence[AskRow], said: Mapping[int, Said], *, by: Actor, on: date
) -> int | None:
    """Answer for every device one is asked about; `said` by the id of the question. The own login signs.

    What somebody has becomes a protocol, whose id is the answer; what they don't have goes to IT's desk.
    """
    _check_said(asks, said)
    async with change("rollout.answered", rollout, by=by, unit=rollout.unit) as made:
        for ask in asks:
            await _note_answer(ask, said[ask.id], by)
        objected = [ask for ask in asks if said[ask.id].answer is not Answer.HAVE]
        for ask in objected:
            await _object(made, ask, said[ask.id], by)
        had = [ask for ask in asks if said[ask.id].answer is Answer.HAVE]
        made.with_(confirmed=len(had), objected=len(objected))
        return await _confirm(made, rollout, had, on) if had else None


async def settle(objection: ObjectionRow, note: str, *, by: Actor, on: date) -> None:
    """IT has cleared up what somebody objected to, and says how."""
    by.needs(May.ISSUE, at=objection.path)
    if not note.strip():
        raise Incomplete({"note": N_("Bitte schreiben Sie, was herauskam.")})
    async with change("objection.settled", f"device:{objection.device}", by=by, unit=objection.unit) as made:
        made.with_(note=note.strip(), answer=objection.answer.value)
        settled = (
            await Objection.update(
                {Objection.settled_on: on, Objection.settled_by: by.id, Objection.settled_note: note.strip()}
            )
            .where((Objection.id == objection.id) & Objection.settled_on.is_null())
            .returning(Objection.id)
        )
        if not settled:
            raise Stale


def _check_said(asks: Sequence[AskRow], said: Mapping[int, Said]) -> None:
    if not asks:
        raise Refused(N_("Sie haben schon alles beantwortet. Es ist nichts doppelt geschehen."))
    complaints = {}
    for ask in asks:
        if ask.id not in said:
            complaints[f"answer_{ask.id}"] = N_("Bitte wählen Sie eine Antwort.")
        elif said[ask.id].answer is Answer.DIFFERS and not said[ask.id].note.strip():
            complaints[f"note_{ask.id}"] = N_("Bitte schreiben Sie, was nicht stimmt.")
    if complaints:
        raise Incomplete(complaints)


async def _note_answer(ask: AskRow, said: Said, by: Actor) -> None:
    noted = (
        await RolloutAsk.update({RolloutAsk.answer: said.answer, RolloutAsk.answered_at: datetime.now(UTC)})
        .where((RolloutAsk.id == ask.id) & (RolloutAsk.person == by.id) & RolloutAsk.answer.is_null())
        .returning(RolloutAsk.id)
    )
    if not noted:
        raise Stale


async def _object(made: Change, ask: AskRow, said: Said, by: Actor) -> None:
    await insert(
        Objection,
        device=ask.device,
        person=by.id,
        rollout=ask.rollout,
        answer=said.answer,
        note=said.note.strip(),
    )
    made.also(
        "handover.objected",
        f"device:{ask.device}",
        unit=ask.unit,
        note=said.note.strip() or said.answer.label,
        answer=said.answer.value,
    )


async def _confirm(made: Change, rollout: RolloutDetail, had: Sequence[AskRow], on: date) -> int:
    pieces = [Piece(await device(ask.device, seen_by=made.by), handover=ask.handover) for ask in had]
    terms = await terms_or_starter(made, TermsKind.DEVICE, made.by.institution)
    told = Told(ProtocolKind.CONFIRMATION, made.by, on, terms=terms, rollout=rollout.id)
    written = await write(made, told, pieces)
    seal = await sign(made, written, Party.PERSON, signed=BY_LOGIN, person=made.by)
    made.also(
        "handover.confirmed",
        written,
        unit=pieces[0].device.unit,
        sha256=written.sha256,
        signed_by_person=seal.sha256,
    )
    for ask in had:
        await RolloutAsk.update({RolloutAsk.protocol: written.id}).where(RolloutAsk.id == ask.id)
    return written.id
