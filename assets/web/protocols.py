"""One protocol: read, confirmed or objected to by the person, and as a paper."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller, get, post
from litestar.params import FromPath
from msgspec import Meta

from assets.commands.handovers import confirm, object_to
from assets.queries.protocols import ProtocolDetail, protocol
from assets.rules.protocols import HEIGHT, WIDTH, Party
from assets.web.protocol_paper import protocol_paper
from isms.forms import Draft, Form, read
from isms.guards import own
from isms.pages import Html, Visit, after, again, download, page
from isms.pdf import paper
from isms.rules.errors import Incomplete, Refused
from isms.rules.texts import N_
from isms.web.clock import today
from isms.web.panels import panels

WHY = N_("Wer in einem Protokoll steht, liest und bestätigt es; andere sehen es nur mit dem Recht dazu.")


class Nothing(Form):
    """A form of one button."""


class ObjectionForm(Form):
    device: int
    note: Annotated[str, Meta(max_length=500)]


class Protocols(Controller):
    path = "/handovers/{protocol_id:int}"
    guards = [own(WHY)]

    @get("/")
    async def show(self, request: Visit, protocol_id: FromPath[int]) -> Html:
        found = await protocol(protocol_id, seen_by=request.user)
        return page(request, "assets/protocol.html", draft=Draft.blank(ObjectionForm), **await _context(request, found))

    @post("/confirmation", status_code=200)
    async def confirm(self, request: Visit, protocol_id: FromPath[int]) -> Any:
        """One press; being signed in as oneself is the proof."""
        await read(Nothing, request)
        found = await protocol(protocol_id, seen_by=request.user)
        await confirm(found, by=request.user)
        return after(
            request, back_to=f"/handovers/{protocol_id}", notice=N_("Danke. Ihre Bestätigung ist gespeichert.")
        )

    @post("/objections", status_code=200)
    async def object_to(self, request: Visit, protocol_id: FromPath[int]) -> Any:
        draft = await read(ObjectionForm, request)
        found = await protocol(protocol_id, seen_by=request.user)
        try:
            await object_to(found, draft.form.device, draft.form.note, by=request.user)
        except (Refused, Incomplete) as error:
            return again(request, "assets/protocol.html", draft, error, **await _context(request, found))
        notice = N_("Ihr Hinweis ist gespeichert. Die IT-Betreuung meldet sich bei Ihnen.")
        return after(request, back_to=f"/handovers/{protocol_id}", notice=notice)

    @get("/protocol.pdf")
    async def as_paper(self, request: Visit, protocol_id: FromPath[int]) -> Any:
        found = await protocol(protocol_id, seen_by=request.user)
        made = await paper(protocol_paper(found), made_at=found.recorded_at)
        return download(f"{found.kind.value}-{found.id}.pdf", made, "application/pdf")


async def _context(request: Visit, found: ProtocolDetail) -> dict[str, Any]:
    return {
        "protocol": found,
        "by_person": found.signature(Party.PERSON),
        "by_office": found.signature(Party.OFFICE),
        "is_mine": found.person == request.user.id,
        "paper": {"width": WIDTH, "height": HEIGHT},
        "panels": await panels(request, found.key, on=today()),
        "choices": [(item.device, f"{item.inventory_number} {item.name}") for item in found.items],
    }
