"""Adding a target object, describing it anew, taking it out of the structure."""

from __future__ import annotations

from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery

from assets.commands.objects import add, change_object, end
from assets.queries.duplicates import like
from assets.queries.objects import ObjectDetail, ObjectRow, target_object
from assets.queries.origins import would_change
from assets.rules.categories import CATEGORIES
from assets.rules.communication import Critical
from assets.rules.fields import EXAMPLES, FIELDS
from assets.rules.kinds import Kind, OperatingStage
from assets.rules.permissions import May
from assets.rules.proposals import Proposal
from assets.rules.tags import tags_of
from assets.web.asking import term, theirs
from assets.web.lookups import found_people
from assets.web.object_forms import LABELS, EndingForm, NewObjectForm, ObjectForm, facts_of, labels_of, typed
from isms.forms import Draft, read
from isms.guards import requires
from isms.pages import Html, Visit, after, again, page
from isms.people import colleagues, unit, units
from isms.rules.errors import Answer, Incomplete, Refused, Stale
from isms.rules.texts import N_
from isms.web.clock import today

IN_OPERATION = OperatingStage.IN_OPERATION


class ObjectKeeping(Controller):
    path = "/objects"
    guards = [requires(May.MODEL)]

    @get("/new")
    async def blank(self, request: Visit, *, kind: FromQuery[str] = "") -> Html:
        chosen = term(Kind, kind)
        if chosen is None:
            return page(request, "assets/object_kinds.html", kinds=list(Kind), examples=EXAMPLES)
        draft = Draft.blank(NewObjectForm, kind=chosen, unit=request.user.unit, number=1, operating_stage=IN_OPERATION)
        return page(request, "assets/object_new.html", draft=draft, **await _choices(request, draft, chosen))

    @post("/new", status_code=200)
    async def create(self, request: Visit) -> Any:
        draft = await read(NewObjectForm, request)
        kind = term(Kind, draft.value("kind"))
        if draft.chosen("_find"):
            return await _found(request, "assets/object_new.html", draft, kind)
        try:
            form = draft.form
            place = await unit(form.unit, seen_by=request.user, asks=May.MODEL)
            facts = await facts_of(form, form.kind, seen_by=request.user)
            if alike := await _alike(request, draft, place.institution):
                shown = await _choices(request, draft, kind)
                return page(request, "assets/object_new.html", draft=draft, **shown | {"alike": alike})
            id = await add(
                form.kind,
                facts,
                unit=place,
                by=request.user,
                on=today(),
                categories=form.categories,
                tags=tags_of(form.tags),
            )
        except (Refused, Incomplete) as error:
            return again(request, "assets/object_new.html", draft, error, **await _choices(request, draft, kind))
        notice = N_("{name} ist angelegt.")
        return after(request, back_to=f"/objects/{id}", notice=notice, values={"name": facts.name})

    @get("/{object_id:int}/edit")
    async def edit(self, request: Visit, object_id: FromPath[int]) -> Html:
        found = await modelled(request, object_id)
        draft = Draft.blank(ObjectForm, **typed(found))
        shown = await _choices(request, draft, found.kind)
        return page(request, "assets/object_edit.html", draft=draft, object=found, theirs=(), **shown)

    @post("/{object_id:int}/edit", status_code=200)
    async def update(self, request: Visit, object_id: FromPath[int]) -> Any:
        draft = await read(ObjectForm, request)
        found = await modelled(request, object_id)
        if draft.chosen("_find"):
            return await _found(request, "assets/object_edit.html", draft, found.kind, object=found, theirs=())
        try:
            form = draft.form
            facts = await facts_of(form, found.kind, seen_by=request.user, before=found.facts)
            home = await unit(form.unit, seen_by=request.user, asks=May.MODEL) if form.unit else None
            await change_object(
                found,
                facts,
                by=request.user,
                on=today(),
                categories=form.categories,
                tags=tags_of(form.tags),
                version=form.version,
                unit=home,
            )
        except (Refused, Incomplete) as error:
            return await _once_more(request, found, draft, error)
        notice = N_("Die Angaben zu {name} sind gespeichert.")
        return after(request, back_to=f"/objects/{object_id}", notice=notice, values={"name": facts.name})

    @get("/{object_id:int}/ending")
    async def ending(self, request: Visit, object_id: FromPath[int]) -> Html:
        found = await modelled(request, object_id)
        draft = Draft.blank(EndingForm, version=found.version)
        return page(request, "assets/object_ending.html", draft=draft, **await _leaving(request, found))

    @post("/{object_id:int}/ending", status_code=200)
    async def take_out(self, request: Visit, object_id: FromPath[int]) -> Any:
        draft = await read(EndingForm, request)
        found = await modelled(request, object_id)
        try:
            if draft.form.version != found.version:
                raise Stale
            await end(found, reason=draft.form.reason, by=request.user, on=today())
        except (Refused, Incomplete) as error:
            return again(request, "assets/object_ending.html", draft, error, **await _leaving(request, found))
        notice = N_("{name} gehört nicht mehr zur Struktur.")
        return after(request, back_to="/objects", notice=notice, values={"name": found.name})


