"""Rounds of confirmation: IT asks and sees how far it has got, everybody answers for their own devices."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any

from litestar import Controller, get, post
from litestar.params import FromPath
from msgspec import Meta

from assets.commands.rollouts import Said, answer_rollout, end_rollout, start_rollout
from assets.queries.rollouts import AskRow, RolloutDetail, asks, rollout, rollouts, waiting
from assets.queries.terms import terms_shown
from assets.rules.permissions import May
from assets.rules.protocols import Answer, TermsKind
from assets.web.asking import term
from isms.forms import Draft, Form, read
from isms.guards import own, requires
from isms.pages import Html, Visit, after, again, page
from isms.people import unit, units
from isms.rules.errors import Complaint, Incomplete, Refused
from isms.rules.texts import N_
from isms.web.clock import today

WHY = N_("Wer gefragt wird, antwortet nur für die eigenen Geräte; andere sehen die Runde nur mit dem Recht dazu.")
USUAL = timedelta(days=21)
TOO_LONG = N_("Bitte kürzen Sie auf höchstens {limit} Zeichen.")


class RolloutForm(Form):
    title: Annotated[str, Meta(max_length=120)]
    unit: int
    ends_on: date


class AnswerForm(Form):
    """Fields `answer_17` and `note_17` per question."""


class Nothing(Form):
    """A form of one button."""


class Rollouts(Controller):
    path = "/confirmations"
    guards = [requires(May.ISSUE)]

    @get("/")
    async def index(self, request: Visit) -> Html:
        return page(request, "assets/rollouts.html", rollouts=await rollouts(seen_by=request.user), today=today())

    @get("/new")
    async def blank(self, request: Visit) -> Html:
        draft = Draft.blank(RolloutForm, unit=request.user.unit, ends_on=today() + USUAL)
        return page(request, "assets/rollout_new.html", draft=draft, units=await _units(request))

    @post("/new", status_code=200)
    async def create(self, request: Visit) -> Any:
        draft = await read(RolloutForm, request)
        try:
            form = draft.form
            place = await unit(form.unit, seen_by=request.user, asks=May.ISSUE)
            id = await start_rollout(form.title, unit=place, ends_on=form.ends_on, by=request.user, on=today())
        except (Refused, Incomplete) as error:
            return again(request, "assets/rollout_new.html", draft, error, units=await _units(request))
        notice = N_("Die Runde läuft. Alle Gefragten finden sie unter „Meine Aufgaben“.")
        return after(request, back_to=f"/confirmations/{id}/progress", notice=notice)

    @get("/{rollout_id:int}/progress")
    async def show(self, request: Visit, rollout_id: FromPath[int]) -> Html:
        found = await rollout(rollout_id, seen_by=request.user)
        request.user.needs(May.ISSUE, at=found.path)
        people = await waiting(found.id, seen_by=request.user)
        return page(request, "assets/rollout.html", rollout=found, waiting=people, today=today())

    @post("/{rollout_id:int}/ending", status_code=200)
    async def end(self, request: Visit, rollout_id: FromPath[int]) -> Any:
        await read(Nothing, request)
        found = await rollout(rollout_id, seen_by=request.user)
        await end_rollout(found, by=request.user, on=today())
        return after(request, back_to="/confirmations", notice=N_("Die Runde ist beendet. Die Antworten bleiben."))


class Confirming(Controller):
    path = "/confirmations/{rollout_id:int}"
    guards = [own(WHY)]

    @get("/")
    async def show(self, request: Visit, rollout_id: FromPath[int]) -> Html:
        found = await rollout(rollout_id, seen_by=request.user)
        return page(request, "assets/confirming.html", draft=Draft.blank(AnswerForm), **await _asked(request, found))

    @post("/", status_code=200)
    async def answer(self, request: Visit, rollout_id: FromPath[int]) -> Any:
        draft = await read(AnswerForm, request)
        found = await rollout(rollout_id, seen_by=request.user)
        shown = await _asked(request, found)
        try:
            said = {ask.id: one for ask in shown["open"] if (one := _said(draft, ask))}
            made = await answer_rollout(found, shown["open"], said, by=request.user, on=today())
        except (Refused, Incomplete) as error:
            return again(request, "assets/confirming.html", draft, error, **shown)
        notice = N_("Danke. Ihre Antwort ist gespeichert.")
        return after(request, back_to=f"/handovers/{made}" if made else "/", notice=notice)


def _said(draft: Draft[AnswerForm], ask: AskRow) -> Said | None:
    answer, note = term(Answer, draft.value(f"answer_{ask.id}")), draft.value(f"note_{ask.id}").strip()
    if len(note) > 500:
        raise Incomplete({f"note_{ask.id}": Complaint(TOO_LONG, {"limit": 500})})
    return Said(answer, note) if answer else None


async def _asked(request: Visit, found: RolloutDetail) -> dict[str, Any]:
    asked = await asks(found.id, request.user.id)
    return {
        "rollout": found,
        "open": [ask for ask in asked if ask.answer is None] if found.ended_on is None else [],
        "answered": [ask for ask in asked if ask.answer is not None],
        "answers": [Answer.HAVE, Answer.NO_LONGER, Answer.UNKNOWN],
        "terms": await terms_shown(request.user.institution, TermsKind.DEVICE),
    }


async def _units(request: Visit) -> Any:
    return await units(seen_by=request.user, asks=May.ISSUE)
