"""The steps of a risk as forms: value, treat, take over, review, close, open again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

import msgspec
from litestar import Controller, get, post
from litestar.params import FromPath

from isms import texts
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.pages import Html, Visit, after, again, page
from isms.people import colleagues, someone
from isms.rules.calendar import months_later
from isms.rules.errors import Complaint, Incomplete, Refused
from isms.rules.texts import N_
from isms.web.clock import today
from risks.commands.acceptances import Terms, accept
from risks.commands.steps import Judgement, NewMeasure, close, reopen, review, treat, value
from risks.queries.decisions import newest_by_state, standing
from risks.queries.risks import RiskDetail, risk
from risks.rules.levels import FREQUENCY_MEANS, IMPACT_MEANS, Frequency, Impact, State
from risks.rules.lifecycle import Step, stage_after
from risks.rules.permissions import May
from risks.rules.treatment import Decision, Treatment, latest_end
from risks.web.register import HOME
from risks.web.threats import threat_names


class ValueForm(Form):
    version: int
    state: State
    frequency: Frequency
    impact: Impact
    reason: str


class TreatForm(Form):
    """A treatment with the first measure, if there is one; more follow by treating again."""

    version: int
    treatment: Treatment
    reason: str
    contract: Annotated[str, msgspec.Meta(max_length=200)] = ""
    measure: Annotated[str, msgspec.Meta(max_length=200)] = ""
    responsible: int | None = None
    due_on: date | None = None


class AcceptForm(Form):
    version: int
    reason: str
    until: date
    conditions: str = ""


class ReviewForm(Form):
    version: int
    next_on: date
    note: str


class NoteForm(Form):
    version: int
    note: str


@dataclass(frozen=True)
class StepPage:
    """How a step is asked for: its form, where it is sent to, what is said once it is done."""

    step: Step
    form: type[Form]
    place: str
    done: str


VALUE = StepPage(Step.VALUE, ValueForm, "valuations", N_("Die Bewertung ist gespeichert."))
TREAT = StepPage(Step.TREAT, TreatForm, "treatments", N_("Die Behandlung ist gespeichert."))
ACCEPT = StepPage(Step.ACCEPT, AcceptForm, "acceptances", N_("Sie haben das Restrisiko übernommen."))
REVIEW = StepPage(Step.REVIEW, ReviewForm, "reviews", N_("Die Überprüfung ist gespeichert."))
CLOSE = StepPage(Step.CLOSE, NoteForm, "closures", N_("Das Risiko ist geschlossen."))
REOPEN = StepPage(Step.REOPEN, NoteForm, "reopenings", N_("Das Risiko ist wieder offen."))


class Steps(Controller):
    path = "/risks/{risk_id:int}"
    guards = [requires(May.ANALYSE)]

    @get("/valuations/new")
    async def new_valuation(self, request: Visit, risk_id: FromPath[int]) -> Html:
        return await asked(request, risk_id, VALUE)

    @post("/valuations", status_code=200)
    async def create_valuation(self, request: Visit, risk_id: FromPath[int]) -> Any:
        async def carry_out(seen: RiskDetail, form: ValueForm) -> None:
            judgement = Judgement(form.state, form.frequency, form.impact, form.reason)
            await value(seen, judgement, by=request.user, on=today())

        return await taken(request, risk_id, VALUE, carry_out)

    @get("/treatments/new")
    async def new_treatment(self, request: Visit, risk_id: FromPath[int]) -> Html:
        return await asked(request, risk_id, TREAT)

    @post("/treatments", status_code=200)
    async def create_treatment(self, request: Visit, risk_id: FromPath[int]) -> Any:
        async def carry_out(seen: RiskDetail, form: TreatForm) -> None:
            decision = Decision(form.treatment, form.reason, form.contract)
            await treat(seen, decision, measures=await planned(request, form), by=request.user, on=today())

        return await taken(request, risk_id, TREAT, carry_out)

    @get("/reviews/new")
    async def new_review(self, request: Visit, risk_id: FromPath[int]) -> Html:
        return await asked(request, risk_id, REVIEW, next_on=months_later(today(), 6))

    @post("/reviews", status_code=200)
    async def create_review(self, request: Visit, risk_id: FromPath[int]) -> Any:
        async def carry_out(seen: RiskDetail, form: ReviewForm) -> None:
            await review(seen, form.note, next_on=form.next_on, by=request.user, on=today())

        return await taken(request, risk_id, REVIEW, carry_out)

    @get("/closures/new")
    async def new_closure(self, request: Visit, risk_id: FromPath[int]) -> Html:
        return await asked(request, risk_id, CLOSE)

    @post("/closures", status_code=200)
    async def create_closure(self, request: Visit, risk_id: FromPath[int]) -> Any:
        async def carry_out(seen: RiskDetail, form: NoteForm) -> None:
            await close(seen, form.note, by=request.user, on=today())

        return await taken(request, risk_id, CLOSE, carry_out)

    @get("/reopenings/new")
    async def new_reopening(self, request: Visit, risk_id: FromPath[int]) -> Html:
        return await asked(request, risk_id, REOPEN)

    @post("/reopenings", status_code=200)
    async def create_reopening(self, request: Visit, risk_id: FromPath[int]) -> Any:
        async def carry_out(seen: RiskDetail, form: NoteForm) -> None:
            await reopen(seen, form.note, by=request.user, on=today())

        return await taken(request, risk_id, REOPEN, carry_out)


class Acceptances(Controller):
    path = "/risks/{risk_id:int}/acceptances"
    guards = [requires(May.ACCEPT)]

    @get("/new")
    async def new(self, request: Visit, risk_id: FromPath[int]) -> Html:
        return await asked(request, risk_id, ACCEPT)

    @post("/", status_code=200)
    async def create(self, request: Visit, risk_id: FromPath[int]) -> Any:
        async def carry_out(seen: RiskDetail, form: AcceptForm) -> None:
            await accept(seen, Terms(form.reason, form.until, form.conditions), by=request.user, on=today())

        return await taken(request, risk_id, ACCEPT, carry_out)


async def asked(request: Visit, risk_id: int, of: StepPage, **known: object) -> Html:
    """The form of a step; refused at once where the risk's way does not lead there."""
    found = await risk(risk_id, seen_by=request.user)
    stage_after(of.step, found.stage)
    draft = Draft.blank(of.form, **known)
    return page(request, "risks/step.html", draft=draft, **await offered(request, found, of))


