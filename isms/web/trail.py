"""The audit trail: who changed what and when, to be searched and read."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from litestar import Controller, get
from litestar.params import FromQuery

from isms import texts
from isms.area import Link
from isms.forms import german_date
from isms.guards import requires
from isms.house import House, house_of
from isms.pages import Html, Visit, page
from isms.permissions import May
from isms.rules.texts import N_
from isms.trail import PAGE, Asked, trail


class Trail(Controller):
    path = "/audit-trail"
    guards = [requires(May.SEE_TRAIL)]

    @get("/")
    async def index(
        self,
        request: Visit,
        *,
        subject: FromQuery[str] = "",
        actor: FromQuery[str] = "",
        action: FromQuery[str] = "",
        since: FromQuery[str] = "",
        until: FromQuery[str] = "",
        before: FromQuery[int] = 0,
    ) -> Html:
        house = house_of(request)
        asked = Asked(subject, actor, action, day_of(since), day_of(until), before)
        lines = await trail(asked, seen_by=request.user, house=house)
        kept = {"subject": subject, "actor": actor, "action": action, "since": since, "until": until}
        further = _address(kept | {"before": lines[PAGE - 1].id}) if len(lines) > PAGE else ""
        return page(
            request,
            "isms/trail.html",
            part="isms/_trail.html",
            lines=lines[:PAGE],
            asked=asked,
            subject=await _named(subject, request) if lines else None,
            actions=_actions(house),
            further=further,
            newest=_address(kept) if before else "",
        )


async def _named(key: str, request: Visit) -> Link | None:
    """The record that the trail is narrowed to, where a line about it was found; nobody whom the reader may not see."""
    if key.startswith("person:") and not request.user.may(May.SEE_PEOPLE):
        return Link(texts._(N_("eine Person")), "")
    return (await house_of(request).resolve([key])).get(key) if key else None


def day_of(typed: str) -> date | None:
    """The day that was typed into a filter; what is no day filters nothing."""
    try:
        return date.fromisoformat(german_date(typed.strip())) if typed.strip() else None
    except ValueError:
        return None


def _address(kept: Mapping[str, Any]) -> str:
    return f"/audit-trail?{urlencode({name: value for name, value in kept.items() if value})}"


def _actions(house: House) -> list[tuple[str, str]]:
    """Every kind of change by its sentence, with dots for who and what."""
    told = [(action, texts._(text)) for action, text in house.sentences.items()]
    return sorted(((action, _dotted(text)) for action, text in told), key=lambda pair: pair[1])


def _dotted(text: str) -> str:
    return text.format_map(defaultdict(lambda: "…")).rstrip(".")
