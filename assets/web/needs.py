"""Protection need: found for the object itself, settled against the maximum, with a preview before saving."""

from __future__ import annotations

from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery

from assets.commands.needs import assess, settle, unsettle
from assets.queries.objects import ObjectDetail, target_object
from assets.queries.origins import explanation, would_change
from assets.rules.permissions import May
from assets.rules.proposals import Proposal
from assets.rules.protection import Goal, Protection, ProtectionNeed, ReasonKind
from assets.web.asking import term
from assets.web.object_forms import NeedsForm, SettlementForm, UnsettlingForm
from isms.forms import Draft, read
from isms.guards import requires
from isms.pages import Html, Visit, after, again, page
from isms.rules.errors import Answer, Incomplete, Missing, Refused, Stale
from isms.rules.texts import N_
from isms.texts import say


class Needs(Controller):
    path = "/objects/{object_id:int}/needs"
    guards = [requires(May.ASSESS)]

    @get("/")
    async def blank(self, request: Visit, object_id: FromPath[int]) -> Html:
        found = await assessed(request, object_id)
        draft = Draft.blank(NeedsForm, version=found.version, **{goal.value: need for goal, need in found.own.items()})
        return page(request, "assets/needs.html", draft=draft, **await _shown(found))

    @post("/", status_code=200)
    async def create(self, request: Visit, object_id: FromPath[int]) -> Any:
        draft = await read(NeedsForm, request)
        found = await assessed(request, object_id)
        shown = await _shown(found)
        try:
            form = draft.form
            if draft.chosen("_preview"):
                shown["preview"] = await would_change(found, _owning(found, form), seen_by=request.user)
                return page(request, "assets/needs.html", draft=draft, **shown)
            same(found, form.version)
            moved = await assess(found, form.own, reason=form.reason, by=request.user)
        except (Refused, Incomplete) as error:
            return once_more(request, "assets/needs.html", error, draft=draft, **shown)
        return after(request, back_to=f"/objects/{found.id}", notice=SAVED, values={"count": len(moved)})


class Settlements(Controller):
    path = "/objects/{object_id:int}/settlements"
    guards = [requires(May.ASSESS)]

    @get("/new")
    async def blank(self, request: Visit, object_id: FromPath[int], *, goal: FromQuery[str] = "") -> Html:
        found = await assessed(request, object_id)
        chosen = term(Goal, goal)
        if chosen is None:
            raise Missing
        draft = Draft.blank(SettlementForm, goal=chosen, version=found.version)
        return page(request, "assets/settlement.html", draft=draft, **await _shown(found, request, chosen))

    @post("/new", status_code=200)
    async def create(self, request: Visit, object_id: FromPath[int]) -> Any:
        draft = await read(SettlementForm, request)
        found = await assessed(request, object_id)
        chosen = term(Goal, draft.value("goal"))
        if chosen is None:
            raise Missing
        shown = await _shown(found, request, chosen)
        try:
            if draft.chosen("_preview"):
                shown["preview"] = await _previewed(request, found, draft, chosen)
                return page(request, "assets/settlement.html", draft=draft, **shown)
            form = draft.form
            same(found, form.version)
            moved = await settle(found, chosen, form.need, kind=form.kind, reason=form.reason, by=request.user)
        except (Refused, Incomplete) as error:
            return once_more(request, "assets/settlement.html", error, draft=draft, **shown)
        return after(request, back_to=f"/objects/{found.id}", notice=SAVED, values={"count": len(moved)})

    @get("/ending")
    async def ending(self, request: Visit, object_id: FromPath[int], *, goal: FromQuery[str] = "") -> Html:
        found = await assessed(request, object_id)
        chosen = term(Goal, goal)
        if chosen is None:
            raise Missing
        draft = Draft.blank(UnsettlingForm, goal=chosen, version=found.version)
        return page(request, "assets/unsettling.html", draft=draft, **await _let_go(request, found, chosen))

    @post("/ending", status_code=200)
    async def take_back(self, request: Visit, object_id: FromPath[int]) -> Any:
        draft = await read(UnsettlingForm, request)
        found = await assessed(request, object_id)
        chosen = term(Goal, draft.value("goal"))
        if chosen is None:
            raise Missing
        try:
            form = draft.form
            same(found, form.version)
            moved = await unsettle(found, form.goal, reason=form.reason, by=request.user)
        except (Refused, Incomplete) as error:
            shown = await _let_go(request, found, chosen)
            return once_more(request, "assets/unsettling.html", error, draft=draft, **shown)
        return after(request, back_to=f"/objects/{found.id}", notice=SAVED, values={"count": len(moved)})


SAVED = N_("Gespeichert. Zielobjekte, deren Schutzbedarf sich geändert hat: {count}.")


async def assessed(request: Visit, id: int) -> ObjectDetail:
    """An object whose need this person may assess. Raises Missing or Forbidden."""
    found = await target_object(id, seen_by=request.user)
    request.user.needs(May.ASSESS, at=found.path)
    if found.ended_on:
        raise Refused(N_("Das Zielobjekt gehört nicht mehr zur Struktur."))
    return found


def same(found: ObjectDetail, version: int) -> None:
    """The form was opened on what is stored now."""
    if version != found.version:
        raise Stale


def _owning(found: ObjectDetail, form: NeedsForm) -> Proposal[int]:
    own = Protection(*(need or ProtectionNeed.NORMAL for need in form.own.values()))
    return Proposal(own={found.id: own})


async def _previewed(request: Visit, found: ObjectDetail, draft: Draft[SettlementForm], goal: Goal) -> Any:
    """The preview asks for the need only; reason and kind may come later."""
    need = term(ProtectionNeed, draft.value("need"))
    draft.complaints = {name: said for name, said in draft.complaints.items() if name == "need"}
    if need is None:
        raise Incomplete(draft.complaints)
    return await would_change(found, Proposal(settled={found.id: {goal: need}}), seen_by=request.user)


def once_more(request: Visit, name: str, error: Answer, *, draft: Draft[Any], **shown: Any) -> Any:
    """The form with what was typed; after a lost race it goes on with what is stored now, which it shows."""
    if isinstance(error, Stale):
        draft.typed = {**draft.typed, "version": [str(shown["object"].version)]}
    return again(request, name, draft, error, **shown)


async def _shown(found: ObjectDetail, request: Visit | None = None, goal: Goal | None = None) -> dict[str, Any]:
    shown: dict[str, Any] = {"object": found, "preview": None, "levels": list(ProtectionNeed)}
    if request is None or goal is None:
        open_first = [("", say(N_("nicht festgestellt")))]
        levels = [(str(int(level)), say(level.label)) for level in ProtectionNeed]
        return shown | {"goals": list(Goal), "choices": open_first + levels}
    explained = {one.goal: one for one in (await explanation(found, seen_by=request.user)).goals}
    return shown | {"goal": goal, "explained": explained[goal], "reason_kinds": list(ReasonKind)}


async def _let_go(request: Visit, found: ObjectDetail, goal: Goal) -> dict[str, Any]:
    """What a settled need holds back: shown before it is taken back."""
    shown = await _shown(found, request, goal)
    proposal = Proposal(settled={found.id: {goal: None}})
    return shown | {"preview": await would_change(found, proposal, seen_by=request.user)}
