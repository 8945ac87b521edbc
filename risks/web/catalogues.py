"""The editions of catalogues that are here, and where they came from."""

from typing import Any

from litestar import Controller, get, post

from isms.forms import Form, read
from isms.guards import requires
from isms.pages import Html, Visit, after, page
from isms.rules.texts import N_
from risks.commands.catalogues import import_catalogue
from risks.intake.starter import starter_edition, starter_sha256
from risks.queries.catalogues import edition_of, editions
from risks.rules.permissions import May

HOME = "/catalogues"


class Nothing(Form):
    """A form of one button."""


class Catalogues(Controller):
    path = HOME
    guards = [requires(May.VIEW_REQUIREMENTS)]

    @get("/")
    async def index(self, request: Visit) -> Html:
        return page(request, "risks/catalogues.html", part="risks/_catalogues.html", **await shown(request))


class StarterCatalogues(Controller):
    path = "/catalogues/starter"
    guards = [requires(May.IMPORT_CATALOGUES)]

    @post("/", status_code=200)
    async def create(self, request: Visit) -> Any:
        await read(Nothing, request)
        await import_catalogue(starter_edition(), by=request.user)
        notice = N_("Der Starterkatalog ist eingelesen.")
        return after(request, HOME, notice=notice, part="risks/_catalogues.html", **await shown(request))


async def shown(request: Visit) -> dict[str, Any]:
    return {
        "editions": await editions(),
        "may_import": request.user.may(May.IMPORT_CATALOGUES),
        "has_starter": await edition_of(starter_sha256()) is not None,
    }
