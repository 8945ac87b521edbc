"""Storage media: one with where it was, recorded, described anew, taken out of a device and put into one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery
from msgspec import Meta

from assets.commands.media import add_medium, change_medium, put_in, take_out
from assets.queries.devices import DeviceDetail, device
from assets.queries.media import MediumRow, medium, placements
from assets.queries.media_list import AskedMedia, Whereabouts, media
from assets.rules.media import GIGABYTE, MediumFacts, MediumKind
from assets.rules.permissions import May
from assets.web.asking import term, theirs
from assets.web.lookups import found_devices, matching_devices
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.house import house_of
from isms.listing import Ask
from isms.pages import Html, Visit, after, again, page
from isms.people import unit, units
from isms.rules.errors import Incomplete, Missing, Refused, Stale
from isms.rules.terms import Term
from isms.rules.texts import N_
from isms.trail import history
from isms.web.clock import today
from isms.web.panels import panels


class Encrypted(Term):
    """What is known about the encryption of a medium."""

    UNKNOWN = "unknown", N_("unbekannt")
    YES = "yes", N_("ja, vollständig")
    NO = "no", N_("nein")


KNOWN = {Encrypted.UNKNOWN: None, Encrypted.YES: True, Encrypted.NO: False}
LABELS = {
    "kind": N_("Art"),
    "serial": N_("Seriennummer"),
    "maker": N_("Hersteller"),
    "model": N_("Modell"),
    "gigabytes": N_("Größe in GB"),
    "encrypted": N_("Verschlüsselt?"),
}


class MediumForm(Form):
    kind: MediumKind
    serial: Annotated[str, Meta(max_length=80)] = ""
    maker: Annotated[str, Meta(max_length=120)] = ""
    model: Annotated[str, Meta(max_length=250)] = ""
    gigabytes: Annotated[int, Meta(ge=0)] | None = None
    encrypted: Encrypted = Encrypted.UNKNOWN
    device: int | None = None
    unit: int | None = None
    version: int = 0


class TakingOutForm(Form):
    reason: str
    on: date


class PuttingInForm(Form):
    device: int
    on: date


class Media(Controller):
    path = "/media"
    guards = [requires(May.VIEW_MEDIA)]

    @get("/")
    async def index(
        self,
        request: Visit,
        *,
        q: FromQuery[str] = "",
        whereabouts: FromQuery[str] = "",
        sort: FromQuery[str] = "",
        after: FromQuery[str] = "",
        before: FromQuery[str] = "",
    ) -> Html:
        asked = AskedMedia(q, term(Whereabouts, whereabouts))
        return page(
            request,
            "assets/media.html",
            part="assets/_media_list.html",
            page=await media(asked, Ask(sort, after, before), seen_by=request.user),
            asked=asked.address,
            whereabouts=list(Whereabouts),
            may_keep=request.user.may(May.KEEP_MEDIA),
        )

    @get("/{medium_id:int}")
    async def show(self, request: Visit, medium_id: FromPath[int]) -> Html:
        found = await medium(medium_id, seen_by=request.user)
        return page(
            request,
            "assets/medium.html",
            medium=found,
            placements=await placements(found),
            may_keep=request.user.may(May.KEEP_MEDIA, at=found.path),
            is_open=not found.is_gone,
            panels=await panels(request, found.key, on=today()),
            history=await history(found.key, seen_by=request.user, house=house_of(request)),
        )


class MediumWays(Controller):
    path = "/media"
    guards = [requires(May.KEEP_MEDIA)]

    @get("/new")
    async def blank(self, request: Visit, device: FromQuery[int | None] = None) -> Html:
        draft = Draft.blank(MediumForm, device=device, unit=None if device else request.user.unit)
        return page(request, "assets/medium_new.html", draft=draft, **await _home(request, draft))

    @post("/new", status_code=200)
    async def create(self, request: Visit) -> Any:
        draft = await read(MediumForm, request)
        shown = await _home(request, draft)
        try:
            form = draft.form
            home = shown["device"]
            place = None if home else await unit(form.unit or 0, seen_by=request.user, asks=May.KEEP_MEDIA)
            id = await add_medium(_facts(form), unit=place, device=home, by=request.user, on=today())
        except (Refused, Incomplete) as error:
            return again(request, "assets/medium_new.html", draft, error, **shown)
        back = f"/devices/{home.id}" if home else f"/media/{id}"
        return after(request, back_to=back, notice=N_("Der Datenträger ist aufgenommen."))

    @get("/devices")
    async def devices(self, request: Visit, *, device_q: FromQuery[str] = "") -> Html:
        found = await matching_devices(device_q, seen_by=request.user)
        return page(request, "components/_choices.html", field="device", choices=found, chosen="")

    @get("/{medium_id:int}/edit")
    async def edit(self, request: Visit, medium_id: FromPath[int]) -> Html:
        found = await _kept(request, medium_id)
        draft = Draft.blank(MediumForm, **_typed(found))
        return page(request, "assets/medium_edit.html", draft=draft, medium=found, theirs=(), **_choices())

    @post("/{medium_id:int}/edit", status_code=200)
    async def update(self, request: Visit, medium_id: FromPath[int]) -> Any:
        draft = await read(MediumForm, request)
        found = await _kept(request, medium_id)
        try:
            form = draft.form
            await change_medium(found, _facts(form), by=request.user, on=today(), version=form.version)
        except (Refused, Incomplete) as error:
            both = theirs(draft, _typed(found), LABELS) if isinstance(error, Stale) else []
            shown: dict[str, Any] = {"medium": found, "theirs": both, **_choices()}
            return again(request, "assets/medium_edit.html", draft, error, **shown)
        return after(request, back_to=f"/media/{found.id}", notice=N_("Die Angaben zum Datenträger sind gespeichert."))


class MediumTargets(Controller):
    path = "/media/{medium_id:int}"
    guards = [requires(May.KEEP_MEDIA)]

    @get("/taking-out")
    async def ask_out(self, request: Visit, medium_id: FromPath[int]) -> Html:
        found = await _kept(request, medium_id)
        draft = Draft.blank(TakingOutForm, on=today())
        return page(request, "assets/medium_out.html", draft=draft, medium=found, today=today())

    @post("/taking-out", status_code=200)
    async def out(self, request: Visit, medium_id: FromPath[int]) -> Any:
        draft = await read(TakingOutForm, request)
        found = await _kept(request, medium_id)
        try:
            form = draft.form
            await take_out(found, reason=form.reason, by=request.user, on=not_later(form.on))
        except (Refused, Incomplete) as error:
            return again(request, "assets/medium_out.html", draft, error, medium=found, today=today())
        notice = N_("Der Datenträger ist ausgebaut. Für ihn ist ein eigener Nachweis zu führen.")
        return after(request, back_to=f"/media/{found.id}", notice=notice)

    @get("/putting-in")
    async def ask_in(self, request: Visit, medium_id: FromPath[int]) -> Html:
        found = await _kept(request, medium_id)
        draft = Draft.blank(PuttingInForm, on=today())
        return page(request, "assets/medium_in.html", draft=draft, medium=found, choices=(), today=today())

    @post("/putting-in", status_code=200)
    async def into(self, request: Visit, medium_id: FromPath[int]) -> Any:
        draft = await read(PuttingInForm, request)
        found = await _kept(request, medium_id)
        choices = await found_devices(draft, "device", seen_by=request.user)
        shown: dict[str, Any] = {"medium": found, "choices": choices, "today": today()}
        if draft.chosen("_find"):
            draft.complaints.clear()
            return page(request, "assets/medium_in.html", draft=draft, **shown)
        try:
            form = draft.form
            home = await device(form.device, seen_by=request.user)
            await put_in(found, home, by=request.user, on=not_later(form.on))
        except Missing as error:
            return again(request, "assets/medium_in.html", draft, Incomplete({"device": error.message}), **shown)
        except (Refused, Incomplete) as error:
            return again(request, "assets/medium_in.html", draft, error, **shown)
        return after(request, back_to=f"/media/{found.id}", notice=N_("Der Datenträger ist eingebaut."))


def not_later(on: date) -> date:
    """A day that has come already. Raises Incomplete for one in the future."""
    if on > today():
        raise Incomplete({"on": N_("Der Tag liegt in der Zukunft. Möglich ist höchstens heute.")})
    return on


async def _kept(request: Visit, id: int) -> MediumRow:
    found = await medium(id, seen_by=request.user)
    request.user.needs(May.KEEP_MEDIA, at=found.path)
    return found


async def _home(request: Visit, draft: Draft[MediumForm]) -> dict[str, Any]:
    """The device that a new medium is in, or the units that it may belong to."""
    typed = draft.value("device")
    home: DeviceDetail | None = None
    if typed:
        home = await device(int(typed) if typed.isdecimal() and len(typed) < 10 else 0, seen_by=request.user)
        request.user.needs(May.KEEP_MEDIA, at=home.path)
    places = [] if home else await units(seen_by=request.user, asks=May.KEEP_MEDIA)
    return {"device": home, "units": places, **_choices()}


def _choices() -> dict[str, Any]:
    return {"kinds": list(MediumKind), "encryption": list(Encrypted)}


def _facts(form: MediumForm) -> MediumFacts:
    size = form.gigabytes * GIGABYTE if form.gigabytes else None
    return MediumFacts(form.kind, form.serial, form.maker, form.model, size, KNOWN[form.encrypted])


def _typed(found: MediumRow) -> dict[str, object]:
    return {
        "kind": found.kind,
        "serial": found.serial,
        "maker": found.maker,
        "model": found.model,
        "gigabytes": found.capacity_bytes // GIGABYTE if found.capacity_bytes else None,
        "encrypted": next(word for word, known in KNOWN.items() if known is found.encrypted),
        "version": found.version,
    }
