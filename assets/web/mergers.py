"""Making one of several objects that turn out to be one, with a preview of the needs that move."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery
from msgspec import Meta

from assets.commands.merging import Merger, check_merger, merge
from assets.queries.lineage import open_links, same_kind, settlements
from assets.queries.objects import ObjectDetail
from assets.queries.origins import Previewed, would_change
from assets.rules.kinds import LINKS
from assets.rules.merging import kept_settlements, merged_own, moved_links
from assets.rules.permissions import May
from assets.rules.proposals import Proposal
from assets.rules.protection import Protection, ProtectionNeed
from assets.web.lookups import chosen_objects, picked
from assets.web.object_keeping import modelled
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.pages import Html, Visit, after, again, page
from isms.rules.errors import Incomplete, Refused, Stale
from isms.rules.texts import N_
from isms.web.clock import today

MERGED = N_("{name} steht jetzt für alle. Zielobjekte, deren Schutzbedarf sich geändert hat: {count}.")
PAGE = "assets/merger.html"


class MergerForm(Form):
    others: list[int]
    reason: str
    number: Annotated[int, Meta(ge=1, le=100_000)] = 1
    version: int = 1


class Mergers(Controller):
    path = "/objects/{object_id:int}/mergers/new"
    guards = [requires(May.MODEL)]

    @get("/")
    async def blank(self, request: Visit, object_id: FromPath[int], *, other: FromQuery[str] = "") -> Html:
        found = await modelled(request, object_id)
        chosen = [int(other)] if other.isdecimal() and len(other) < 10 else []
        draft = Draft.blank(MergerForm, others=chosen, number=max(found.number, 1), version=found.version)
        return page(request, PAGE, draft=draft, **await _shown(request, found, draft))

    @post("/", status_code=200)
    async def create(self, request: Visit, object_id: FromPath[int]) -> Any:
        draft = await read(MergerForm, request)
        found = await modelled(request, object_id)
        shown = await _shown(request, found, draft)
        if draft.chosen("_find"):
            draft.complaints.clear()
            return page(request, PAGE, draft=draft, **shown)
        try:
            merger = await _merger(request, found, draft.form)
            if draft.chosen("_preview"):
                shown["preview"] = await _previewed(request, merger)
                return page(request, PAGE, draft=draft, **shown)
            moved = await merge(merger, by=request.user, on=today())
        except (Refused, Incomplete) as error:
            return again(request, PAGE, draft, error, **shown)
        values = {"name": found.name, "count": len(moved)}
        return after(request, back_to=f"/objects/{found.id}", notice=MERGED, values=values)


async def _merger(request: Visit, found: ObjectDetail, form: MergerForm) -> Merger:
    if form.version != found.version:
        raise Stale
    others = await chosen_objects(form.others, "others", seen_by=request.user)
    merger = Merger(found, others, form.number, form.reason)
    check_merger(merger, request.user)
    return merger


async def _previewed(request: Visit, merger: Merger) -> list[Previewed]:
    """Whose needs would move, and why."""
    into, ids = merger.into, [one.id for one in merger.all]
    links = moved_links([link.ends for link in await open_links(ids)], into.id, merger.gone)
    settled = await settlements(ids)
    kept = kept_settlements([one.goal for one in settled[into.id]], [one for id in merger.gone for one in settled[id]])
    own = merged_own(one.own for one in merger.all)
    proposal = Proposal(
        own={into.id: Protection(*(need or ProtectionNeed.NORMAL for need in own.values()))},
        settled={into.id: {one.goal: one.need for one in kept}},
        linked=[(link.source, link.target) for link in links if LINKS[link.kind].inherits],
        gone=merger.gone,
    )
    return await would_change(into, proposal, seen_by=request.user)


async def _shown(request: Visit, found: ObjectDetail, draft: Draft[MergerForm]) -> dict[str, Any]:
    chosen = picked(draft, "others")
    offered = await same_kind(found, draft.value("others_q"), chosen, seen_by=request.user)
    return {
        "object": found,
        "offered": [(str(one.id), one.label) for one in offered],
        "preview": None,
    }
