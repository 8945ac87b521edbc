"""The gate: who is visiting, in which language, and whether a form really comes from our own page."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from litestar import Request
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from litestar.types import ASGIApp, Receive, Scope, Send

from isms import login, texts
from isms.guards import machine, public
from isms.house import house_of
from isms.rules.errors import Forbidden
from isms.rules.texts import N_
from isms.web.tokens import is_masked, seal, unseal

SESSION = "isms_session"
VISITOR = "isms_visitor"
STRANGERS_LIMIT = 1024 * 1024
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class NotFromHere(Forbidden):
    """A form whose token is not this session's (403)."""

    def __init__(self) -> None:
        super().__init__(N_("Dieses Formular stammt aus einer früheren Anmeldung. Bitte laden Sie die Seite neu."))


class Gate:
    """ASGI middleware: finds the session in one query, sets the language, checks the token of every form."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request: Request[Any, Any, Any] = Request(scope, receive, send)
        await _welcome(request)
        try:
            if request.method not in SAFE and not _has(request, machine):
                await _check_form(request)
            await self.app(scope, receive, send)
        finally:
            await _put_away_uploads(scope)


async def _welcome(request: Request[Any, Any, Any]) -> None:
    token = request.cookies.get(SESSION)
    house = house_of(request)
    found = await login.visitor(token, now=datetime.now(UTC), settings=house.settings) if token else None
    request.scope["user"] = found.actor if found else None
    request.scope["state"]["session"] = found.session if found else None
    request.scope["state"]["csrf"] = found.csrf if found else _visitor_token(request)
    texts.language.set(found.actor.language if found else _asked_language(request))


async def _check_form(request: Request[Any, Any, Any]) -> None:
    """Raises NotFromHere. Somebody without a session only sends forms to public pages: the guards see to that."""
    if request.scope["user"] is None:
        _refuse_large(request)
    request.scope["state"]["typed"] = sent = await request.form()
    if request.scope["user"] is None and not _has(request, public):
        return
    token = request.headers.get("x-csrf-token") or sent.get("_csrf") or ""
    if not isinstance(token, str) or not is_masked(token, request.scope["state"]["csrf"]):
        raise NotFromHere


async def _put_away_uploads(scope: Scope) -> None:
    """The framework closes them only where all went well."""
    sent = scope["state"].get("typed")
    if sent is not None:
        await sent.close()


def _refuse_large(request: Request[Any, Any, Any]) -> None:
    """Strangers may send a sign-in and a form that outlived its session, but not fill our memory."""
    announced = request.content_length
    if announced is None or announced > STRANGERS_LIMIT:
        raise RequestEntityTooLarge


def _has(request: Request[Any, Any, Any], kind: type[machine | public]) -> bool:
    return any(isinstance(guard, kind) for guard in request.route_handler.resolve_guards())


def _visitor_token(request: Request[Any, Any, Any]) -> str:
    """The token of somebody who is not signed in lies in a signed cookie; a new one is set by the sign-in page."""
    secret = house_of(request).secret
    known = unseal(request.cookies.get(VISITOR, ""), secret)
    if known is None:
        known = secrets.token_hex(16)
        request.scope["state"]["new_visitor"] = seal(known, secret)
    return known


def _asked_language(request: Request[Any, Any, Any]) -> str:
    chosen = request.cookies.get("isms_language", "")
    return chosen if chosen in texts.LANGUAGES else "de"
