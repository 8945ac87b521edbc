"""What all areas know about a record, ready to be shown on its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from isms.house import house_of
from isms.pages import Visit
from isms.templates import render


@dataclass(frozen=True)
class Shown:
    """A titled part of a page. components/_panels.html shows a list of them."""

    title: str
    content: Markup


async def panels(request: Visit, key: str, *, on: date) -> list[Shown]:
    found = await house_of(request).panels(key, seen_by=request.user, on=on)
    return [
        Shown(panel.title, Markup(render(request, panel.template, panel.context)))  # noqa: S704  our own template
        for panel in found
    ]
