"""What both sides of the counter share: devices that are scanned one after the other, and signatures on one screen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from msgspec import Meta

from assets.commands.protocols import Piece
from assets.queries.counter import device_called
from assets.queries.devices import DeviceDetail, device
from assets.rules.protocols import HEIGHT, WIDTH, Method, Signed
from assets.web.lookups import picked
from isms.area import Duty
from isms.forms import Draft, Form
from isms.house import house_of
from isms.pages import Visit
from isms.people import Actor, Someone, someone
from isms.rules.errors import Complaint, Incomplete, Missing
from isms.rules.terms import Term
from isms.rules.texts import N_
from isms.web.clock import today

Line = Annotated[str, Meta(max_length=120)]
BUTTONS = ("_find", "_add", "_remove", "_show")
ADDRESS = re.compile(r"/devices/(\d{1,9})(?:\D|$)")
LATER = "later"
FUTURE = N_("Der Tag liegt in der Zukunft. Möglich ist höchstens heute.")


class Signing(Term):
    """How the person signs, as the form offers it."""

    DRAWN = "drawn", N_("Jetzt hier unterschreiben")
    TYPED = "typed", N_("Jetzt den eigenen Namen eintragen")
    LATER = "later", N_("Später mit der eigenen Anmeldung bestätigen")
    NONE = "none", N_("Ohne Unterschrift; der Beleg gilt trotzdem")


class CounterForm(Form):
    on: date
    person: int | None = None
    device: list[int] = []
    due_back_on: date | None = None
    place: Line = ""
    note: str = ""
    terms: int | None = None
    signing: Signing = Signing.LATER
    person_drawing: str = ""
    person_drawing_name: Line = ""
    office_drawing: str = ""
    is_reset: bool = False


@dataclass(frozen=True)
class Paper:
    """The size of the field for a signature, for the page."""

    width: int = WIDTH
    height: int = HEIGHT


def is_unfinished(draft: Draft[Any]) -> bool:
    """Somebody scanned, searched or took something off the list: nothing is to be saved yet."""
    return any(draft.chosen(button) for button in BUTTONS) or bool(draft.value("scan").strip())


async def scanned(draft: Draft[Any], *, seen_by: Actor) -> DeviceDetail | None:
    """The device whose number was scanned, or a complaint beside the field; the field is empty again."""
    code = draft.value("scan").strip()
    if not code:
        return None
    draft.typed = {**draft.typed, "scan": []}
    try:
        return await _called(code, seen_by)
    except Missing:
        said = N_("„{code}“ ist hier kein Gerät. Möglich ist eine Inventarnummer oder Seriennummer.")
        draft.complaints["scan"] = Complaint(said, {"code": code[:40]})
        return None


async def _called(code: str, seen_by: Actor) -> DeviceDetail:
    if found := ADDRESS.search(code):
        return await device(int(found[1]), seen_by=seen_by)
    return await device_called(code, seen_by=seen_by)


def listed(draft: Draft[Any], *more: int) -> None:
    """Put devices on the list, and take off what somebody removed; the latest comes first."""
    gone = {int(id) for id in draft.chosen("_remove") if id.isdigit()}
    ids = [id for id in dict.fromkeys((*more, *picked(draft, "device"))) if id not in gone]
    draft.typed = {**draft.typed, "device": [str(id) for id in ids]}


async def chosen_devices(draft: Draft[Any], *, seen_by: Actor) -> list[DeviceDetail]:
    """The devices on the list that the reader may see."""
    found = []
    for id in picked(draft, "device"):
        try:
            found.append(await device(id, seen_by=seen_by))
        except Missing:
            continue
    return found


async def chosen_person(draft: Draft[Any], *, within: Actor) -> Someone | None:
    id = draft.value("person")
    if not id.isdigit() or len(id) > 9:
        return None
    try:
        return await someone(int(id), within=within)
    except Missing as error:
        draft.complaints["person"] = Complaint(error.message)
        return None


def pieces_of(draft: Draft[Any], devices: Sequence[DeviceDetail], kits: dict[int, int]) -> list[Piece]:
    """The devices with what was typed about each: fields `condition_17`, `accessories_17`, `missing_17`."""
    return [
        Piece(
            one,
            condition=_short(draft, f"condition_{one.id}"),
            accessories=_short(draft, f"accessories_{one.id}"),
            missing=_short(draft, f"missing_{one.id}"),
            kit=kits.get(one.id),
        )
        for one in devices
    ]


def signed(form: CounterForm) -> Signed | None:
    """What the person signed with, None where they don't sign now."""
    if form.signing is Signing.DRAWN:
        return Signed(Method.DRAWN, drawing=form.person_drawing)
    if form.signing is Signing.TYPED:
        return Signed(Method.TYPED, name=form.person_drawing_name)
    return None


def signed_by_office(form: CounterForm) -> Signed:
    """Whoever acts is signed in; a drawing can come on top."""
    if form.office_drawing:
        return Signed(Method.DRAWN, drawing=form.office_drawing)
    return Signed(Method.OWN_LOGIN)


def check_day_of(form: CounterForm) -> None:
    if form.on > today():
        raise Incomplete({"on": FUTURE})


async def missing_courses(request: Visit, person: Someone) -> list[Duty]:
    """Courses that the person has still to take, as far as the reader may know it: no scores, only titles and days."""
    duties = await house_of(request).due(person, seen_by=request.user, on=today())
    return [duty for duty in duties if duty.is_course]


def _short(draft: Draft[Any], name: str) -> str:
    typed = draft.value(name).strip()
    if len(typed) > 200:
        raise Incomplete({name: Complaint(N_("Bitte kürzen Sie auf höchstens {limit} Zeichen."), {"limit": 200})})
    return typed
