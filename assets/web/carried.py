"""Links from the other end: many objects that rely on this one, chosen at once."""

from __future__ import annotations

from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath

from assets.commands.links import check_ends, link_all
from assets.queries.objects import ObjectDetail, possible_sources
from assets.queries.origins import would_change
from assets.rules.kinds import LINKS, LinkKind, check_link, links_to
from assets.rules.permissions import May
from assets.rules.proposals import Proposal
from assets.web.lookups import chosen_objects, picked
from assets.web.object_forms import CarriedForm
from assets.web.object_keeping import modelled
from isms.forms import Draft, read
from isms.guards import requires
from isms.pages import Html, Visit, after, again, page
from isms.rules.errors import Incomplete, Refused
from isms.rules.texts import N_
from isms.web.clock import today

LINKED = N_("Verknüpft. Zielobjekte, deren Schutzbedarf sich geändert hat: {count}.")


class Carried(Controller):
    path = "/objects/{object_id:int}/carried/new"
    guards = [requires(May.MODEL)]

    @get("/")
    async def blank(self, request: Visit, object_id: FromPath[int]) -> Html:
        found = await modelled(request, object_id)
        kinds = list(dict.fromkeys(kind for kind, _ in links_to(found.kind)))
        draft = Draft.blank(CarriedForm, kind=kinds[0] if len(kinds) == 1 else None)
        return page(request, "assets/carried.html", draft=draft, **await _shown(request, found, draft))

    @post("/", status_code=200)
    async def create(self, request: Visit, object_id: FromPath[int]) -> Any:
        draft = await read(CarriedForm, request)
        found = await modelled(request, object_id)
        shown = await _shown(request, found, draft)
        if draft.chosen("_find"):
            draft.complaints.clear()
            return page(request, "assets/carried.html", draft=draft, **shown)
        try:
            form = draft.form
            sources = await chosen_objects(form.sources, "sources", seen_by=request.user)
            if draft.chosen("_preview"):
                shown["preview"] = await _previewed(request, sources, form.kind, found)
                return page(request, "assets/carried.html", draft=draft, **shown)
            moved = await link_all(sources, form.kind, found, by=request.user, on=today())
        except (Refused, Incomplete) as error:
            return again(request, "assets/carried.html", draft, error, **shown)
        return after(request, back_to=f"/objects/{found.id}", notice=LINKED, values={"count": len(moved)})


async def _previewed(request: Visit, sources: list[ObjectDetail], kind: LinkKind, target: ObjectDetail) -> Any:
    for source in sources:
        check_link(source.kind, kind, target.kind)
        check_ends(source, target)
    if not LINKS[kind].inherits:
        return []
    proposal = Proposal(linked=[(source.id, target.id) for source in sources])
    return await would_change(target, proposal, seen_by=request.user)


async def _shown(request: Visit, found: ObjectDetail, draft: Draft[CarriedForm]) -> dict[str, Any]:
    chosen = picked(draft, "sources")
    offered = await possible_sources(found, draft.value("sources_q"), chosen, seen_by=request.user)
    return {
        "object": found,
        "kinds": list(dict.fromkeys(kind for kind, _ in links_to(found.kind))),
        "offered": [(str(one.id), one.label) for one in offered],
        "preview": None,
    }
