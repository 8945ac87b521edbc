"""Dossiers: the page with its checklist, and the steps that concern the whole device or a medium on its own."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from litestar import Controller, get, post
from litestar.params import FromPath
from msgspec import Meta

from assets.commands.disposal import (
    clear_for_repair,
    confirm_mediumless,
    decide_disposal,
    remove_labels,
    request_disposal,
    state_mediumless,
)
from assets.queries.devices import device
from assets.queries.dossier_export import people_of
from assets.queries.dossier_ways import home, ways_of
from assets.queries.dossiers import Subject, device_dossier, dossier_of, medium_dossier
from assets.rules.dossier import Clearance, DisposalWay, Verdict
from assets.rules.lifecycle import Ownership
from assets.rules.permissions import May
from assets.web.media import not_later
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.house import house_of
from isms.pages import Html, Visit, after, again, page
from isms.rules.errors import Incomplete, Refused
from isms.rules.texts import N_
from isms.trail import history
from isms.veil import Veil, veil
from isms.web.clock import today

FULL = (Clearance.ERASED, Clearance.REMOVED, Clearance.ENCRYPTED, Clearance.CONTRACT)
EMPTY = (Clearance.NONE, Clearance.REMOVED, Clearance.CONTRACT)
LEASED = (DisposalWay.RETURN, DisposalWay.DESTRUCTION)


class NotedForm(Form):
    on: date
    note: str = ""


class MediumlessForm(Form):
    reason: str


class RequestForm(Form):
    way: DisposalWay
    recipient: Annotated[str, Meta(max_length=120)]
    note: str = ""


class VerdictForm(Form):
    verdict: Verdict
    seen: str
    reason: str = ""


class ClearanceForm(Form):
    clearance: Clearance
    provider: Annotated[str, Meta(max_length=120)]
    reason: str = ""


class Dossiers(Controller):
    path = "/"
    guards = [requires(May.VIEW_MEDIA)]

    @get(["/devices/{thing_id:int}/dossier", "/media/{thing_id:int}/dossier"])
    async def show(self, request: Visit, thing_id: FromPath[int]) -> Html:
        subject = await asked_subject(request, thing_id)
        told = await history(subject.key, seen_by=request.user, house=house_of(request))
        return page(request, "assets/dossier.html", **await shown(subject, request), history=told)


class Erasing(Controller):
    path = "/"
    guards = [requires(May.ERASE)]

    @get("/devices/{thing_id:int}/mediumless")
    async def ask_mediumless(self, request: Visit, thing_id: FromPath[int]) -> Html:
        subject = await asked_subject(request, thing_id)
        return page(
            request, "assets/mediumless.html", draft=Draft.blank(MediumlessForm), **await shown(subject, request)
        )

    @post("/devices/{thing_id:int}/mediumless", status_code=200)
    async def mediumless(self, request: Visit, thing_id: FromPath[int]) -> Any:
        draft = await read(MediumlessForm, request)
        subject = await asked_subject(request, thing_id)
        try:
            await state_mediumless(subject, reason=draft.form.reason, by=request.user, on=today())
        except (Refused, Incomplete) as error:
            return again(request, "assets/mediumless.html", draft, error, **await shown(subject, request))
        return back(request, subject, N_("Festgehalten. Jetzt muss eine zweite Person dasselbe feststellen."))

    @get(["/devices/{thing_id:int}/labels", "/media/{thing_id:int}/labels"])
    async def ask_labels(self, request: Visit, thing_id: FromPath[int]) -> Html:
        subject = await asked_subject(request, thing_id)
        draft = Draft.blank(NotedForm, on=today())
        return page(request, "assets/labels_removed.html", draft=draft, **await shown(subject, request))

    @post(["/devices/{thing_id:int}/labels", "/media/{thing_id:int}/labels"], status_code=200)
    async def labels(self, request: Visit, thing_id: FromPath[int]) -> Any:
        draft = await read(NotedForm, request)
        subject = await asked_subject(request, thing_id)
        try:
            form = draft.form
            await remove_labels(subject, note=form.note, by=request.user, on=not_later(form.on))
        except (Refused, Incomplete) as error:
            return again(request, "assets/labels_removed.html", draft, error, **await shown(subject, request))
        return back(request, subject, N_("Die Beschriftungen sind entfernt."))

    @get(["/devices/{thing_id:int}/disposal-request", "/media/{thing_id:int}/disposal-request"])
    async def ask(self, request: Visit, thing_id: FromPath[int]) -> Html:
        subject = await asked_subject(request, thing_id)
        draft = Draft.blank(RequestForm)
        return page(request, "assets/disposal_request.html", draft=draft, **await shown(subject, request))

    @post(["/devices/{thing_id:int}/disposal-request", "/media/{thing_id:int}/disposal-request"], status_code=200)
    async def asked(self, request: Visit, thing_id: FromPath[int]) -> Any:
        draft = await read(RequestForm, request)
        subject = await asked_subject(request, thing_id)
        try:
            form = draft.form
            told = {"recipient": form.recipient, "note": form.note}
            await request_disposal(subject, form.way, **told, by=request.user, on=today())
        except (Refused, Incomplete) as error:
            return again(request, "assets/disposal_request.html", draft, error, **await shown(subject, request))
        return back(request, subject, N_("Die Freigabe ist beantragt. Leitung und ISB sehen sie unter ihren Aufgaben."))

    @get("/devices/{thing_id:int}/repair-clearance")
    async def ask_clearance(self, request: Visit, thing_id: FromPath[int]) -> Html:
        subject = await asked_subject(request, thing_id)
        draft = Draft.blank(ClearanceForm)
        return page(request, "assets/repair_clearance.html", draft=draft, **await shown(subject, request))

    @post("/devices/{thing_id:int}/repair-clearance", status_code=200)
    async def clearance(self, request: Visit, thing_id: FromPath[int]) -> Any:
        draft = await read(ClearanceForm, request)
        found = await device(thing_id, seen_by=request.user)
        try:
            form = draft.form
            told = {"provider": form.provider, "reason": form.reason}
            await clear_for_repair(found, form.clearance, **told, by=request.user, on=today())
        except (Refused, Incomplete) as error:
            subject = await dossier_of(found)
            return again(request, "assets/repair_clearance.html", draft, error, **await shown(subject, request))
        notice = N_("Die Entscheidung ist festgehalten. Jetzt kann das Gerät in Reparatur.")
        return after(request, back_to=f"/devices/{found.id}/steps/repair", notice=notice)


class Witnessing(Controller):
    path = "/devices/{thing_id:int}/mediumless/confirmation"
    guards = [requires(May.VERIFY_ERASURE)]

    @post("/", status_code=200)
    async def confirm(self, request: Visit, thing_id: FromPath[int]) -> Any:
        await read(Form, request)
        subject = await asked_subject(request, thing_id)
        await confirm_mediumless(subject, by=request.user, on=today())
        return back(request, subject, N_("Bestätigt: Das Gerät hat keinen Datenträger."))


class Approving(Controller):
    path = "/"
    guards = [requires(May.APPROVE_DISPOSAL)]

    @get(["/devices/{thing_id:int}/disposal-verdict", "/media/{thing_id:int}/disposal-verdict"])
    async def ask(self, request: Visit, thing_id: FromPath[int]) -> Html:
        subject = await asked_subject(request, thing_id)
        draft = Draft.blank(VerdictForm, seen=subject.as_read)
        return page(request, "assets/disposal_verdict.html", draft=draft, **await shown(subject, request))

    @post(["/devices/{thing_id:int}/disposal-verdict", "/media/{thing_id:int}/disposal-verdict"], status_code=200)
    async def decide(self, request: Visit, thing_id: FromPath[int]) -> Any:
        draft = await read(VerdictForm, request)
        subject = await asked_subject(request, thing_id)
        try:
            form = draft.form
            told = {"reason": form.reason, "seen": form.seen}
            await decide_disposal(subject, form.verdict, **told, by=request.user, on=today())
        except (Refused, Incomplete) as error:
            draft.typed = {**draft.typed, "seen": [subject.sha256]}
            return again(request, "assets/disposal_verdict.html", draft, error, **await shown(subject, request))
        return back(request, subject, NOTICES[form.verdict])


NOTICES = {
    Verdict.APPROVED: N_("Die Entsorgung ist freigegeben."),
    Verdict.REFUSED: N_("Die Entsorgung ist abgelehnt."),
    Verdict.WITHDRAWN: N_("Die Freigabe ist zurückgenommen."),
}


async def asked_subject(request: Visit, id: int) -> Subject:
    """The dossier of the device or medium of the address. Raises Missing out of reach, Forbidden without the right."""
    find = device_dossier if request.url.path.startswith("/devices/") else medium_dossier
    found = await find(id, seen_by=request.user)
    request.user.needs(May.VIEW_MEDIA, at=found.path)
    return found


async def shown(subject: Subject, request: Visit) -> dict[str, Any]:
    """What every page about a dossier knows."""
    leased = subject.device is not None and subject.device.ownership is not Ownership.OFFICE
    offered = (Verdict.WITHDRAWN,) if subject.is_approved else (Verdict.APPROVED, Verdict.REFUSED)
    return {
        "subject": subject,
        "home": home(subject),
        "ways": ways_of(subject, request.user),
        "veil": await veil_over(request, [name for _, name in people_of(subject)]),
        "disposal_ways": list(LEASED if leased else DisposalWay),
        "verdicts": list(offered),
        "clearances": list(FULL if subject.media else EMPTY),
        "may_keep_media": request.user.may(May.KEEP_MEDIA, at=subject.path),
        "today": today(),
    }


async def veil_over(request: Visit, names: list[str]) -> Veil:
    return await veil(names, seen_by=request.user, secret=house_of(request).secret)


def back(request: Visit, subject: Subject, notice: str) -> Any:
    return after(request, back_to=f"{home(subject)}/dossier", notice=notice)
