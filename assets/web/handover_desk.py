"""What is decided around handovers: the terms, what people object to, what a loss means."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery
from msgspec import Meta

from assets.commands.losses import review_loss
from assets.commands.rollouts import settle
from assets.commands.terms import publish_terms
from assets.queries.losses import loss
from assets.queries.objections import MOST, objection, objections
from assets.queries.terms import all_terms, terms_shown
from assets.rules.permissions import May
from assets.rules.protocols import TermsKind
from assets.web.asking import term
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.pages import Html, Visit, after, again, page
from isms.people import unit
from isms.rules.errors import Incomplete, Missing, Refused
from isms.rules.texts import N_
from isms.web.clock import today


class TermsForm(Form):
    title: Annotated[str, Meta(max_length=120)]
    text: str
    version: int = 0


class NoteForm(Form):
    note: Annotated[str, Meta(max_length=500)] = ""


class ReviewForm(Form):
    must_be_reported: bool | None = None
    reason: str = ""


class Terms(Controller):
    path = "/handover-terms"
    guards = [requires(May.TERMS)]

    @get("/")
    async def index(self, request: Visit) -> Html:
        institution = request.user.institution
        shown = [await terms_shown(institution, kind) for kind in TermsKind]
        return page(request, "assets/terms.html", shown=shown, versions=await all_terms(institution))

    @get("/{kind:str}")
    async def edit(self, request: Visit, kind: FromPath[str]) -> Html:
        chosen = _kind(kind)
        now = await terms_shown(request.user.institution, chosen)
        draft = Draft.blank(TermsForm, title=now.title, text=now.text, version=now.version)
        return page(request, "assets/terms_edit.html", draft=draft, kind=chosen, now=now)

    @post("/{kind:str}", status_code=200)
    async def publish(self, request: Visit, kind: FromPath[str]) -> Any:
        draft = await read(TermsForm, request)
        chosen = _kind(kind)
        try:
            form = draft.form
            home = await unit(request.user.institution, seen_by=request.user, asks=May.TERMS)
            await publish_terms(chosen, form.title, form.text, unit=home, known_version=form.version, by=request.user)
        except (Refused, Incomplete) as error:
            now = await terms_shown(request.user.institution, chosen)
            return again(request, "assets/terms_edit.html", draft, error, kind=chosen, now=now)
        notice = N_("Die neue Fassung gilt ab jetzt. Was unterschrieben ist, bleibt bei seiner Fassung.")
        return after(request, back_to="/handover-terms", notice=notice)


class Objections(Controller):
    path = "/objections"
    guards = [requires(May.ISSUE)]

    @get("/")
    async def index(self, request: Visit, *, done: FromQuery[bool] = False) -> Html:
        found = await objections(seen_by=request.user, settled=done)
        shown: dict[str, Any] = {"objections": found, "most": MOST, "done": done}
        return page(request, "assets/objections.html", draft=Draft.blank(NoteForm), **shown)

    @post("/{objection_id:int}", status_code=200)
    async def settle(self, request: Visit, objection_id: FromPath[int]) -> Any:
        draft = await read(NoteForm, request)
        found = await objection(objection_id, seen_by=request.user)
        try:
            await settle(found, draft.form.note, by=request.user, on=today())
        except (Refused, Incomplete) as error:
            shown: dict[str, Any] = {"objections": await objections(seen_by=request.user), "most": MOST, "done": False}
            return again(request, "assets/objections.html", draft, error, **shown)
        return after(request, back_to="/objections", notice=N_("Der Hinweis ist geklärt."))


class Losses(Controller):
    path = "/losses/{loss_id:int}"
    guards = [requires(May.JUDGE_LOSS)]

    @get("/")
    async def show(self, request: Visit, loss_id: FromPath[int]) -> Html:
        found = await loss(loss_id, seen_by=request.user)
        return page(request, "assets/loss.html", loss=found, draft=Draft.blank(ReviewForm))

    @post("/", status_code=200)
    async def review(self, request: Visit, loss_id: FromPath[int]) -> Any:
        draft = await read(ReviewForm, request)
        found = await loss(loss_id, seen_by=request.user)
        try:
            if not draft.value("must_be_reported"):
                raise Incomplete({"must_be_reported": N_("Bitte wählen Sie eine der beiden Antworten.")})
            form = draft.form
            must = bool(form.must_be_reported)
            await review_loss(found, must_be_reported=must, reason=form.reason, by=request.user, on=today())
        except (Refused, Incomplete) as error:
            return again(request, "assets/loss.html", draft, error, loss=found)
        return after(request, back_to="/", notice=N_("Ihre Entscheidung zum Verlust ist gespeichert."))


def _kind(typed: str) -> TermsKind:
    chosen = term(TermsKind, typed)
    if chosen is None:
        raise Missing
    return chosen
