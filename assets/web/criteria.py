"""What the levels of protection need mean in an office, scenario by scenario: read, decided anew, looked up later."""

from __future__ import annotations

from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery

from assets.commands.criteria import decide
from assets.queries import criteria as queries
from assets.queries.criteria import CriteriaRow
from assets.rules.permissions import May
from assets.rules.protection import ProtectionNeed
from assets.rules.scenarios import Criteria, DamageScenario, criterion_field
from assets.web.need_forms import CriteriaForm, criteria_typed, texts_of
from isms.forms import Draft, read
from isms.guards import requires
from isms.pages import Html, Visit, after, again, page
from isms.people import UnitRow
from isms.rules.errors import Incomplete, Missing, Refused, Stale
from isms.rules.texts import N_

DECIDED = N_("Festgelegt als Fassung {number}. Frühere Feststellungen behalten die Texte, nach denen sie urteilten.")


class NeedCriteriaPages(Controller):
    path = "/need-criteria"
    guards = [requires(May.VIEW_OBJECTS)]

    @get("/")
    async def index(self, request: Visit, *, office: FromQuery[int | None] = None) -> Html:
        offices = await queries.offices(seen_by=request.user)
        chosen = _chosen(offices, office)
        found = await queries.in_force(chosen.institution)
        return page(request, "assets/need_criteria.html", **await _shown(request, chosen, found, offices=offices))

    @get("/{criteria_id:int}")
    async def show(self, request: Visit, criteria_id: FromPath[int]) -> Html:
        found = await queries.version(criteria_id, seen_by=request.user)
        offices = await queries.offices(seen_by=request.user)
        chosen = _chosen(offices, found.institution)
        return page(request, "assets/need_criteria.html", **await _shown(request, chosen, found, offices=offices))


class NeedCriteriaDeciding(Controller):
    path = "/need-criteria/new"
    guards = [requires(May.ASSESS)]

    @get("/")
    async def blank(self, request: Visit, *, office: FromQuery[int | None] = None) -> Html:
        chosen = await _decided_by(request, office)
        found = await queries.in_force(chosen.institution)
        texts = await queries.meanings(found)
        draft = Draft.blank(CriteriaForm, **criteria_typed(texts), after=found.number if found else 0)
        return page(request, "assets/need_criteria_new.html", draft=draft, **_fields(chosen, found))

    @post("/", status_code=200)
    async def create(self, request: Visit, *, office: FromQuery[int | None] = None) -> Any:
        draft = await read(CriteriaForm, request)
        chosen = await _decided_by(request, office)
        try:
            form: Any = draft.form
            number = await decide(chosen, texts_of(form), reason=form.reason, after=form.after, by=request.user)
        except (Refused, Incomplete) as error:
            found = await queries.in_force(chosen.institution)
            shown = _fields(chosen, found)
            if isinstance(error, Stale):
                draft.typed = {**draft.typed, "after": [str(found.number if found else 0)]}
                shown |= {"theirs": await queries.meanings(found)}
            return again(request, "assets/need_criteria_new.html", draft, error, **shown)
        back_to = f"/need-criteria?office={chosen.id}"
        return after(request, back_to=back_to, notice=DECIDED, values={"number": number})


def _chosen(offices: Any, office: int | None) -> UnitRow:
    found = next((one for one in offices if office in (None, one.id)), None)
    if found is None:
        raise Missing
    return found  # type: ignore[no-any-return]


async def _decided_by(request: Visit, office: int | None) -> UnitRow:
    """The office whose words this person may decide on. Raises Missing or Forbidden."""
    chosen = _chosen(await queries.offices(seen_by=request.user), office)
    request.user.needs(May.ASSESS, at=chosen.path)
    return chosen


async def _shown(request: Visit, chosen: UnitRow, found: CriteriaRow | None, *, offices: Any) -> dict[str, Any]:
    versions = await queries.versions(chosen.institution)
    return {
        "place": chosen,
        "offices": offices,
        "criteria": found,
        "is_latest": found is None or found.number == len(versions),
        "versions": versions,
        "texts": await queries.meanings(found),
        "scenarios": list(DamageScenario),
        "levels": list(ProtectionNeed),
        "may_decide": request.user.may(May.ASSESS, at=chosen.path),
    }


def _fields(chosen: UnitRow, found: CriteriaRow | None) -> dict[str, Any]:
    nothing: Criteria = {}
    return {
        "place": chosen,
        "criteria": found,
        "scenarios": list(DamageScenario),
        "levels": list(ProtectionNeed),
        "field": criterion_field,
        "theirs": nothing,
    }
