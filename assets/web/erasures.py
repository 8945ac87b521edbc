"""One medium: how it is to be erased (two questions, one a page), that it was, and that somebody looked."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from litestar import Controller, get, post
from litestar.params import FromPath
from msgspec import Meta

from assets.commands.erasing import REASON_NEEDED, Checked, Decision, Done, check_erasure, plan_erasure, record_erasure
from assets.queries.destruction import derived_need, settled_fineness
from assets.queries.media import MediumRow, medium
from assets.queries.medium_files import medium_file
from assets.rules.destruction import CARRIERS
from assets.rules.erasure import ErasureLevel, Extent, Method, methods_for, possible_levels, proposed_level, reached
from assets.rules.permissions import May
from assets.rules.protection import ProtectionNeed
from assets.web.media import not_later
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.pages import Html, Visit, after, again, page
from isms.rules.errors import Complaint, Incomplete, Refused
from isms.rules.terms import Term
from isms.rules.texts import N_
from isms.web.clock import today


class Outcome(Term):
    """Whether the tool said that it worked."""

    SUCCEEDED = "succeeded", N_("gelungen")
    FAILED = "failed", N_("misslungen")


class Finding(Term):
    """What a second person saw."""

    GONE = "gone", N_("Es sind keine Daten mehr da, oder der Datenträger ist zerstört.")
    THERE = "there", N_("Es sind noch Daten da.")


NOTICES = {
    Outcome.SUCCEEDED: N_("Eingetragen. Jetzt muss eine zweite Person prüfen."),
    Outcome.FAILED: N_("Eingetragen. Der Datenträger muss vernichtet werden."),
}
ON_FIRST_PAGE = ("need", "need_reason")


class PlanForm(Form):
    """Both pages of the assistant; the second carries what was said on the first."""

    need: ProtectionNeed
    need_reason: str = ""
    level: ErasureLevel | None = None
    by_provider: bool = False
    reason: str = ""


class ErasureForm(Form):
    method: Method
    tool: Annotated[str, Meta(max_length=120)]
    on: date
    outcome: Outcome
    tool_version: Annotated[str, Meta(max_length=40)] = ""
    note: str = ""


class CheckForm(Form):
    extent: Extent
    finding: Finding
    on: date
    note: str = ""


class ErasurePlans(Controller):
    path = "/media/{medium_id:int}/plan"
    guards = [requires(May.ERASE)]

    @get("/")
    async def ask_need(self, request: Visit, medium_id: FromPath[int]) -> Html:
        found = await _mine(request, medium_id, May.ERASE)
        known = await derived_need(found)
        draft = Draft.blank(PlanForm, need=known.need if known else None)
        return page(request, "assets/erasure_need.html", draft=draft, **await _shown(found, draft))

    @post("/", status_code=200)
    async def create(self, request: Visit, medium_id: FromPath[int]) -> Any:
        """After the first page the second, unless something is wrong with the first; then the decision itself."""
        draft = await read(PlanForm, request)
        found = await _mine(request, medium_id, May.ERASE)
        if not draft.chosen("_second") or "need" in draft.complaints:
            return await _first(request, found, draft)
        try:
            form = draft.form
            if form.level is None:
                raise Incomplete({"level": N_("Bitte wählen Sie, wie gründlich gelöscht wird.")})
            decision = Decision(form.need, form.level, form.by_provider, form.need_reason, form.reason)
            await plan_erasure(found, decision, by=request.user, on=today())
        except (Refused, Incomplete) as error:
            return again(request, "assets/erasure_level.html", draft, error, **await _shown(found, draft))
        return _back(request, found, N_("Das Verfahren steht fest."))


class Erasures(Controller):
    path = "/media/{medium_id:int}/erasures/new"
    guards = [requires(May.ERASE)]

    @get("/")
    async def blank(self, request: Visit, medium_id: FromPath[int]) -> Html:
        found = await _mine(request, medium_id, May.ERASE)
        draft = Draft.blank(ErasureForm, on=today())
        return page(request, "assets/erasure_new.html", draft=draft, **await _shown(found, draft))

    @post("/", status_code=200)
    async def create(self, request: Visit, medium_id: FromPath[int]) -> Any:
        draft = await read(ErasureForm, request)
        found = await _mine(request, medium_id, May.ERASE)
        try:
            form = draft.form
            succeeded = form.outcome is Outcome.SUCCEEDED
            done = Done(form.method, form.tool, form.tool_version, succeeded, form.note)
            await record_erasure(found, done, by=request.user, on=not_later(form.on))
        except (Refused, Incomplete) as error:
            return again(request, "assets/erasure_new.html", draft, error, **await _shown(found, draft))
        return _back(request, found, NOTICES[form.outcome])


class ErasureChecks(Controller):
    path = "/media/{medium_id:int}/checks/new"
    guards = [requires(May.VERIFY_ERASURE)]

    @get("/")
    async def blank(self, request: Visit, medium_id: FromPath[int]) -> Html:
        found = await _mine(request, medium_id, May.VERIFY_ERASURE)
        draft = Draft.blank(CheckForm, on=today())
        return page(request, "assets/erasure_check.html", draft=draft, **await _shown(found, draft))

    @post("/", status_code=200)
    async def create(self, request: Visit, medium_id: FromPath[int]) -> Any:
        draft = await read(CheckForm, request)
        found = await _mine(request, medium_id, May.VERIFY_ERASURE)
        try:
            form = draft.form
            checked = Checked(form.extent, form.finding is Finding.GONE, form.note)
            await check_erasure(found, checked, by=request.user, on=not_later(form.on))
        except (Refused, Incomplete) as error:
            return again(request, "assets/erasure_check.html", draft, error, **await _shown(found, draft))
        return _back(request, found, N_("Die Prüfung ist eingetragen."))


async def _first(request: Visit, found: MediumRow, draft: Draft[PlanForm]) -> Any:
    """The second page, or the first again where the need is missing or wants words."""
    known = await derived_need(found)
    need = draft.values.get("need")
    if need is not None and (known is None or known.need != need) and not draft.value("need_reason").strip():
        draft.complaints["need_reason"] = Complaint(REASON_NEEDED)
    draft.complaints = {name: said for name, said in draft.complaints.items() if name in ON_FIRST_PAGE}
    shown = await _shown(found, draft)
    if draft.complaints:
        return page(request, "assets/erasure_need.html", status=422, draft=draft, **shown)
    if not draft.chosen("level"):
        draft.typed = {**draft.typed, "level": [str(int(shown["proposed"]))]}
    return page(request, "assets/erasure_level.html", draft=draft, **shown)


async def _mine(request: Visit, id: int, right: May) -> MediumRow:
    found = await medium(id, seen_by=request.user)
    request.user.needs(right, at=found.path)
    return found


async def _shown(found: MediumRow, draft: Draft[Any]) -> dict[str, Any]:
    file = await medium_file(found)
    typed = draft.values.get("need")
    need = typed if isinstance(typed, ProtectionNeed) else ProtectionNeed.VERY_HIGH
    plan = file.plan
    asked = plan.level if plan else ErasureLevel.DESTROY
    possible = possible_levels(found.kind, encrypted=found.encrypted, failed=file.failed_before)
    fineness = (await settled_fineness(found.institution))[CARRIERS[found.kind]][need]
    return {
        "medium": found,
        "file": file,
        "known": await derived_need(found),
        "needs": list(ProtectionNeed),
        "need": need,
        "proposed": max(proposed_level(found.kind, need, encrypted=found.encrypted), min(possible)),
        "levels": possible,
        "ways": {level: _ways(found, level) for level in possible},
        "fineness": fineness,
        "fineness_name": fineness.named(CARRIERS[found.kind]),
        "methods": methods_for(found.kind, asked, encrypted=found.encrypted),
        "outcomes": list(Outcome),
        "findings": list(Finding),
        "extents": list(Extent),
        "today": today(),
    }


def _ways(found: MediumRow, level: ErasureLevel) -> list[Method]:
    """The methods that reach exactly a level."""
    return [method for method in Method if reached(method, found.kind, encrypted=found.encrypted) is level]


def _back(request: Visit, found: MediumRow, notice: str) -> Any:
    home = f"/devices/{found.device}" if found.device else f"/media/{found.id}"
    return after(request, back_to=f"{home}/dossier", notice=notice)