class Responsible(Controller):
    """What the search fields for people offer."""

    path = "/objects"
    guards = [requires(May.MODEL)]

    @get("/responsible")
    async def index(self, request: Visit, *, responsible_q: FromQuery[str] = "") -> Html:
        return await _offered(request, "responsible", responsible_q)

    @get("/administrators")
    async def administrators(self, request: Visit, *, administrator_q: FromQuery[str] = "") -> Html:
        return await _offered(request, "administrator", administrator_q)


async def _offered(request: Visit, field: str, words: str) -> Html:
    found = await colleagues(words, within=request.user) if words.strip() else []
    return page(request, "components/_choices.html", field=field, choices=found, chosen="")


async def modelled(request: Visit, id: int) -> ObjectDetail:
    """An object that this person may model. Raises Missing or Forbidden."""
    found = await target_object(id, seen_by=request.user)
    request.user.needs(May.MODEL, at=found.path)
    return found


async def _alike(request: Visit, draft: Draft[NewObjectForm], institution: int) -> list[ObjectRow]:
    """Objects of a similar name that are there, unless this person has seen all of them and wants one more."""
    found = await like(draft.form.name, draft.form.kind, institution, seen_by=request.user)
    seen = draft.chosen("_alike")
    return found if any(str(one.id) not in seen for one in found) else []


async def _leaving(request: Visit, found: ObjectDetail) -> dict[str, Any]:
    """What the others would need without this object: shown before it goes."""
    gone = [] if found.ended_on else await would_change(found, Proposal(gone=[found.id]), seen_by=request.user)
    return {"object": found, "preview": gone}


async def _once_more(request: Visit, found: ObjectDetail, draft: Draft[ObjectForm], error: Answer) -> Any:
    """The form with what was typed; after a lost race with what is stored now beside it."""
    both = theirs(draft, typed(found), labels_of(found.kind)) if isinstance(error, Stale) else []
    shown = await _choices(request, draft, found.kind)
    return again(request, "assets/object_edit.html", draft, error, object=found, theirs=both, **shown)


async def _found(request: Visit, name: str, draft: Draft[Any], kind: Kind | None, **shown: Any) -> Html:
    """The form with what its search field found; nothing is judged yet."""
    draft.complaints.clear()
    return page(request, name, draft=draft, **shown, **await _choices(request, draft, kind))


async def _choices(request: Visit, draft: Draft[Any], kind: Kind | None) -> dict[str, Any]:
    return {
        "units": await units(seen_by=request.user, asks=May.MODEL),
        "kind": kind,
        "kinds": list(Kind),
        "example": EXAMPLES[kind or Kind.PROCESS],
        "fields": FIELDS[kind] if kind else (),
        "criticals": list(Critical),
        "operating_stages": list(OperatingStage),
        "categories": [(one.uuid, one.name) for one in sorted(CATEGORIES.values(), key=lambda one: one.name)],
        "people": {
            field: await found_people(draft, field, within=request.user) for field in ("responsible", "administrator")
        },
        "labels": LABELS,
        "alike": (),
    }
