"""The desk: what is due for me, most urgent first."""

from litestar import Controller, get

from isms.guards import requires
from isms.house import house_of
from isms.pages import Html, Visit, page
from isms.permissions import May
from isms.rules.urgency import urgency
from isms.web.clock import today


class Desk(Controller):
    path = "/"
    guards = [requires(May.OWN)]

    @get("/")
    async def index(self, request: Visit) -> Html:
        on = today()
        duties = await house_of(request).due(request.user, seen_by=request.user, on=on)
        ranked = [(duty, urgency(duty.due_on, on)) for duty in duties]
        return page(request, "isms/desk.html", duties=ranked, on=on)
