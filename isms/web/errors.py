"""What people see when something is refused, missing or broken; and what the log keeps of it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from litestar import Request, Response
from litestar.exceptions import HTTPException, NotAuthorizedException
from litestar.response import Redirect
from litestar.types import ExceptionHandlersMap

from isms import texts
from isms.pages import HEADINGS, Html, came_from, going, page, refusal
from isms.rules.errors import Answer, Forbidden, Missing, PasswordFirst, Refused, Repeated
from isms.rules.texts import N_
from isms.web.entrance import expired
from isms.web.frame import request_id

LOG = logging.getLogger("isms")
Visit = Request[Any, Any, Any]

UNFIT = ("out of int", "0x00")
"""What PostgreSQL's driver says of such values; SQLite's raises an OverflowError."""

SENTENCES: Mapping[int, str] = {
    400: N_("Die Anfrage ist nicht zu verstehen. Bitte gehen Sie zurück und versuchen Sie es erneut."),
    405: N_("Diese Seite nimmt so nichts entgegen. Bitte gehen Sie zurück und benutzen Sie die Knöpfe der Seite."),
    413: N_("Die Datei ist zu groß. Möglich sind höchstens {limit} MB."),
}


def answered(request: Visit, error: Answer) -> Html:
    return refusal(request, error)


def done_before(request: Visit, error: Repeated) -> Response[Any]:
    """The same form twice is no mistake of the person: lead back and say that all is well."""
    return going(request, came_from(request) or "/", texts.said(error))


def not_signed_in(request: Visit, error: NotAuthorizedException) -> Response[Any]:
    if request.method != "GET":
        return expired(request)
    target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if "hx-request" in request.headers:
        return Response("", status_code=401, headers={"HX-Redirect": f"/sign-in?next={quote(target)}"})
    return Redirect(f"/sign-in?next={quote(target)}", status_code=303)


def not_possible(request: Visit, error: HTTPException) -> Html:
    """What the framework refuses: unknown addresses, wrong methods, too large bodies."""
    if error.status_code in (401, 403):
        return refusal(request, Forbidden())
    if error.status_code == 404:
        return refusal(request, Missing(N_("Diese Seite gibt es nicht.")))
    if error.status_code >= 500:
        return broken(request, error)
    sentence = SENTENCES.get(error.status_code, SENTENCES[400])
    limit = request.app.state.house.settings.upload_limit_mb
    answer = refusal(request, Refused(sentence, limit=limit) if "{limit}" in sentence else Refused(sentence))
    answer.status_code = error.status_code
    return answer


def unfit(request: Visit, error: Exception) -> Html:
    """A number or a day that no column holds, or a sign that no text may have: typed into an address by hand."""
    from_driver = type(error).__module__.startswith("asyncpg") and any(sign in str(error) for sign in UNFIT)
    if isinstance(error, OverflowError) or from_driver:
        return refusal(request, Missing(N_("Eine Zahl, ein Tag oder ein Zeichen in dieser Adresse passt nirgends.")))
    return broken(request, error)


def broken(request: Visit, error: Exception) -> Html:
    """A bug. People get a number to ask with, the log gets the trace under the same number; nobody's data are in it."""
    reference = request_id(request.scope)
    LOG.error("broken", exc_info=error, extra={"request": reference})
    return page(
        request,
        "refused.html",
        status=500,
        heading=texts.say(HEADINGS[500]),
        message=texts.say(
            N_("Das lag an uns. Halb gespeichert ist nichts. Versuchen Sie es erneut oder nennen Sie die Kennung.")
        ),
        reference=reference,
    )


def password_first(request: Visit, error: PasswordFirst) -> Response[Any]:
    return going(request, "/account/password", texts.said(error))


HANDLERS: ExceptionHandlersMap = {
    PasswordFirst: password_first,
    Repeated: done_before,
    Answer: answered,
    NotAuthorizedException: not_signed_in,
    HTTPException: not_possible,
    Exception: unfit,
}
