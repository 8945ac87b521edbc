"""My completions, and each as a certificate to print. Nobody sees somebody else's."""

from litestar import Controller, get
from litestar.params import FromPath

from isms.guards import requires
from isms.pages import Html, Visit, page
from isms.web.clock import today
from training.queries import learning
from training.rules.deadlines import is_valid
from training.rules.permissions import May


class Completions(Controller):
    path = "/completions"
    guards = [requires(May.TAKE)]

    @get("/")
    async def index(self, request: Visit) -> Html:
        found = await learning.completions(of=request.user)
        on = today()
        return page(
            request, "training/completions.html", completions=[(one, is_valid(one.valid_until, on)) for one in found]
        )

    @get("/{completion_id:int}")
    async def show(self, request: Visit, completion_id: FromPath[int]) -> Html:
        found = await learning.completion(completion_id, of=request.user)
        return page(
            request, "training/certificate.html", completion=found, is_valid=is_valid(found.valid_until, today())
        )
