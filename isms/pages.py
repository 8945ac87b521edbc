"""Answers: a page or its part, what changed and a notice, a form again, a no, a download. Pages only translate."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import quote

from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar.response import Redirect, Stream
from litestar.utils import url_quote

from isms import texts
from isms.forms import Draft
from isms.people import Actor
from isms.rules.errors import Answer, Forbidden, Incomplete, Missing, TooMany
from isms.rules.texts import N_
from isms.templates import render
from isms.web.tokens import seal, unseal

Visit = Request[Actor, Any, Any]
Html = Response[str]

HTML = "text/html"  # Litestar adds the charset
NOTICE = "isms_notice"


def page(request: Visit, whole: str, part: str | None = None, status: int = 200, **context: object) -> Html:
    """Answer a GET: the part if htmx asked for it, else the whole page."""
    if part and wants_part(request):
        return _html(render(request, part, context), status)
    notice = _notice_of(request)
    shown = {"status": status, **context} | ({"notice": notice} if notice else {})
    answer = _html(render(request, whole, shown), status)
    if notice:
        answer.delete_cookie(NOTICE)
    return answer


def after(
    request: Visit,
    back_to: str,
    *,
    notice: str,
    part: str | None = None,
    values: Mapping[str, object] | None = None,
    **context: object,
) -> Html | Redirect:
    """Answer a POST: what changed and a notice for htmx, the way back for everyone else."""
    said = texts.say(notice, values)
    if part and wants_part(request):
        return _html(render(request, "components/_after.html", {"part": part, "notice": said, **context}))
    return going(request, back_to, said)


def going(request: Visit, back_to: str, said: str = "") -> Html | Redirect:
    """Lead on to a page, which will show what is said."""
    cookies = [_notice_cookie(request, said)] if said else []
    if wants_part(request):
        there = url_quote(back_to)  # a header holds no umlauts
        return Response("", media_type=HTML, headers={"HX-Redirect": there}, cookies=cookies)
    return Redirect(back_to, status_code=303, cookies=cookies)


def again(
    request: Visit, whole: str, draft: Draft[Any], error: Answer, *, part: str | None = None, **context: object
) -> Html:
    """The form once more, with everything that was typed: complaints beside the fields, or why it was refused."""
    if isinstance(error, Incomplete):
        draft.blame(error)
        shown: dict[str, object] = {"draft": draft, **context}
    else:
        shown = {"draft": draft, "message": texts.said(error), "tone": "danger", **context}
        shown["notice"] = shown["message"]
    return _html(render(request, part if part and wants_part(request) else whole, shown), status_of(error))


def refusal(request: Visit, error: Answer) -> Html:
    """Answer any no: into the notice area for htmx, as a page for everyone else."""
    message, status = texts.said(error), status_of(error)
    complaints = getattr(error, "complaints", {})
    shown = {
        "status": status,
        "heading": texts.say(HEADINGS.get(status, HEADINGS[409])),
        "message": message,
        "complaints": {name: texts.said(complaint) for name, complaint in complaints.items()},
        "back_to": came_from(request),
    }
    if not wants_part(request):
        return _html(render(request, "refused.html", shown), status)
    answer = _html(render(request, "components/_notice.html", shown), status)
    answer.headers.update({"HX-Retarget": "#notice", "HX-Reswap": "innerHTML"})
    return answer


def download(
    name: str, content: AsyncIterator[bytes] | bytes, media_type: str = "application/octet-stream"
) -> Response[Any]:
    """Hand out a file: always as an attachment, never shown inside our origin."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "no-store",
    }
    if isinstance(content, bytes):
        return Response(content, media_type=media_type, headers=headers)
    return _Streamed(content, media_type=media_type, headers=headers)


class _Streamed(Stream):
    """Litestar lets the handler's media type win over the stream's own, which makes every download JSON."""

    def to_asgi_response(self, app: Any, request: Any, **given: Any) -> Any:
        return super().to_asgi_response(app, request, **(given | {"media_type": self.media_type}))


def wants_part(request: Visit) -> bool:
    asked = request.headers
    return "hx-request" in asked and "hx-boosted" not in asked and "hx-history-restore-request" not in asked


def status_of(error: Answer) -> int:
    """409 for whatever the rules refuse, unless the kind of no has a number of its own."""
    return next((number for kind, number in STATUS.items() if isinstance(error, kind)), 409)


STATUS: Mapping[type[Answer], int] = {Forbidden: 403, Missing: 404, Incomplete: 422, TooMany: 429}

HEADINGS: Mapping[int, str] = {
    403: N_("Dafür fehlt das Recht"),
    404: N_("Nicht gefunden"),
    405: N_("So geht es nicht"),
    409: N_("Das geht jetzt nicht"),
    413: N_("Die Datei ist zu groß"),
    422: N_("Angaben unvollständig"),
    429: N_("Bitte kurz warten"),
    500: N_("Da ist etwas schiefgegangen"),
}


def _html(content: str, status: int = 200) -> Html:
    return Response(
        content, media_type=HTML, status_code=status, headers={"Vary": "HX-Request", "Cache-Control": "no-store"}
    )


def came_from(request: Visit) -> str:
    """The page the person was on, where the browser tells it and it is ours."""
    referer = request.headers.get("referer", "")
    base = str(request.base_url)
    return local("/" + referer.removeprefix(base)) if referer.startswith(base) else ""


def local(target: str) -> str:
    """An address within our own house, whatever was asked for; browsers drop tabs, so none may be in it."""
    ours = target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable()
    return target if ours else "/"


def _notice_cookie(request: Visit, said: str) -> Cookie:
    sealed = seal(json.dumps(said[:500]), _secret(request))
    return Cookie(NOTICE, value=sealed, httponly=True, samesite="lax", secure=_https(request), max_age=60, path="/")


def _notice_of(request: Visit) -> str:
    opened = unseal(request.cookies.get(NOTICE, ""), _secret(request))
    return str(json.loads(opened)) if opened else ""


def _secret(request: Visit) -> bytes:
    secret: bytes = request.app.state.house.secret
    return secret


def _https(request: Visit) -> bool:
    https: bool = request.app.state.house.settings.https
    return https
