"""The first page of an empty house: name the office and its first administrator."""

from __future__ import annotations

from typing import Any

from litestar import Controller, get, post
from litestar.params import FromQuery

from isms.commands import first_steps as commands
from isms.commands.founding import system
from isms.commands.people import NewPerson
from isms.forms import Draft, Form, read
from isms.guards import public
from isms.house import house_of
from isms.pages import Html, Visit, again, going, page
from isms.rules.errors import Answer
from isms.rules.texts import N_
from isms.texts import say
from isms.web.clock import today
from isms.web.entrance import with_visitor


class SetUpForm(Form):
    token: str
    office: str
    name: str
    login: str
    password: str


class SetUp(Controller):
    path = "/set-up"
    guards = [public(N_("Der einmalige Link selbst ist der Ausweis; danach gibt es Konten."))]

    @get("/")
    async def form(self, request: Visit, token: FromQuery[str] = "") -> Html:
        await commands.check_token(token)
        return with_visitor(request, page(request, "isms/set_up.html", draft=Draft.blank(SetUpForm, token=token)))

    @post("/", status_code=200)
    async def create(self, request: Visit) -> Any:
        draft = await read(SetUpForm, request)
        try:
            form = draft.form
            administrator = NewPerson(name=form.name, login=form.login, password=form.password)
            await commands.set_up(form.token, office=form.office, administrator=administrator, on=today())
            await house_of(request).move_in(await system(on=today()))
        except Answer as error:
            return again(request, "isms/set_up.html", draft, error)
        return going(request, "/sign-in", say(N_("Das Amt ist eingerichtet. Melden Sie sich an.")))
