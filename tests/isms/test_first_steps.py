"""An empty house is set up once, through a link that works once."""

from typing import Any

import pytest

from isms import db
from isms.app import build_app, join
from isms.commands.first_steps import setup_link
from isms.db.reading import value
from isms.db.schema import migrate
from isms.settings import Settings
from tests.browser import Browser
from tests.office import PASSWORD


@pytest.fixture
async def empty_house(tmp_path):
    before = db.engine()
    db.use(db.connect(f"sqlite:///{tmp_path}/empty.sqlite"))
    settings = Settings(data_folder=tmp_path)
    app = build_app(settings)
    async with db.opened():
        await migrate()
        app.state.house = await join(settings)
        yield Browser(app, app.state.house)
    db.use(before)


async def test_the_link_founds_the_office_once(empty_house: Browser):
    link = await setup_link()
    token = link.partition("token=")[2]
    typed: dict[str, Any] = {
        "token": token,
        "office": "Gesundheitsamt Moorweide",
        "name": "Tom Reuter",
        "login": "reuter",
    }

    assert "Wie heißt Ihr Amt?" in (await empty_house.get(f"/set-up?token={token}")).text
    weak = await empty_house.submit("/set-up", password="kurz", **typed)
    assert weak.status_code == 422
    assert "Gesundheitsamt Moorweide" in weak.text

    assert (await empty_house.submit("/set-up", password=PASSWORD, **typed)).status_code == 303
    assert (await empty_house.submit("/sign-in", login="reuter", password=PASSWORD)).status_code == 303
    assert (await empty_house.get(f"/set-up?token={token}")).status_code == 404
    assert await setup_link() == ""
    assert await value("SELECT count(*) FROM audit_entry WHERE action <> 'support.brought'") == 2
    assert await value("SELECT count(*) FROM support_edition") == 1


async def test_a_newer_link_ends_the_older_one(empty_house: Browser):
    older = (await setup_link()).partition("token=")[2]
    newer = (await setup_link()).partition("token=")[2]

    assert (await empty_house.get(f"/set-up?token={older}")).status_code == 404
    assert (await empty_house.get(f"/set-up?token={newer}")).status_code == 200
