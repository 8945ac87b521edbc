"""Help: what the keyboard does, and where what is in here comes from."""

from litestar import Controller, get

from isms.guards import own, public
from isms.pages import Html, Visit, page
from isms.rules.texts import N_


class Help(Controller):
    path = "/help"
    guards = [own(N_("Hilfe braucht kein Recht."))]

    @get("/keyboard")
    async def keyboard(self, request: Visit) -> Html:
        return page(request, "isms/keyboard.html")


class About(Controller):
    path = "/about"
    guards = [public(N_("Lizenzen darf jede und jeder lesen."))]

    @get("/")
    async def index(self, request: Visit) -> Html:
        return page(request, "isms/about.html")
