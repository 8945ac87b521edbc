"""Coming in and going out: the sign-in page, signing out, language and theme."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from litestar import Controller, Request, get, post
from litestar.datastructures import Cookie
from litestar.params import FromQuery

from isms import login
from isms.forms import Draft, Form, read
from isms.guards import own, public
from isms.house import house_of
from isms.pages import Html, Visit, again, going, local, page
from isms.rules.errors import Incomplete, Refused
from isms.rules.texts import N_
from isms.web.gate import SESSION, VISITOR

LOOPBACK = frozenset({"127.0.0.1", "::1"})
HIDDEN = frozenset({"_csrf", "_once", "current", "password"})


class SignInForm(Form):
    login: str
    password: str
    next: str = "/"


class PreferencesForm(Form):
    theme: str = ""
    language: str = ""
    keys: str = ""
    back_to: str = "/"


class SignIn(Controller):
    path = "/sign-in"
    guards = [public(N_("Wer sich anmeldet, ist noch nicht angemeldet."))]

    @get("/")
    async def form(self, request: Visit, next: FromQuery[str] = "/") -> Html:
        answer = page(request, "isms/sign_in.html", draft=Draft.blank(SignInForm, next=next), resume={})
        return with_visitor(request, answer)

    @post("/", status_code=200)
    async def create(self, request: Visit) -> Any:
        draft = await read(SignInForm, request)
        resume = resumed(request)
        try:
            form = draft.form
            only_here(request)
            token = await login.sign_in(
                form.login,
                form.password,
                address=address_of(request),
                browser=browser_of(request),
                settings=house_of(request).settings,
                secret=house_of(request).secret,
            )
        except (Refused, Incomplete) as error:
            return again(request, "isms/sign_in.html", draft, error, resume=resume)
        if resume:
            answer = await _resume(request, token, local(form.next), resume)
        else:
            answer = going(request, local(form.next))
        answer.set_cookie(session_cookie(request, token))
        return answer


class SignOut(Controller):
    path = "/sign-out"
    guards = [own(N_("Abmelden darf sich jede und jeder."))]

    @post("/", status_code=200)
    async def create(self, request: Visit) -> Any:
        await login.end_session(request.scope["state"]["session"], of=request.user)
        answer = going(request, "/sign-in")
        answer.delete_cookie(SESSION)
        return answer


class Preferences(Controller):
    path = "/preferences"
    guards = [public(N_("Sprache und Darstellung wählt man auch vor der Anmeldung."))]

    @post("/", status_code=200)
    async def create(self, request: Visit) -> Any:
        form = (await read(PreferencesForm, request)).form
        answer = going(request, local(form.back_to))
        if form.language in ("de", "en"):
            answer.set_cookie(_lasting(request, "isms_language", form.language))
        if form.theme in ("light", "dark", "system"):
            answer.set_cookie(_lasting(request, "isms_theme", form.theme))
        if form.keys in ("on", "off"):
            answer.set_cookie(_lasting(request, "isms_keys", form.keys))
        if request.scope["user"] is not None:
            await login.prefer(request.user, language=form.language, theme=form.theme)
        return answer


def expired(request: Request[Any, Any, Any]) -> Html:
    """A form came after the session's end: sign in, and what was typed is sent on.

    Browsers leave the session's cookie out of another site's forms: those arrive here, too, and leave nothing behind.
    """
    ours = from_here(request)
    kept = {name: sent for name, sent in _typed(request).items() if ours and name not in HIDDEN}
    draft = Draft.blank(SignInForm, next=request.url.path if ours else "/")
    answer = page(request, "isms/sign_in.html", status=401, draft=draft, resume=kept, expired=True)
    answer.headers.update({"HX-Retarget": "body", "HX-Reswap": "innerHTML"})
    return with_visitor(request, answer)


def from_here(request: Request[Any, Any, Any]) -> bool:
    """Whether a page of ours sent this form, as far as the browser says."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        return site == "same-origin"
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def resumed(request: Visit) -> Mapping[str, list[str]]:
    """What somebody had typed when their session ended, carried along by the sign-in form."""
    prefix = "resume."
    return {name.removeprefix(prefix): sent for name, sent in _typed(request).items() if name.startswith(prefix)}


def _typed(request: Request[Any, Any, Any]) -> dict[str, list[str]]:
    """The texts of the form that the gate read; files can't be carried along."""
    sent = request.scope["state"].get("typed")
    if sent is None:
        return {}
    return {name: [item for item in sent.getall(name) if isinstance(item, str)] for name in sent}


async def _resume(request: Visit, token: str, target: str, resume: Mapping[str, list[str]]) -> Html:
    """Signed in again: show what was typed, to be sent with the new session's token."""
    found = await login.visitor(token, now=datetime.now(UTC), settings=house_of(request).settings)
    assert found
    request.scope["user"], request.scope["state"]["csrf"] = found.actor, found.csrf
    return page(request, "isms/resume.html", target=target, resume=resume)


def session_cookie(request: Visit, token: str) -> Cookie:
    settings = house_of(request).settings
    return Cookie(
        SESSION,
        value=token,
        httponly=True,
        samesite="lax",
        secure=settings.https,
        max_age=settings.session_hours * 3600,
        path="/",
    )


def with_visitor(request: Request[Any, Any, Any], answer: Html) -> Html:
    if sealed := request.scope["state"].get("new_visitor"):
        https = house_of(request).settings.https
        answer.set_cookie(Cookie(VISITOR, value=sealed, httponly=True, samesite="lax", secure=https, path="/"))
    return answer


def only_here(request: Visit) -> None:
    """The accounts of a demonstration are known to all: raises Refused for visitors from other machines."""
    if house_of(request).is_demo and address_of(request) not in LOOPBACK:
        raise Refused(N_("Diese Vorführung läuft nur auf dem eigenen Rechner. Öffnen Sie sie unter 127.0.0.1."))


def address_of(request: Visit) -> str:
    """Where the request came from; a proxy is believed only where the settings say that there is one."""
    if house_of(request).settings.behind_proxy and (forwarded := request.headers.get("x-forwarded-for")):
        return forwarded.rsplit(",", 1)[-1].strip()
    return request.client.host if request.client else ""


def browser_of(request: Visit) -> str:
    """Browser and system in two words, e.g. „Firefox, Windows“: enough to know one's own session again."""
    agent = request.headers.get("user-agent", "")
    names = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
    systems = ("Windows", "Android", "iPhone", "iPad", "Mac OS", "Linux")
    browser = next((name for mark, name in names if mark in agent), "")
    system = next((name for name in systems if name in agent), "")
    return ", ".join(part for part in (browser, system) if part)


def _lasting(request: Visit, name: str, value: str) -> Cookie:
    https = house_of(request).settings.https
    return Cookie(name, value=value, httponly=True, samesite="lax", secure=https, max_age=365 * 86400, path="/")
