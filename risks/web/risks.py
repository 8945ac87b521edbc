"""One risk: its page with history and next steps, recording a new one, describing one anew."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Any

import msgspec
from litestar import Controller, get, post
from litestar.params import FromPath

from assets.queries.objects import choices, target_object
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.house import house_of
from isms.pages import Html, Visit, after, again, page
from isms.people import colleagues, someone
from isms.rules.errors import Complaint, Incomplete, Refused, Stale
from isms.rules.texts import N_
from isms.trail import history
from isms.web.clock import today
from risks.commands.risks import RiskFacts, describe, record_risk
from risks.queries.decisions import acceptances, controls, measures, standing, steps, treatments, valuations
from risks.queries.risks import RiskDetail, risk
from risks.rules.lifecycle import Stage, Step, open_steps
from risks.rules.permissions import May
from risks.web.places import number
from risks.web.register import HOME
from risks.web.threats import known_threat, threat_choices, threat_names

PAGE, PART = "risks/risk.html", "risks/_risk.html"
STEP_PAGES: Mapping[Step, str] = {
    Step.VALUE: "valuations/new",
    Step.TREAT: "treatments/new",
    Step.ACCEPT: "acceptances/new",
    Step.REVIEW: "reviews/new",
    Step.CLOSE: "closures/new",
    Step.REOPEN: "reopenings/new",
}


class RiskForm(Form):
    """`object` is chosen when a risk is recorded; `version` is what a change was opened with."""

    title: Annotated[str, msgspec.Meta(max_length=160)]
    threat: str
    owner: int
    review_on: date
    description: str = ""
    object: int | None = None
    version: int = 0


class Risks(Controller):
    path = HOME
    guards = [requires(May.VIEW_RISKS)]

    @get("/{risk_id:int}")
    async def show(self, request: Visit, risk_id: FromPath[int]) -> Html:
        found = await risk(risk_id, seen_by=request.user)
        return page(request, PAGE, part=PART, **await detail(request, found))


class NewRisks(Controller):
    path = HOME
    guards = [requires(May.ANALYSE)]

    @get("/new")
    async def new(self, request: Visit) -> Html:
        """The object may come with the address, from its own page."""
        given = request.query_params.get
        of = await target_object(wanted, seen_by=request.user) if (wanted := number(given("object"))) else None
        known: dict[str, object] = {"object": of.id, "object_q": of.name} if of else {}
        if (threat := given("threat", "")) in threat_names():
            known["threat"] = threat
        draft = Draft.blank(RiskForm, owner=request.user.id, review_on=today() + timedelta(days=180), **known)
        return page(request, "risks/risk_new.html", draft=draft, **await offered(request, draft))

    @get("/objects")
    async def objects(self, request: Visit) -> Html:
        """What is typed into the search field asks here."""
        found = await choices(request.query_params.get("object_q", ""), seen_by=request.user)
        return page(
            request, "components/_choices.html", field="object", choices=[as_choice(each) for each in found], chosen=""
        )

    @get("/owners")
    async def owners(self, request: Visit) -> Html:
        found = await colleagues(request.query_params.get("owner_q", ""), within=request.user)
        return page(request, "components/_choices.html", field="owner", choices=found, chosen="")

    @post("/new", status_code=200)
    async def create(self, request: Visit) -> Any:
        draft = await read(RiskForm, request)
        if "_find" in draft.typed:
            return await asking(request, "risks/risk_new.html", draft)
        try:
            form = draft.form
            if form.object is None:
                raise Incomplete({"object": Complaint(N_("Wählen Sie das Zielobjekt, um das es geht."))})
            of = await target_object(form.object, seen_by=request.user)
            owner = await someone(form.owner, within=request.user)
            made = await record_risk(facts(form), of=of, owner=owner, by=request.user, on=today())
        except (Incomplete, Refused) as error:
            return again(request, "risks/risk_new.html", draft, error, **await offered(request, draft))
        return after(request, f"{HOME}/{made}", notice=N_("Das Risiko ist erfasst. Bewerten Sie es als Nächstes."))

    @get("/{risk_id:int}/edit")
    async def edit(self, request: Visit, risk_id: FromPath[int]) -> Html:
        found = await risk(risk_id, seen_by=request.user)
        known = {name: getattr(found, name) for name in ("title", "threat", "owner", "review_on", "description")}
        draft = Draft.blank(RiskForm, owner_q=found.owner_name, **known)
        return page(request, "risks/risk_edit.html", draft=draft, risk=found, **await offered(request, draft))

    @post("/{risk_id:int}/edit", status_code=200)
    async def change(self, request: Visit, risk_id: FromPath[int]) -> Any:
        draft = await read(RiskForm, request)
        found = await risk(risk_id, seen_by=request.user)
        if "_find" in draft.typed:
            return await asking(request, "risks/risk_edit.html", draft, risk=found)
        try:
            form = draft.form
            owner = await someone(form.owner, within=request.user)
            seen = msgspec.structs.replace(found, version=form.version)
            await describe(seen, facts(form), owner=owner, by=request.user, on=today())
        except (Incomplete, Refused) as error:
            shown = await offered(request, draft) | {"risk": found, "stale": isinstance(error, Stale)}
            return again(request, "risks/risk_edit.html", draft, error, **shown)
        return after(request, f"{HOME}/{found.id}", notice=N_("Die Angaben zum Risiko sind gespeichert."))


def facts(form: RiskForm) -> RiskFacts:
    return RiskFacts(form.title, known_threat(form.threat), form.review_on, form.description)


async def asking(request: Visit, whole: str, draft: Draft[RiskForm], **context: Any) -> Html:
    """The form once more with what the search field found: for browsers without JavaScript."""
    draft.complaints.clear()
    return page(request, whole, draft=draft, **await offered(request, draft), **context)


async def offered(request: Visit, draft: Draft[RiskForm]) -> dict[str, Any]:
    """What the form's fields offer; the chosen object and owner stay among the choices."""
    objects = await choices(draft.value("object_q"), seen_by=request.user)
    owners = await colleagues(draft.value("owner_q"), within=request.user)
    if (chosen := number(draft.value("object"))) and chosen not in {each.id for each in objects}:
        objects = [await target_object(chosen, seen_by=request.user), *objects]
    if (chosen := number(draft.value("owner"))) and chosen not in {each.id for each in owners}:
        owners = [await someone(chosen, within=request.user), *owners]
    return {
        "threats": threat_choices(),
        "objects": [as_choice(each) for each in objects],
        "owners": owners,
        "soonest": today() + timedelta(days=1),
        "stale": False,
    }


