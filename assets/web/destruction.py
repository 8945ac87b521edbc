"""How finely the office has things destroyed: what holds, who settled it, and settling it anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath

from assets.commands.destruction import settle_destruction
from assets.queries.destruction import destruction_rules, settled_fineness
from assets.rules.destruction import LEVELS_OF_CLASS, Carrier, Fineness
from assets.rules.permissions import May
from assets.rules.protection import ProtectionNeed
from assets.web.asking import term
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.pages import Html, Visit, after, again, page
from isms.people import UnitRow, unit
from isms.rules.errors import Incomplete, Missing, Refused
from isms.rules.texts import N_


class FinenessForm(Form):
    """A class and a level for each need, as „2-4“."""

    normal: str
    high: str
    very_high: str
    reason: str


FIELDS: Mapping[ProtectionNeed, str] = {need: need.name.lower() for need in ProtectionNeed}
CHOICES = [Fineness(one, level) for one, levels in LEVELS_OF_CLASS.items() for level in levels]


class DestructionRules(Controller):
    path = "/destruction-rules"
    guards = [requires(May.VIEW_MEDIA)]

    @get("/")
    async def index(self, request: Visit) -> Html:
        home = request.user.institution
        return page(
            request,
            "assets/destruction_rules.html",
            settled=await settled_fineness(home),
            rules=await destruction_rules(home),
            needs=list(ProtectionNeed),
            may_settle=request.user.may(May.SETTLE_DESTRUCTION),
        )


class SettlingDestruction(Controller):
    path = "/destruction-rules/{carrier:str}"
    guards = [requires(May.SETTLE_DESTRUCTION)]

    @get("/")
    async def edit(self, request: Visit, carrier: FromPath[str]) -> Html:
        home, chosen = await _asked(request, carrier)
        settled = (await settled_fineness(home.id))[chosen]
        draft = Draft.blank(FinenessForm, **{name: _typed(settled[need]) for need, name in FIELDS.items()})
        return page(request, "assets/destruction_rule.html", draft=draft, **_shown(chosen))

    @post("/", status_code=200)
    async def update(self, request: Visit, carrier: FromPath[str]) -> Any:
        draft = await read(FinenessForm, request)
        home, chosen = await _asked(request, carrier)
        try:
            form = draft.form
            values = {need: _read(getattr(form, name), name) for need, name in FIELDS.items()}
            await settle_destruction(home, chosen, values, reason=form.reason, by=request.user)
        except (Refused, Incomplete) as error:
            return again(request, "assets/destruction_rule.html", draft, error, **_shown(chosen))
        return after(request, back_to="/destruction-rules", notice=N_("Das gilt ab jetzt für neue Vernichtungen."))


async def _asked(request: Visit, letter: str) -> tuple[UnitRow, Carrier]:
    chosen = term(Carrier, letter)
    if chosen is None:
        raise Missing
    return await unit(request.user.institution, seen_by=request.user, asks=May.SETTLE_DESTRUCTION), chosen


def _shown(carrier: Carrier) -> dict[str, Any]:
    return {"carrier": carrier, "needs": [(name, need) for need, name in FIELDS.items()], "choices": CHOICES}


def _typed(fineness: Fineness) -> str:
    return f"{fineness.protection_class}-{fineness.security_level}"


def _read(typed: str, field: str) -> Fineness:
    found = next((one for one in CHOICES if _typed(one) == typed), None)
    if found is None:
        raise Incomplete({field: N_("Bitte wählen Sie einen der angebotenen Werte.")})
    return found
