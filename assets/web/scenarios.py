"""Protection need found scenario by scenario, with the office's own words beside each; and what was found before."""

from __future__ import annotations

from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath

from assets.commands.needs import assess
from assets.queries import criteria
from assets.queries.assessments import assessments_of, decisions_of, findings_of, latest
from assets.queries.objects import ObjectDetail, target_object
from assets.queries.origins import would_change
from assets.rules.permissions import May
from assets.rules.proposals import Proposal
from assets.rules.protection import Goal, Protection, ProtectionNeed
from assets.rules.scenarios import DamageScenario, own_need
from assets.web import need_forms as forms
from assets.web.needs import SAVED, assessed, once_more, same
from isms.forms import Draft, read
from isms.guards import requires
from isms.pages import Html, Visit, after, page
from isms.rules.errors import Incomplete, Refused
from isms.rules.texts import N_
from isms.texts import say


class Scenarios(Controller):
    path = "/objects/{object_id:int}/needs/scenarios"
    guards = [requires(May.ASSESS)]

    @get("/")
    async def blank(self, request: Visit, object_id: FromPath[int]) -> Html:
        found = await assessed(request, object_id)
        before = await latest(found.id)
        told = (await findings_of(found.id)).get(before.id, []) if before else []
        draft = Draft.blank(forms.ScenariosForm, version=found.version, **forms.findings_typed(told))
        return page(request, "assets/scenarios.html", draft=draft, **await _shown(found))

    @post("/", status_code=200)
    async def create(self, request: Visit, object_id: FromPath[int]) -> Any:
        draft = await read(forms.ScenariosForm, request)
        found = await assessed(request, object_id)
        shown = await _shown(found)
        try:
            form: Any = draft.form
            findings = forms.findings_of(form)
            own = own_need(findings)
            if draft.chosen("_preview"):
                need = Protection(*(own[goal] or ProtectionNeed.NORMAL for goal in Goal))
                shown["preview"] = await would_change(found, Proposal(own={found.id: need}), seen_by=request.user)
                return page(request, "assets/scenarios.html", draft=draft, **shown | {"own": own})
            same(found, form.version)
            moved = await assess(found, own, reason=form.reason, by=request.user, findings=findings)
        except (Refused, Incomplete) as error:
            return once_more(request, "assets/scenarios.html", error, draft=draft, **shown)
        return after(request, back_to=f"/objects/{found.id}", notice=SAVED, values={"count": len(moved)})


class Assessments(Controller):
    path = "/objects/{object_id:int}/assessments"
    guards = [requires(May.VIEW_OBJECTS)]

    @get("/")
    async def index(self, request: Visit, object_id: FromPath[int]) -> Html:
        found = await target_object(object_id, seen_by=request.user)
        return page(
            request,
            "assets/assessments.html",
            object=found,
            assessments=await assessments_of(found.id),
            findings=await findings_of(found.id),
            decisions=await decisions_of(found.id),
            goals=list(Goal),
        )


async def _shown(found: ObjectDetail) -> dict[str, Any]:
    words = await criteria.in_force(found.institution)
    levels = [(str(int(level)), say(level.label)) for level in ProtectionNeed]
    return {
        "object": found,
        "preview": None,
        "own": None,
        "goals": list(Goal),
        "levels": list(ProtectionNeed),
        "choices": [("", say(N_("kein Schaden"))), *levels],
        "scenarios": list(DamageScenario),
        "criteria": words,
        "texts": await criteria.meanings(words),
    }