def as_choice(each: Any) -> dict[str, Any]:
    return {"id": each.id, "name": f"{each.short_id} {each.name}", "detail": each.unit_name}


async def detail(request: Visit, found: RiskDetail) -> dict[str, Any]:
    """Everything a risk's page shows, with the next steps that the rule and the right allow."""
    return {
        "risk": found,
        "threat_name": threat_names().get(found.threat, ""),
        "standing": await standing(found.id),
        "valuations": await valuations(found.id),
        "treatments": await treatments(found.id),
        "measures": await measures(found.id),
        "acceptances": await acceptances(found.id),
        "taken": await steps(found.id),
        "controls": await controls(found.id, path=found.path, on=today()),
        "ways": [(step, f"{HOME}/{found.id}/{STEP_PAGES[step]}") for step in allowed(request, found)],
        "may_analyse": request.user.may(May.ANALYSE, found.path),
        "is_closed": found.stage is Stage.CLOSED,
        "user_id": request.user.id,
        "today": today(),
        "history": await history(found.key, seen_by=request.user, house=house_of(request)),
    }


def allowed(request: Visit, found: RiskDetail) -> list[Step]:
    """The steps that lead on from here and that this person may take."""
    rights = {step: May.ACCEPT if step is Step.ACCEPT else May.ANALYSE for step in Step}
    return [step for step in open_steps(found.stage) if request.user.may(rights[step], found.path)]
