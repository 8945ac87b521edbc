"""Templates: one strict Jinja environment, and what every page knows."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from isms import texts
from isms.house import House, house_of
from isms.listing import address
from isms.markup import QuickEnvironment, translated
from isms.people import Actor
from isms.web.tokens import mask

if TYPE_CHECKING:
    from litestar import Request

HERE = Path(__file__).parent
STATIC = HERE / "static"
PRODUCT = "ISMS-Register"


@cache
def environment() -> Environment:
    """Built once: templates never change while the house is open."""
    env = QuickEnvironment(
        loader=ChoiceLoader([FileSystemLoader(HERE.parent / "templates"), FileSystemLoader(HERE / "templates")]),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    env.install_gettext_callables(texts._, texts.ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.filters |= {
        "label": texts.label,
        "date": texts.date_text,
        "datetime": texts.datetime_text,
        "number": texts.number_text,
        "money": texts.money_text,
        "percent": texts.percent_text,
        "said": texts.said,
        "cell": texts.cell_text,
    }
    env.globals |= {"_": translated, "asset": asset, "say": texts.say, "address": address}
    return env


def render(request: Request[Any, Any, Any], name: str, context: Mapping[str, object]) -> str:
    """A template with its context and what every page knows."""
    return environment().get_template(name).render({**everywhere(request), **context})


def everywhere(request: Request[Any, Any, Any]) -> dict[str, object]:
    house = house_of(request)
    user: Actor | None = request.scope.get("user")
    path = request.url.path
    return {
        "office": house.settings.office_name or (user.office if user else PRODUCT),
        "product": product(house),
        "user": user,
        "may": user.may if user else _nobody_may,
        "language": texts.language.get(),
        "theme": theme_of(request, user),
        "here": path,
        "keys": request.cookies.get("isms_keys", "on") != "off",
        "notice": "",
        "navigation": navigation(house, user, path),
        "csrf": lambda: mask(request.scope["state"].get("csrf") or "00"),
        "once": lambda: secrets.token_urlsafe(16),
    }


def theme_of(request: Request[Any, Any, Any], user: Actor | None) -> str:
    chosen = user.theme if user else request.cookies.get("isms_theme", "")
    return chosen if chosen in ("light", "dark") else ""


def product(house: House) -> dict[str, str]:
    return {
        "name": PRODUCT,
        "logo": "/office-logo" if house.settings.office_logo else "",
        "stylesheet": "/office.css" if house.settings.office_colour else "",
        "version": version(),
    }


@cache
def version() -> str:
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("isms-register")
    except PackageNotFoundError:
        return "0"


def navigation(house: House, user: Actor | None, path: str) -> list[dict[str, object]]:
    """Per area the pages that this person may open; the longest matching address is the current one."""
    if user is None:
        return []
    titled = [
        (entry.section or area.title, entry)
        for area in house.areas
        for entry in area.navigation
        if user.may(entry.asks)
    ]
    groups = [(title, [entry for _, entry in some]) for title, some in groupby(titled, itemgetter(0))]
    hrefs = [entry.href for _, entries in groups for entry in entries if _lies_under(path, entry.href)]
    here = max(hrefs, key=len, default="")
    return [
        {
            "label": texts.say(title),
            "entries": [
                {"label": texts.say(entry.label), "href": entry.href, "current": entry.href == here}
                for entry in entries
            ],
        }
        for title, entries in groups
    ]


def asset(name: str) -> str:
    """The address of a static file with its content hash, so that browsers may keep it for ever."""
    return assets()[name]


@cache
def assets() -> Mapping[str, str]:
    """Name → address of our own files and of those fetched at set-up."""
    own = {path.name: f"/static/{path.name}?v={_hash(path)}" for path in STATIC.iterdir() if path.is_file()}
    manifest = STATIC / "vendor" / "manifest.json"
    if not manifest.exists():
        raise RuntimeError("Die Dateien der Oberfläche fehlen. Bitte führen Sie „make setup“ aus.")
    fetched: Mapping[str, str] = json.loads(manifest.read_text(encoding="utf-8"))
    return own | {name: f"/static/vendor/{hashed}" for name, hashed in fetched.items()}


def _hash(path: Path) -> str:
    from hashlib import sha256

    return sha256(path.read_bytes()).hexdigest()[:12]


def _lies_under(path: str, href: str) -> bool:
    return path == href or (href != "/" and path.startswith(href + "/"))


def _nobody_may(*_: object) -> bool:
    return False
