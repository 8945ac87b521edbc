"""Welcome: somebody follows their link, which works once, and chooses a password."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath

from isms.commands.accounts import invited, redeem
from isms.forms import Draft, Form, read
from isms.guards import public
from isms.pages import Html, Visit, again, going, page
from isms.people import actor
from isms.rules.errors import Incomplete
from isms.rules.texts import N_
from isms.texts import _, office_day
from isms.web.entrance import with_visitor


class WelcomeForm(Form):
    password: str


class Welcome(Controller):
    path = "/welcome/{token:str}"
    guards = [public(N_("Wer einen Link bekommen hat, hat noch kein Passwort."))]

    @get("/")
    async def form(self, request: Visit, token: FromPath[str]) -> Html:
        person = await invited(token, at=datetime.now(UTC))
        answer = page(request, "isms/welcome.html", draft=Draft.blank(WelcomeForm), person=person, token=token)
        return with_visitor(request, answer)

    @post("/", status_code=200)
    async def create(self, request: Visit, token: FromPath[str]) -> Any:
        draft = await read(WelcomeForm, request)
        now = datetime.now(UTC)
        person = await invited(token, at=now)
        try:
            await redeem(token, draft.form.password, by=await actor(person.id, on=office_day(now)), at=now)
        except Incomplete as error:
            return again(request, "isms/welcome.html", draft, error, person=person, token=token)
        said = _(N_("Ihr Passwort ist gespeichert. Melden Sie sich jetzt damit an."))
        return going(request, "/sign-in", said)
