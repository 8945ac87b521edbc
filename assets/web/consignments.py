"""Consignments: the list, handing things over together, one with its manifest, and the certificate that comes back."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Annotated, Any

from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery
from msgspec import Meta

from assets.commands.consignments import Certificate, Waybill, hand_over, record_certificate
from assets.queries.consignments import Manifest, consignments, manifest, ready_to_go
from assets.queries.dossiers import Subject
from assets.rules.destruction import Fineness
from assets.rules.permissions import May
from assets.web.lookups import found_people
from assets.web.media import not_later
from isms.files import KeptFile, keep
from isms.forms import Draft, Form, read, upload_of
from isms.guards import requires
from isms.house import house_of
from isms.intake import Unreadable
from isms.listing import Ask
from isms.pages import Html, Visit, after, again, page
from isms.people import colleagues, someone, unit, units
from isms.queries.files import home_of
from isms.rules.errors import Complaint, Incomplete, Missing, Refused
from isms.rules.texts import N_
from isms.trail import history
from isms.veil import veil
from isms.web.clock import today
from isms.web.files import ACCEPTED
from isms.web.panels import panels

Short = Annotated[str, Meta(max_length=60)]
Line = Annotated[str, Meta(max_length=120)]


class WaybillForm(Form):
    unit: int
    provider: Line
    container: Short
    seal: Short
    on: date
    things: list[str] = []
    contract: Line = ""
    transport: Line = ""
    received_by: Line = ""
    witness: int | None = None
    note: str = ""


class CertificateForm(Form):
    certified_on: date
    protection_class: int
    security_level: int
    marks: str
    number: Annotated[str, Meta(max_length=80)] = ""
    note: str = ""


class Consignments(Controller):
    path = "/consignments"
    guards = [requires(May.VIEW_MEDIA)]

    @get("/")
    async def index(
        self,
        request: Visit,
        *,
        sort: FromQuery[str] = "",
        after: FromQuery[str] = "",
        before: FromQuery[str] = "",
    ) -> Html:
        found = await consignments(Ask(sort or "-number", after, before), seen_by=request.user)
        may_hand_over = request.user.may(May.ERASE)
        waiting = await ready_to_go(seen_by=request.user) if may_hand_over else []
        shown: dict[str, Any] = {"page": found, "waiting": waiting, "may_hand_over": may_hand_over, "asked": {}}
        return page(request, "assets/consignments.html", part="assets/_consignments.html", **shown)

    @get("/{consignment_id:int}")
    async def show(self, request: Visit, consignment_id: FromPath[int]) -> Html:
        found = await manifest(consignment_id, seen_by=request.user)
        told = found.consignment
        names = [told.handed_over_by, told.witness or ""]
        return page(
            request,
            "assets/consignment.html",
            manifest=found,
            veil=await veil(names, seen_by=request.user, secret=house_of(request).secret),
            is_late=found.is_late(today()),
            may_certify=request.user.may(May.ERASE, at=found.consignment.path),
            panels=await panels(request, told.key, on=today()),
            history=await history(told.key, seen_by=request.user, house=house_of(request)),
        )


class HandingOver(Controller):
    path = "/consignments"
    guards = [requires(May.ERASE)]

    @get("/new")
    async def blank(self, request: Visit) -> Html:
        ready = await ready_to_go(seen_by=request.user)
        draft = Draft.blank(WaybillForm, on=today(), unit=request.user.unit, things=[one.key for one in ready])
        return page(request, "assets/consignment_new.html", draft=draft, **await _shown(request, draft, ready))

    @post("/new", status_code=200)
    async def create(self, request: Visit) -> Any:
        draft = await read(WaybillForm, request)
        ready = await ready_to_go(seen_by=request.user)
        shown = await _shown(request, draft, ready)
        if draft.chosen("_find"):
            draft.complaints.clear()
            return page(request, "assets/consignment_new.html", draft=draft, **shown)
        try:
            id = await _handed_over(request, draft.form, ready)
        except Missing as error:
            return again(request, "assets/consignment_new.html", draft, Incomplete({"witness": error.message}), **shown)
        except (Refused, Incomplete) as error:
            return again(request, "assets/consignment_new.html", draft, error, **shown)
        notice = N_("Übergeben. Der Nachweis des Dienstleisters steht noch aus.")
        return after(request, back_to=f"/consignments/{id}", notice=notice)

    @get("/witnesses")
    async def witnesses(self, request: Visit, *, witness_q: FromQuery[str] = "") -> Html:
        found = await colleagues(witness_q, within=request.user) if witness_q.strip() else []
        return page(request, "components/_choices.html", field="witness", choices=found, chosen="")


class Certificates(Controller):
    path = "/consignments/{consignment_id:int}/certificates/new"
    guards = [requires(May.ERASE)]

    @get("/")
    async def blank(self, request: Visit, consignment_id: FromPath[int]) -> Html:
        found = await _mine(request, consignment_id)
        ordered = found.to_destroy[0] if found.to_destroy else None
        draft = Draft.blank(
            CertificateForm,
            certified_on=today(),
            protection_class=ordered.protection_class if ordered else None,
            security_level=ordered.security_level if ordered else None,
        )
        return page(request, "assets/certificate_new.html", draft=draft, **_certifying(found))

    @post("/", status_code=200)
    async def create(self, request: Visit, consignment_id: FromPath[int]) -> Any:
        draft = await read(CertificateForm, request)
        found = await _mine(request, consignment_id)
        try:
            form = draft.form
            _check_day(form.certified_on)
            fineness = Fineness(form.protection_class, form.security_level)
            told = Certificate(form.certified_on, fineness, form.marks, form.number, form.note)
            home = await home_of(found.consignment.key, seen_by=request.user)
            kept = await _kept(request)
            await record_certificate(found, kept, told, unit=home, by=request.user, on=today())
        except (Refused, Incomplete) as error:
            return again(request, "assets/certificate_new.html", draft, error, **_certifying(found))
        back_to = f"/consignments/{consignment_id}"
        return after(request, back_to=back_to, notice=N_("Der Nachweis ist abgelegt und mit der Liste verglichen."))


async def _handed_over(request: Visit, form: WaybillForm, ready: list[Subject]) -> int:
    chosen = [one for one in ready if one.key in form.things]
    if len(chosen) < len(set(form.things)):
        text = N_("Nicht alles davon darf noch mit. Bitte prüfen Sie die Auswahl.")
        raise Incomplete({"things": text})
    waybill = Waybill(
        form.provider, form.container, form.seal, form.contract, form.transport, form.received_by, form.note
    )
    witness = await someone(form.witness, within=request.user) if form.witness else None
    place = await unit(form.unit, seen_by=request.user, asks=May.ERASE)
    return await hand_over(chosen, waybill, unit=place, witness=witness, by=request.user, on=not_later(form.on))


async def _shown(request: Visit, draft: Draft[WaybillForm], ready: list[Subject]) -> dict[str, Any]:
    return {
        "ready": [(one.key, one.title) for one in ready],
        "units": await units(seen_by=request.user, asks=May.ERASE),
        "witnesses": await found_people(draft, "witness", within=request.user),
        "today": today(),
    }


async def _mine(request: Visit, id: int) -> Manifest:
    found = await manifest(id, seen_by=request.user)
    request.user.needs(May.ERASE, at=found.consignment.path)
    return found


def _certifying(found: Manifest) -> dict[str, Any]:
    return {
        "manifest": found,
        "classes": [(str(number), str(number)) for number in (1, 2, 3)],
        "security_levels": [(str(number), str(number)) for number in range(1, 8)],
        "accepted": ACCEPTED,
        "today": today(),
    }


def _check_day(on: date) -> None:
    if on > today():
        raise Incomplete({"certified_on": N_("Der Tag liegt in der Zukunft. Möglich ist höchstens heute.")})


async def _kept(request: Visit) -> KeptFile:
    sent = await upload_of(request, "file")
    house = house_of(request)
    limit = house.settings.upload_limit_mb * 1024 * 1024
    try:
        return await asyncio.to_thread(keep, house.store, sent.filename, sent.file, limit=limit)
    except Unreadable as error:
        raise Incomplete({"file": Complaint(error.message, error.values)}) from error
