"""Inventory agents: the door they report at, and the pages where IT keeps their access."""

from __future__ import annotations

import binascii
import json
import time
from base64 import b64decode
from typing import Annotated, Any

from litestar import Controller, Request, Response, get, post
from litestar.params import FromPath
from msgspec import Meta

from assets.commands.agent_tokens import make_token, withdraw_token
from assets.intake.agents import PACKED_LIMIT, answer, refused
from assets.queries.agent_tokens import pass_of, token, tokens
from assets.rules.agent_pace import PER_STRANGER, PER_TOKEN, Pace
from assets.rules.permissions import May
from isms.forms import Draft, Form, read
from isms.guards import machine, requires
from isms.pages import Html, Visit, after, again, page
from isms.people import unit, units
from isms.rules.errors import Forbidden, Incomplete, Refused
from isms.rules.texts import N_
from isms.texts import say
from isms.web.clock import today
from isms.web.entrance import address_of

NOBODY = N_("Dieser Zugang gilt nicht. Die IT-Betreuung legt einen neuen an.")
TOO_LARGE = N_("Die Meldung ist zu groß. Gelesen werden höchstens 4 MB.")
TOO_OFTEN = N_("Zu viele Meldungen. Bitte später wieder.")
AGENTS = machine(N_("Inventar-Agenten melden sich mit einem eigenen Zugang und bekommen nichts zu sehen."))
PACE = Pace(time.monotonic)


class TokenForm(Form):
    unit: int
    name: Annotated[str, Meta(max_length=120)]
    takes_in: bool = False


class Nothing(Form):
    """A form of one button."""


class AgentDoor(Controller):
    path = "/inventory/reports"
    guards = [AGENTS]

    @post("/", status_code=200)
    async def create(self, request: Request[Any, Any, Any]) -> Response[str]:
        return await _received(request, _carried(request))

    @post("/{given:str}", status_code=200)
    async def create_by_address(self, request: Request[Any, Any, Any], given: FromPath[str]) -> Response[str]:
        return await _received(request, given)


class AgentTokens(Controller):
    path = "/inventory/agents"
    guards = [requires(May.KEEP_AGENTS)]

    @get("/")
    async def index(self, request: Visit) -> Html:
        draft = Draft.blank(TokenForm, unit=request.user.unit)
        return page(request, "assets/agents.html", draft=draft, **await _known(request))

    @post("/", status_code=200)
    async def create(self, request: Visit) -> Any:
        """Shows the token once, on the answer itself: it is nowhere to be read again."""
        draft = await read(TokenForm, request)
        try:
            form = draft.form
            place = await unit(form.unit, seen_by=request.user, asks=May.KEEP_AGENTS)
            made = await make_token(form.name, unit=place, takes_in=form.takes_in, by=request.user)
        except (Incomplete, Refused) as error:
            return again(request, "assets/agents.html", draft, error, **await _known(request))
        shown = await _known(request) | {"token": made, "address": _address(request)}
        return page(request, "assets/agents.html", draft=Draft.blank(TokenForm, unit=form.unit), **shown)

    @post("/{token_id:int}/withdrawals", status_code=200)
    async def withdraw(self, request: Visit, token_id: FromPath[int]) -> Any:
        await read(Nothing, request)
        found = await token(token_id, seen_by=request.user)
        await withdraw_token(found, by=request.user)
        notice = N_("Der Zugang {name} ist entzogen. Ab sofort meldet sich damit niemand mehr.")
        return after(request, "/inventory/agents", notice=notice, values={"name": found.name})


async def _known(request: Visit) -> dict[str, Any]:
    places = await units(seen_by=request.user, asks=May.KEEP_AGENTS)
    if not places:
        raise Forbidden
    return {"tokens": await tokens(seen_by=request.user), "units": places, "token": "", "address": ""}


async def _received(request: Request[Any, Any, Any], given: str) -> Response[str]:
    """Errors are HTTP 200 with a status, as agents expect; only the body says what is the case."""
    known = await pass_of(given)
    if known is None:  # whoever has a token is let in, whatever others behind the same address try
        stranger = f"address {address_of(request)}"
        return _said(refused(NOBODY if PACE.allows(stranger, PER_STRANGER) else TOO_OFTEN))
    if not PACE.allows(f"token {known.id}", PER_TOKEN):
        return _said(refused(TOO_OFTEN))
    content = await _body(request)
    if content is None:
        return _said(refused(TOO_LARGE))
    return _said(await answer(content, request.headers.get("content-type", ""), known, on=today()))


def _address(request: Visit) -> str:
    return f"{str(request.base_url).rstrip('/')}/inventory/reports"


async def _body(request: Request[Any, Any, Any]) -> bytes | None:
    """What was sent, None beyond the limit: counted while it comes, whatever was announced."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > PACKED_LIMIT:
            return None
    return bytes(content)


def _carried(request: Request[Any, Any, Any]) -> str:
    """The token as „Bearer …“, or as the password that the agent's settings `user` and `password` send."""
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    if kind.casefold() == "basic":
        try:
            return b64decode(given, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return given.strip() if kind.casefold() == "bearer" else ""


def _said(told: dict[str, Any]) -> Response[str]:
    return Response(
        json.dumps({**told, **({"message": say(told["message"])} if "message" in told else {})}),
        media_type="application/json",
        headers={"Cache-Control": "no-store"},
    )
