"""Routes that belong to no area: the entrance, static files, health, and the answer to unknown addresses."""

from collections.abc import Sequence

from litestar import Response, get
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from isms.guards import public
from isms.instance import instance
from isms.rules.errors import Missing
from isms.rules.texts import N_
from isms.web.entrance import Preferences, SignIn, SignOut
from isms.web.first_steps import SetUp
from isms.web.static import office_css, office_logo, static

MONITORING = public(N_("Die Überwachung fragt ohne Konto, ob das Haus offen ist."))


@get("/health/live", guards=[MONITORING])
async def live() -> Response[str]:
    return Response("ok", media_type="text/plain")


@get("/health/ready", guards=[MONITORING])
async def ready() -> Response[str]:
    """Ready means that the database answers."""
    await instance()
    return Response("ok", media_type="text/plain")


@get("/{address:path}", guards=[public(N_("Eine Adresse, die es nicht gibt, verrät nichts."))])
async def unknown(address: FromPath[str]) -> Response[str]:
    raise Missing(N_("Diese Seite gibt es nicht."))


ROUTES: Sequence[ControllerRouterHandler] = [
    SetUp,
    SignIn,
    SignOut,
    Preferences,
    static,
    office_css,
    office_logo,
    live,
    ready,
    unknown,
]
