"""My account: who I am here, my password, and the browsers I am signed in with."""

from datetime import UTC, datetime
from typing import Any

from litestar import Controller, get, post

from isms import login, people
from isms.commands.people import set_password
from isms.forms import Draft, Form, read
from isms.guards import own
from isms.house import house_of
from isms.pages import Html, Visit, after, again, page
from isms.permissions import May
from isms.queries.people import me, roles_of
from isms.rules.errors import Complaint, Incomplete, Refused
from isms.rules.texts import N_
from isms.web.clock import today

MINE = own(N_("Das eigene Konto gehört jeder und jedem."))


class PasswordForm(Form):
    current: str
    password: str


class SessionEnding(Form):
    session: int | None = None


class Account(Controller):
    path = "/account"
    guards = [MINE]

    @get("/")
    async def index(self, request: Visit) -> Html:
        return page(
            request,
            "isms/account.html",
            person=await me(request.user),
            roles=await roles_of([request.user.id], on=today()),
        )

    @get("/password")
    async def password(self, request: Visit) -> Html:
        return page(request, "isms/password.html", draft=Draft.blank(PasswordForm))

    @post("/password", status_code=200)
    async def change_password(self, request: Visit) -> Any:
        draft = await read(PasswordForm, request)
        try:
            form = draft.form
            await _check_current(request, form.current)
            person = await people.person(request.user.id, seen_by=request.user, asks=May.OWN)
            session = request.scope["state"]["session"]
            await set_password(person, form.password, by=request.user, temporary=False, but=session)
        except (Refused, Incomplete) as error:
            return again(request, "isms/password.html", draft, error)
        notice = N_("Ihr Passwort ist geändert. Auf anderen Geräten sind Sie abgemeldet.")
        return after(request, back_to="/account", notice=notice)


class Sessions(Controller):
    path = "/account/sessions"
    guards = [MINE]

    @get("/")
    async def index(self, request: Visit) -> Html:
        return page(request, "isms/sessions.html", part="isms/_sessions.html", **await _sessions(request))

    @post("/endings", status_code=200)
    async def end(self, request: Visit) -> Any:
        """End one of my sessions, or all but this one."""
        form = (await read(SessionEnding, request)).form
        if form.session is None:
            await login.end_sessions(request.user.id, but=request.scope["state"]["session"])
            notice = N_("Auf allen anderen Geräten sind Sie abgemeldet.")
        else:
            await login.end_session(form.session, of=request.user)
            notice = N_("Auf diesem Gerät sind Sie abgemeldet.")
        shown = await _sessions(request)
        return after(request, back_to="/account/sessions", notice=notice, part="isms/_sessions.html", **shown)


async def _sessions(request: Visit) -> dict[str, Any]:
    now = datetime.now(UTC)
    idle_minutes = house_of(request).settings.session_idle_minutes
    found = await login.sessions(request.user, now=now)
    return {
        "sessions": [one for one in found if (now - one.seen_at).total_seconds() < idle_minutes * 60],
        "current": request.scope["state"]["session"],
    }


async def _check_current(request: Visit, typed: str) -> None:
    """Raises Incomplete. Whoever finds an unlocked screen must not take over the account."""
    if not await login.is_password_of(request.user.id, typed, secret=house_of(request).secret):
        raise Incomplete({"current": Complaint(N_("Das ist nicht Ihr jetziges Passwort."))})
