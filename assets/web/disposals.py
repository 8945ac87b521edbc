"""What is on its way out at a glance, and every dossier as PDF and as JSON."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from litestar import Controller, Response, get
from litestar.params import FromPath

from assets.queries.consignments import consignments, manifest
from assets.queries.disposals import on_the_way_out
from assets.queries.dossier_export import exported, people_of, trail_of
from assets.queries.dossiers import Subject
from assets.rules.permissions import May
from assets.web.dossier_papers import dossier_paper, manifest_paper
from assets.web.dossiers import asked_subject, veil_over
from isms.guards import requires
from isms.house import house_of
from isms.listing import Ask
from isms.pages import Html, Visit, download, page
from isms.pdf import paper
from isms.rules.chain import canonical
from isms.rules.media import slug
from isms.veil import Veil
from isms.web.clock import today


class Disposals(Controller):
    path = "/disposals"
    guards = [requires(May.VIEW_MEDIA)]

    @get("/")
    async def index(self, request: Visit) -> Html:
        out = await on_the_way_out(seen_by=request.user, on=today())
        return page(
            request,
            "assets/disposals.html",
            out=out,
            veil=await veil_over(request, [one.requester for one in out.waiting]),
            consignments=(await consignments(Ask("-number"), seen_by=request.user)).rows[:5],
            may_hand_over=request.user.may(May.ERASE),
            today=today(),
        )


class DossierPapers(Controller):
    path = "/"
    guards = [requires(May.VIEW_MEDIA)]

    @get(["/devices/{thing_id:int}/dossier.pdf", "/media/{thing_id:int}/dossier.pdf"])
    async def printed(self, request: Visit, thing_id: FromPath[int]) -> Response[Any]:
        subject = await asked_subject(request, thing_id)
        content = dossier_paper(subject, await _veil(request, subject), _office(request))
        return download(f"{_name(subject)}.pdf", await paper(content, made_at=datetime.now(UTC)), "application/pdf")

    @get(["/devices/{thing_id:int}/dossier.json", "/media/{thing_id:int}/dossier.json"])
    async def data(self, request: Visit, thing_id: FromPath[int]) -> Response[Any]:
        subject = await asked_subject(request, thing_id)
        told = exported(subject, await trail_of(subject), await _veil(request, subject))
        return download(f"{_name(subject)}.json", canonical(told), "application/json")

    @get("/consignments/{consignment_id:int}/manifest.pdf")
    async def manifest(self, request: Visit, consignment_id: FromPath[int]) -> Response[Any]:
        found = await manifest(consignment_id, seen_by=request.user)
        told = found.consignment
        hidden = await veil_over(request, [told.handed_over_by, told.witness or ""])
        content = manifest_paper(found, hidden, _office(request))
        made = await paper(content, made_at=datetime.now(UTC))
        return download(f"sammeluebergabe-{slug(told.container).lower()}.pdf", made, "application/pdf")


async def _veil(request: Visit, subject: Subject) -> Veil:
    return await veil_over(request, [name for _, name in people_of(subject)])


def _name(subject: Subject) -> str:
    return f"entsorgungsakte-{slug(subject.title).lower() or subject.thing.id}"


def _office(request: Visit) -> str:
    return house_of(request).settings.office_name or request.user.office