async def taken(request: Visit, risk_id: int, of: StepPage, carry_out: Callable[[RiskDetail, Any], Any]) -> Any:
    """Carry a step out on the risk as the form saw it; what is wrong comes back with everything typed."""
    draft = await read(of.form, request)
    found = await risk(risk_id, seen_by=request.user)
    try:
        form: Any = draft.form
        await carry_out(msgspec.structs.replace(found, version=form.version), form)
    except (Incomplete, Refused) as error:
        return again(request, "risks/step.html", draft, error, **await offered(request, found, of))
    return after(request, f"{HOME}/{found.id}", notice=of.done)


async def offered(request: Visit, found: RiskDetail, of: StepPage) -> dict[str, Any]:
    """What a step's page shows: the risk as it stands now, and what its fields offer."""
    return {
        "risk": found,
        "page": of,
        "step": of.step,
        "action": f"{HOME}/{found.id}/{of.place}",
        "threat_name": threat_names().get(found.threat, ""),
        "standing": await standing(found.id),
        "known": await newest_by_state(found.id),
        "states": list(State),
        "frequencies": _explained(FREQUENCY_MEANS),
        "impacts": _explained(IMPACT_MEANS),
        "treatments": list(Treatment),
        "people": await colleagues("", within=request.user, limit=200) if of is TREAT else [],
        "soonest": today() + timedelta(days=1),
        "latest": latest_end(today()) if of is ACCEPT else months_later(today(), 12),
    }


async def planned(request: Visit, form: TreatForm) -> list[NewMeasure]:
    """The measure of the form, if somebody named one. Raises Incomplete for half of one."""
    if not form.measure.strip():
        return []
    missing = {name: WHO_AND_WHEN[name] for name in WHO_AND_WHEN if getattr(form, name) is None}
    if form.responsible is None or form.due_on is None:
        raise Incomplete(missing)
    return [NewMeasure(form.measure, await someone(form.responsible, within=request.user), form.due_on)]


WHO_AND_WHEN = {
    "responsible": Complaint(N_("Wählen Sie, wer die Maßnahme umsetzt.")),
    "due_on": Complaint(N_("Nennen Sie den Tag, bis zu dem die Maßnahme erledigt ist, zum Beispiel 31.12.2026.")),
}


def _explained(meanings: Mapping[Any, str]) -> list[tuple[int, str]]:
    return [(int(level), f"{texts.say(level.label)}: {texts.say(meaning)}") for level, meaning in meanings.items()]
