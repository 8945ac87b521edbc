"""The permission table: which role may do what, as the enums say it. It is the permission concept."""

from litestar import Controller, get

from isms.guards import own
from isms.house import house_of
from isms.pages import Html, Visit, page
from isms.rules.roles import Role
from isms.rules.texts import N_


class PermissionTable(Controller):
    path = "/permissions"
    guards = [own(N_("Wer was darf, ist kein Geheimnis."))]

    @get("/")
    async def index(self, request: Visit) -> Html:
        areas = [(area.title, list(area.permissions)) for area in house_of(request).areas if list(area.permissions)]
        return page(
            request,
            "isms/permissions.html",
            areas=areas,
            roles=list(Role),
            held=sorted({held.role for held in request.user.held}, key=list(Role).index),
        )
