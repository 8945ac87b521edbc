"""Evidence packages: ask for one, watch it being made, download it, and learn how to verify it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from isms.commands.evidence import request_package
from isms.evidence import making
from isms.files import handed_out
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.house import house_of
from isms.pages import Html, Visit, after, again, download, page
from isms.people import UnitRow, unit
from isms.permissions import May
from isms.queries.evidence import evidence_package, head_now, institutions, packages
from isms.rules.errors import Incomplete, Refused
from isms.rules.packages import PackageStage
from isms.rules.texts import N_
from isms.web.clock import today


class PackageForm(Form):
    institution: int
    as_of: date
    named: bool = False


class Evidence(Controller):
    path = "/evidence"
    guards = [requires(May.EXPORT_EVIDENCE)]

    @get("/")
    async def index(self, request: Visit) -> Html:
        shown = await _choices(request)
        return page(request, "isms/evidence.html", draft=_blank(request, shown["offices"]), **shown)

    @post("/", status_code=200)
    async def create(self, request: Visit) -> Any:
        draft = await read(PackageForm, request)
        try:
            form = draft.form
            office = await unit(form.institution, seen_by=request.user, asks=May.EXPORT_EVIDENCE)
            package = await request_package(office, as_of=form.as_of, named=form.named, by=request.user, on=today())
        except (Incomplete, Refused) as error:
            return again(request, "isms/evidence.html", draft, error, **await _choices(request))
        making.begin(package, house_of(request), by=request.user, on=today())
        notice = N_("Das Nachweispaket wird erstellt. Sie können diese Seite verlassen und später wiederkommen.")
        return after(request, f"/evidence/{package}", notice=notice)

    @get("/{package_id:int}")
    async def show(self, request: Visit, package_id: FromPath[int]) -> Html:
        found = await evidence_package(package_id, seen_by=request.user)
        stopped = found.has_stopped(datetime.now(UTC))
        return page(
            request, "isms/evidence_package.html", part="isms/_evidence_package.html", package=found, stopped=stopped
        )

    @get("/{package_id:int}/download")
    async def download(self, request: Visit, package_id: FromPath[int]) -> Response[Any]:
        found = await evidence_package(package_id, seen_by=request.user)
        if found.stage is not PackageStage.READY or found.sha256 is None:
            raise Refused(N_("Das Nachweispaket ist noch nicht fertig. Versuchen Sie es gleich noch einmal."))
        return download(found.name, handed_out(house_of(request).store, found.sha256), "application/zip")


def _blank(request: Visit, offices: Sequence[UnitRow]) -> Draft[PackageForm]:
    own = next((office.id for office in offices if office.id == request.user.institution), None)
    return Draft.blank(PackageForm, institution=own or (offices[0].id if offices else ""), as_of=today())


async def _choices(request: Visit) -> dict[str, Any]:
    offices = await institutions(seen_by=request.user)
    return {
        "packages": await packages(seen_by=request.user),
        "offices": offices,
        "heads": [(office, await head_now(office.id)) for office in offices],
        "may_name": request.user.may(May.NAME_PEOPLE),
        "today": today(),
    }
