"""The desk: what is due for me, most urgent first."""

from datetime import date

from litestar import Controller, get

from isms.guards import requires
from isms.house import house_of
from isms.pages import Html, Visit, page
from isms.permissions import May
from isms.rules.urgency import urgency


class Desk(Controller):
    path = "/"
    guards = [requires(May.OWN)]

    @get("/")
    async def index(self, request: Visit) -> Html:
        today = date.today()  # noqa: DTZ011  the office's day is the server's
        duties = await house_of(request).due(request.user, seen_by=request.user, on=today)
        ranked = [(duty, urgency(duty.due_on, today)) for duty in duties]
        return page(request, "isms/desk.html", duties=ranked, on=today)
