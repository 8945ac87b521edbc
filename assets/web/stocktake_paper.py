"""The protocol of a stocktake as a paper to sign: what was expected, what was found, who counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from litestar import Controller, get
from litestar.params import FromPath

from assets.queries.stocktake_list import AskedResults, ResultRow, all_results
from assets.queries.stocktakes import Progress, StocktakeRow, counters, progress, stocktake
from assets.rules.permissions import May
from assets.rules.stocktakes import Finding
from isms.guards import requires
from isms.pages import Visit, download
from isms.pdf import Facts, Paper, Prose, Signature, Signatures, Table, paper
from isms.rules.texts import N_
from isms.texts import date_text, label, number_text, say

MOST_ROWS = 2_000
"""How many rows a protocol lists in full; a longer one lists what differs, up to as many of each."""

COLUMNS = (N_("Nummer oder Code"), N_("Gerät"), N_("Erwartet"), N_("Gefunden"), N_("Entscheidung"))
WIDTHS = (1.6, 2.4, 2.4, 2.4, 2.4)
DIFFERING = (
    (Finding.MISSING, N_("Fehlt")),
    (Finding.WRONG_PLACE, N_("Falscher Ort")),
    (Finding.UNEXPECTED, N_("Unerwartet")),
)
NOT_LISTED = N_("Gefundene Geräte sind hier nicht einzeln aufgeführt; sie stehen im Register und im Export der Liste.")

Lists = Sequence[Table | Prose]


class StocktakePaper(Controller):
    path = "/stocktakes/{stocktake_id:int}/protocol.pdf"
    guards = [requires(May.VIEW_STOCKTAKES)]

    @get("/")
    async def protocol(self, request: Visit, stocktake_id: FromPath[int]) -> Any:
        found = await stocktake(stocktake_id, seen_by=request.user)
        now = datetime.now(UTC)
        content = Paper(
            title=say(N_("Inventurprotokoll")),
            office=request.user.office,
            subtitle=found.name,
            footer=say(N_("Stand {at}"), {"at": now}),
            blocks=[
                _facts(found, await progress(found)),
                *await _lists(request, found),
                *await _signatures(found, names=request.user.may(May.NAME_HOLDERS, at=found.path)),
            ],
            landscape=True,
        )
        return download("inventurprotokoll.pdf", await paper(content, made_at=now), "application/pdf")


def _facts(found: StocktakeRow, at: Progress) -> Facts:
    opened = say(N_("{day} von {who}"), {"day": found.opened_on, "who": found.opened_by})
    rows = (
        (N_("Einheit"), found.unit_name),
        (N_("Nur Orte, die beginnen mit"), found.place),
        (N_("Nur Kategorie"), found.category),
        (N_("Eröffnet"), opened),
        (N_("Abgeschlossen"), date_text(found.closed_on) or say(N_("noch nicht"))),
        (N_("Erwartet"), number_text(found.expected)),
        (N_("Gefunden"), number_text(at.found)),
        (N_("Fehlt"), number_text(at.missing)),
        (N_("Falscher Ort"), number_text(at.wrong_place)),
        (N_("Unerwartet"), number_text(at.unexpected)),
        (N_("Bemerkung"), found.closing_note),
    )
    return Facts([(say(title), told) for title, told in rows if told])


async def _lists(request: Visit, found: StocktakeRow) -> Lists:
    """What differs comes first, then the rest where that can be read."""
    blocks: list[Table | Prose] = []
    for finding, heading in DIFFERING:
        blocks += await _list(request, found, finding, heading)
    if found.expected > MOST_ROWS:
        return [*blocks, Prose([say(NOT_LISTED)])]
    return [*blocks, *await _list(request, found, Finding.FOUND, N_("Gefunden"))]


async def _list(request: Visit, found: StocktakeRow, finding: Finding, heading: str) -> Lists:
    rows: list[list[str]] = []
    more = 0
    async for one in all_results(found, AskedResults(finding), seen_by=request.user):
        if len(rows) < MOST_ROWS:
            rows.append(_cells(one))
        else:
            more += 1
    if not rows:
        return ()
    table = Table([say(title) for title in COLUMNS], rows, heading=say(heading), widths=WIDTHS)
    rest = say(N_("Dazu kommen {count} weitere."), {"count": number_text(more)})
    return [table, Prose([rest])] if more else [table]


def _cells(one: ResultRow) -> list[str]:
    counted = [date_text(one.scanned_at), one.found_place, one.scanner] if one.scanned_at else []
    expected = [label(one.stage), one.holder_name, one.expected_place] if one.expected_place is not None else []
    decided = [label(one.decision), one.note]
    said = (", ".join(part for part in each if part) for each in (expected, counted, decided))
    return [one.number, one.name or "", *said]


async def _signatures(found: StocktakeRow, *, names: bool) -> Sequence[Signatures]:
    """Lines for everybody who counted, three side by side; without names for those who may not know them."""
    who = [one.name for one in await counters(found)] if names else []
    lines = [Signature(name, say(N_("gezählt"))) for name in who] or [Signature(say(N_("Wer gezählt hat")))]
    lines.append(Signature(found.closed_by or found.opened_by, say(N_("für die Inventur verantwortlich"))))
    heading = say(N_("Unterschriften"))
    return [Signatures(lines[start : start + 3], heading="" if start else heading) for start in range(0, len(lines), 3)]
