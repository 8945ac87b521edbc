"""The register of risks: the list with its matrix, filtered by its address, and its export."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from litestar import Controller, get

from isms.exports import sheet_download
from isms.guards import requires
from isms.listing import Ask, address
from isms.pages import Html, Visit, page
from isms.rules.terms import Level, Term
from isms.rules.texts import N_
from isms.web.clock import today
from risks.queries.risks import Filters, RiskRow, all_risks, matrix, risks
from risks.rules.levels import Frequency, Impact, RiskLevel, State, level_of
from risks.rules.lifecycle import Stage
from risks.rules.permissions import May
from risks.web.places import number
from risks.web.threats import threat_names

HOME = "/risks"
TITLES = (
    N_("Nummer"),
    N_("Risiko"),
    N_("Zielobjekt"),
    N_("Gefährdung"),
    N_("Name der Gefährdung"),
    N_("Status"),
    N_("Häufigkeit"),
    N_("Schadenshöhe"),
    N_("Stufe"),
    N_("Verantwortlich"),
    N_("Wiedervorlage"),
    N_("Übernommen bis"),
)
T = TypeVar("T", bound=Term)
L = TypeVar("L", bound=Level)


@dataclass(frozen=True)
class Cell:
    """A field of the matrix that leads to the risks in it, or back to all."""

    count: int
    href: str
    level: int
    word: str
    is_on: bool


class Register(Controller):
    path = HOME
    guards = [requires(May.VIEW_RISKS)]

    @get("/")
    async def index(self, request: Visit) -> Html:
        return page(request, "risks/risks.html", part="risks/_risks.html", **await listed(request))

    @get(["/export.csv", "/export.xlsx"])
    async def export(self, request: Visit) -> Any:
        found = all_risks(asked(request), ask(request), seen_by=request.user)
        return sheet_download(request, "risiken", TITLES, _cells(found))


def asked(request: Visit) -> Filters:
    """The filters of the address; what it does not know filters nothing."""
    given = request.query_params.get
    return Filters(
        words=given("q", ""),
        stage=_term(Stage, given("stage")),
        level=_level(RiskLevel, given("level")),
        frequency=_level(Frequency, given("frequency")),
        impact=_level(Impact, given("impact")),
        state=_term(State, given("state")) or State.EXISTING,
        object=number(given("object")),
        owner=number(given("owner")),
    )


def ask(request: Visit) -> Ask:
    given = request.query_params.get
    return Ask(given("sort", "-level"), given("after", ""), given("before", ""))


async def listed(request: Visit) -> dict[str, Any]:
    filters = asked(request)
    kept = _address(filters)
    return {
        "page": await risks(filters, ask(request), seen_by=request.user),
        "filters": filters,
        "asked": kept,
        "frequencies": list(Frequency),
        "impacts": list(Impact),
        "levels": list(RiskLevel),
        "stages": list(Stage),
        "states": list(State),
        "cells": _matrix(filters, await matrix(filters, seen_by=request.user)),
        "threats": threat_names(),
        "today": today(),
        "may_record": request.user.may(May.ANALYSE),
    }


def _matrix(filters: Filters, counts: Mapping[tuple[Impact, Frequency], int]) -> dict[tuple[Impact, Frequency], Cell]:
    """Every field, the empty ones too."""
    return {
        (impact, often): _cell(filters, (impact, often), counts.get((impact, often), 0))
        for impact in Impact
        for often in Frequency
    }


def _cell(filters: Filters, field: tuple[Impact, Frequency], count: int) -> Cell:
    impact, frequency = field
    level = level_of(frequency, impact)
    is_on = (filters.impact, filters.frequency) == field
    chosen = {"impact": None, "frequency": None} if is_on else {"impact": int(impact), "frequency": int(frequency)}
    return Cell(count, address(HOME, **{**_address(filters), **chosen}), int(level), level.label, is_on)


def _address(filters: Filters) -> dict[str, Any]:
    """What the list's address holds, for links that keep it."""
    return {
        "q": filters.words,
        "stage": filters.stage,
        "level": filters.level and int(filters.level),
        "frequency": filters.frequency and int(filters.frequency),
        "impact": filters.impact and int(filters.impact),
        "state": None if filters.state is State.EXISTING else filters.state,
        "object": filters.object,
        "owner": filters.owner,
    }


def _term(kind: type[T], value: str | None) -> T | None:
    return next((term for term in kind if term.value == value), None)


def _level(kind: type[L], value: str | None) -> L | None:
    return next((level for level in kind if str(level.value) == value), None)


async def _cells(found: AsyncGenerator[RiskRow, None]) -> AsyncGenerator[Sequence[object], None]:
    async for each in found:
        yield (
            each.code,
            each.title,
            each.object_name,
            each.threat,
            threat_names().get(each.threat, ""),
            each.stage,
            each.frequency,
            each.impact,
            each.level,
            each.owner_name,
            each.review_on,
            each.accepted_until,
        )
