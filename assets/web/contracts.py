"""Contracts about devices: which run, which end, and what each covers."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from datetime import date
from typing import Annotated, Any

from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery
from msgspec import Meta

from assets.commands.contracts import ContractFacts, add_contract, change_contract, cover, release
from assets.queries.contracts import MOST, ContractRow, all_contracts, contract, contracts, covered, covered_by
from assets.queries.devices import device_numbered
from assets.rules.permissions import May
from assets.rules.upkeep import ContractKind
from assets.web.asking import theirs
from assets.web.device_forms import cents_of_form, euros
from isms.exports import sheet_download
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.house import house_of
from isms.pages import Html, Visit, after, again, page
from isms.people import unit, units
from isms.rules.errors import Answer, Complaint, Incomplete, Refused, Stale
from isms.rules.texts import N_
from isms.texts import money_text
from isms.trail import history
from isms.web.clock import today

TITLES = (
    N_("Vertrag"),
    N_("Art"),
    N_("Vertragspartner"),
    N_("Vertragsnummer"),
    N_("Beginn"),
    N_("Ende"),
    N_("Kündbar bis"),
    N_("Kosten"),
    N_("Kosten fallen an alle … Monate"),
    N_("Geräte"),
    N_("Einheit"),
)
UNKNOWN = N_("Kein Gerät hat die Inventarnummer „{number}“. Bitte prüfen Sie die Nummer.")
LABELS = {
    "title": N_("Bezeichnung"),
    "kind": N_("Art des Vertrags"),
    "partner": N_("Vertragspartner"),
    "number": N_("Vertragsnummer"),
    "starts_on": N_("Beginn"),
    "ends_on": N_("Ende"),
    "notice_until": N_("Kündbar bis"),
    "cost": N_("Kosten in Euro"),
    "per_months": N_("Kosten fallen an alle … Monate"),
    "notes": N_("Bemerkungen"),
}


class ContractForm(Form):
    title: Annotated[str, Meta(max_length=120)]
    kind: ContractKind
    starts_on: date
    partner: Annotated[str, Meta(max_length=120)] = ""
    number: Annotated[str, Meta(max_length=80)] = ""
    ends_on: date | None = None
    notice_until: date | None = None
    cost: str = ""
    per_months: int = 0
    notes: str = ""
    version: int = 1


class NewContractForm(ContractForm, kw_only=True):
    unit: int


class CoverForm(Form):
    inventory_number: Annotated[str, Meta(max_length=40)]


class Nothing(Form):
    """A form of one button."""


class Contracts(Controller):
    path = "/contracts"
    guards = [requires(May.VIEW_UPKEEP)]

    @get("/")
    async def index(self, request: Visit, *, ended: FromQuery[bool] = False) -> Html:
        found = await contracts(seen_by=request.user, on=today(), ended=ended, limit=MOST + 1)
        shown: dict[str, Any] = {"contracts": found[:MOST], "more": len(found) > MOST, "ended": ended}
        may = request.user.may(May.MAINTAIN)
        return page(request, "assets/contracts.html", **shown, may_maintain=may)

    @get(["/export.csv", "/export.xlsx"])
    async def export(self, request: Visit, *, ended: FromQuery[bool] = False) -> Any:
        return sheet_download(request, "vertraege", TITLES, _exported(request, ended))

    @get("/{contract_id:int}")
    async def show(self, request: Visit, contract_id: FromPath[int]) -> Html:
        found = await contract(contract_id, seen_by=request.user)
        return page(request, "assets/contract.html", **await _shown(request, found, Draft.blank(CoverForm)))


class ContractKeeping(Controller):
    path = "/contracts"
    guards = [requires(May.MAINTAIN)]

    @get("/new")
    async def blank(self, request: Visit) -> Html:
        draft = Draft.blank(NewContractForm, unit=request.user.unit, starts_on=today(), per_months=12)
        return page(request, "assets/contract_new.html", draft=draft, **await _choices(request))

    @post("/new", status_code=200)
    async def create(self, request: Visit) -> Any:
        draft = await read(NewContractForm, request)
        try:
            place = await unit(draft.form.unit, seen_by=request.user, asks=May.MAINTAIN)
            id = await add_contract(_facts(draft.form), unit=place, by=request.user)
        except (Refused, Incomplete) as error:
            return again(request, "assets/contract_new.html", draft, error, **await _choices(request))
        return after(
            request, f"/contracts/{id}", notice=N_("{name} ist aufgenommen."), values={"name": draft.form.title}
        )

    @get("/{contract_id:int}/edit")
    async def edit(self, request: Visit, contract_id: FromPath[int]) -> Html:
        found = await _kept(request, contract_id)
        draft = Draft.blank(ContractForm, **_typed(found))
        shown = await _choices(request)
        return page(request, "assets/contract_edit.html", draft=draft, contract=found, theirs=(), **shown)

    @post("/{contract_id:int}/edit", status_code=200)
    async def update(self, request: Visit, contract_id: FromPath[int]) -> Any:
        draft = await read(ContractForm, request)
        found = await _kept(request, contract_id)
        try:
            form = draft.form
            await change_contract(found, _facts(form), version=form.version, by=request.user)
        except (Refused, Incomplete) as error:
            return await _once_more(request, found, draft, error)
        notice = N_("Die Angaben zu {name} sind gespeichert.")
        return after(request, f"/contracts/{found.id}", notice=notice, values={"name": form.title})


class ContractDevices(Controller):
    path = "/contracts/{contract_id:int}/devices"
    guards = [requires(May.MAINTAIN)]

    @post("/", status_code=200)
    async def create(self, request: Visit, contract_id: FromPath[int]) -> Any:
        draft = await read(CoverForm, request)
        found = await _kept(request, contract_id)
        try:
            number = draft.form.inventory_number
            device = await device_numbered(number, found.institution)
            if device is None or not request.user.may(May.VIEW_DEVICES, at=device.path):
                raise Incomplete({"inventory_number": Complaint(UNKNOWN, {"number": number})})
            await cover(found, device, by=request.user, on=today())
        except (Refused, Incomplete) as error:
            return again(request, "assets/contract.html", error=error, **await _shown(request, found, draft))
        notice = N_("{name} liegt jetzt unter diesem Vertrag.")
        return after(request, f"/contracts/{found.id}", notice=notice, values={"name": device.label})

    @post("/{covered_id:int}/ending", status_code=200)
    async def end(self, request: Visit, contract_id: FromPath[int], covered_id: FromPath[int]) -> Any:
        await read(Nothing, request)
        found = await _kept(request, contract_id)
        gone = await covered_by(covered_id, found)
        await release(found, gone, by=request.user, on=today())
        notice = N_("{name} liegt nicht mehr unter diesem Vertrag.")
        return after(request, f"/contracts/{found.id}", notice=notice, values={"name": gone.label})


async def _kept(request: Visit, id: int) -> ContractRow:
    found = await contract(id, seen_by=request.user)
    request.user.needs(May.MAINTAIN, at=found.path)
    return found


async def _once_more(request: Visit, found: ContractRow, draft: Draft[ContractForm], error: Answer) -> Any:
    both = theirs(draft, _typed(found), LABELS) if isinstance(error, Stale) else []
    shown = await _choices(request)
    return again(request, "assets/contract_edit.html", draft, error, contract=found, theirs=both, **shown)


async def _shown(request: Visit, found: ContractRow, draft: Draft[CoverForm]) -> dict[str, Any]:
    return {
        "draft": draft,
        "contract": found,
        "covered": await covered(found),
        "today": today(),
        "may_maintain": request.user.may(May.MAINTAIN, at=found.path),
        "history": await history(found.key, house=house_of(request), seen_by=request.user),
    }


async def _choices(request: Visit) -> dict[str, Any]:
    places = await units(seen_by=request.user, asks=May.MAINTAIN)
    return {"units": places, "kinds": list(ContractKind), "labels": LABELS}


def _facts(form: ContractForm) -> ContractFacts:
    return ContractFacts(
        kind=form.kind,
        title=form.title,
        partner=form.partner,
        number=form.number,
        starts_on=form.starts_on,
        ends_on=form.ends_on,
        notice_until=form.notice_until,
        cost_cents=cents_of_form(form.cost, "cost"),
        per_months=form.per_months,
        notes=form.notes,
    )


def _typed(found: ContractRow) -> dict[str, Any]:
    names = ("title", "kind", "partner", "number", "starts_on", "ends_on", "notice_until", "per_months", "notes")
    return {name: getattr(found, name) for name in (*names, "version")} | {"cost": euros(found.cost_cents)}


async def _exported(request: Visit, ended: bool) -> AsyncGenerator[Sequence[object], None]:
    async for one in all_contracts(seen_by=request.user, on=today(), ended=ended):
        yield (
            one.title,
            one.kind,
            one.partner,
            one.number,
            one.starts_on,
            one.ends_on,
            one.notice_until,
            money_text(one.cost_cents),
            one.per_months,
            one.devices,
            one.unit_name,
        )
