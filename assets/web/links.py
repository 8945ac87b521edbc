"""Links between target objects, with a preview of what they hand down."""

from __future__ import annotations

from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath

from assets.commands.links import check_ends, unlink
from assets.commands.links import link as make_link
from assets.queries import links as queries
from assets.queries.objects import ObjectDetail, target_object
from assets.queries.origins import Previewed, closed_circle, would_change
from assets.rules.kinds import LINKS, LinkKind, check_link, links_from
from assets.rules.permissions import May
from assets.rules.proposals import Proposal
from assets.web.lookups import found_objects
from assets.web.object_forms import LinkForm
from assets.web.object_keeping import modelled
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.pages import Html, Visit, after, again, page
from isms.rules.errors import Incomplete, Missing, Refused
from isms.rules.texts import N_
from isms.web.clock import today


class Nothing(Form):
    """A form of one button."""


class Links(Controller):
    path = "/objects/{object_id:int}/links"
    guards = [requires(May.MODEL)]

    @get("/new")
    async def blank(self, request: Visit, object_id: FromPath[int]) -> Html:
        found = await modelled(request, object_id)
        draft = Draft.blank(LinkForm)
        return page(request, "assets/link.html", draft=draft, **await _shown(request, found, draft))

    @post("/new", status_code=200)
    async def create(self, request: Visit, object_id: FromPath[int]) -> Any:
        draft = await read(LinkForm, request)
        found = await modelled(request, object_id)
        shown = await _shown(request, found, draft)
        if draft.chosen("_find"):
            draft.complaints.clear()
            return page(request, "assets/link.html", draft=draft, **shown)
        try:
            form = draft.form
            target = await _target(request, form.target)
            if draft.chosen("_preview"):
                shown |= await _previewed(request, found, form.kind, target)
                return page(request, "assets/link.html", draft=draft, **shown)
            moved = await make_link(found, form.kind, target, by=request.user, on=today())
        except (Refused, Incomplete) as error:
            return again(request, "assets/link.html", draft, error, **shown)
        values = {"source": found.name, "link": form.kind, "target": target.name, "count": len(moved)}
        return after(request, back_to=f"/objects/{found.id}", notice=LINKED, values=values)


class LinkEndings(Controller):
    path = "/links/{link_id:int}/ending"
    guards = [requires(May.MODEL)]

    @get("/")
    async def blank(self, request: Visit, link_id: FromPath[int]) -> Html:
        found = await queries.link(link_id, seen_by=request.user)
        request.user.needs(May.MODEL, at=found.source_path)
        source = await target_object(found.source, seen_by=request.user)
        preview = await _loosened(request, source, found)
        return page(request, "assets/link_ending.html", link=found, object=source, preview=preview)

    @post("/", status_code=200)
    async def create(self, request: Visit, link_id: FromPath[int]) -> Any:
        await read(Nothing, request)
        found = await queries.link(link_id, seen_by=request.user)
        moved = await unlink(found, by=request.user, on=today())
        values = {"source": found.source_name, "target": found.target_name, "count": len(moved)}
        return after(request, back_to=f"/objects/{found.source}", notice=UNLINKED, values=values)


LINKED = N_("{source} {link} {target}. Zielobjekte, deren Schutzbedarf sich geändert hat: {count}.")
UNLINKED = N_(
    "{source} und {target} sind nicht mehr verknüpft. Zielobjekte, deren Schutzbedarf sich geändert hat: {count}."
)


async def _target(request: Visit, id: int) -> ObjectDetail:
    try:
        return await target_object(id, seen_by=request.user)
    except Missing as error:
        raise Incomplete({"target": error.message}) from error


async def _previewed(request: Visit, source: ObjectDetail, kind: LinkKind, target: ObjectDetail) -> dict[str, Any]:
    check_link(source.kind, kind, target.kind)
    check_ends(source, target)
    if not LINKS[kind].inherits:
        return {"preview": []}
    proposal = Proposal(linked=[(source.id, target.id)])
    return {
        "preview": await would_change(source, proposal, seen_by=request.user),
        "circle": await closed_circle(source, target, seen_by=request.user),
    }


async def _loosened(request: Visit, source: ObjectDetail, found: queries.LinkRow) -> list[Previewed]:
    if not found.inherits:
        return []
    return await would_change(source, Proposal(unlinked=[(found.source, found.target)]), seen_by=request.user)


async def _shown(request: Visit, found: ObjectDetail, draft: Draft[LinkForm]) -> dict[str, Any]:
    ways = links_from(found.kind)
    return {
        "object": found,
        "kinds": list(dict.fromkeys(kind for kind, _ in ways)),
        "targets": await found_objects(draft, "target", seen_by=request.user),
        "preview": None,
        "circle": (),
    }
