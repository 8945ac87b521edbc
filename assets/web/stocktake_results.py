"""What a stocktake found: figures that filter the list, its export, decisions, and the closing."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath, FromQuery

from assets.commands.stocktakes import Rest, close_stocktake, decide
from assets.queries.stocktake_list import AskedResults, all_results, results, undecided_among
from assets.queries.stocktakes import StocktakeRow, helpers, progress, stocktake, undecided
from assets.rules.permissions import May
from assets.rules.stocktakes import DECISIONS, Decision, Finding
from assets.web.asking import term
from assets.web.stocktakes import run_by
from isms.exports import sheet_download
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.house import house_of
from isms.listing import Ask
from isms.pages import Html, Visit, after, again, page
from isms.rules.errors import Incomplete, Missing, Refused
from isms.rules.texts import N_
from isms.trail import history
from isms.web.clock import today

TITLES = (
    N_("Inventarnummer oder Code"),
    N_("Gerät"),
    N_("Kategorie"),
    N_("Ergebnis"),
    N_("Status"),
    N_("Erwartet wo"),
    N_("Gefunden wo"),
    N_("Wer es hat"),
    N_("Gezählt am"),
    N_("Gezählt von"),
    N_("Entscheidung"),
    N_("Bemerkung"),
)
NOTHING_TICKED = N_("Bitte kreuzen Sie mindestens einen Eintrag an.")


class DecisionForm(Form):
    about: list[int]
    decision: Decision
    finding: Finding
    note: str = ""


class ClosingForm(Form):
    missing: Decision | None = None
    unexpected: Decision | None = None
    note: str = ""


class StocktakeResults(Controller):
    path = "/stocktakes/{stocktake_id:int}"
    guards = [requires(May.VIEW_STOCKTAKES)]

    @get("/")
    async def show(
        self,
        request: Visit,
        stocktake_id: FromPath[int],
        *,
        finding: FromQuery[str] = "",
        q: FromQuery[str] = "",
        after: FromQuery[str] = "",
        before: FromQuery[str] = "",
    ) -> Html:
        found = await stocktake(stocktake_id, seen_by=request.user)
        asked = AskedResults(term(Finding, finding), q)
        draft = Draft.blank(DecisionForm, finding=asked.finding or "")
        shown = await _shown(request, found, asked, Ask("", after, before)) | {"draft": draft}
        return page(request, "assets/stocktake.html", part="assets/_stocktake_results.html", **shown)

    @get(["/export.csv", "/export.xlsx"])
    async def export(
        self, request: Visit, stocktake_id: FromPath[int], *, finding: FromQuery[str] = "", q: FromQuery[str] = ""
    ) -> Any:
        found = await stocktake(stocktake_id, seen_by=request.user)
        asked = AskedResults(term(Finding, finding), q)
        return sheet_download(request, "inventur", TITLES, _exported(found, asked, request))


class StocktakeClosing(Controller):
    path = "/stocktakes/{stocktake_id:int}"
    guards = [requires(May.STOCKTAKE)]

    @post("/decisions", status_code=200)
    async def decide(self, request: Visit, stocktake_id: FromPath[int]) -> Any:
        draft = await read(DecisionForm, request)
        found = await run_by(request, stocktake_id)
        asked = AskedResults(term(Finding, draft.value("finding")))
        try:
            form = draft.form
            if not form.about:
                raise Incomplete({"about": NOTHING_TICKED})
            about = await undecided_among(form.about, form.finding, found)
            await decide(found, about, form.decision, form.note, by=request.user)
        except (Refused, Incomplete) as error:
            shown = await _shown(request, found, asked, Ask())
            return again(request, "assets/stocktake.html", draft, error, **shown)
        back_to = f"/stocktakes/{found.id}?finding={form.finding}"
        return after(request, back_to, notice=N_("Entschieden: {count}."), values={"count": len(about)})

    @get("/closing")
    async def ask(self, request: Visit, stocktake_id: FromPath[int]) -> Html:
        found = await _open(request, stocktake_id)
        draft = Draft.blank(ClosingForm)
        return page(request, "assets/stocktake_closing.html", draft=draft, **await _closing(found))

    @post("/closing", status_code=200)
    async def close(self, request: Visit, stocktake_id: FromPath[int]) -> Any:
        draft = await read(ClosingForm, request)
        found = await _open(request, stocktake_id)
        try:
            form = draft.form
            await close_stocktake(found, Rest(form.missing, form.unexpected, form.note), by=request.user, on=today())
        except (Refused, Incomplete) as error:
            return again(request, "assets/stocktake_closing.html", draft, error, **await _closing(found))
        notice = N_("Die Inventur „{name}“ ist abgeschlossen. Das Protokoll liegt bereit.")
        return after(request, f"/stocktakes/{found.id}", notice=notice, values={"name": found.name})


async def _open(request: Visit, id: int) -> StocktakeRow:
    found = await run_by(request, id)
    if not found.is_open:
        raise Missing(N_("Diese Inventur ist schon abgeschlossen."))
    return found


async def _closing(found: StocktakeRow) -> dict[str, Any]:
    rest = await undecided(found)
    return {
        "stocktake": found,
        "progress": await progress(found),
        "missing": rest[Finding.MISSING],
        "unexpected": rest[Finding.UNEXPECTED],
        "for_missing": DECISIONS[Finding.MISSING],
        "for_unexpected": DECISIONS[Finding.UNEXPECTED],
    }


async def _shown(request: Visit, found: StocktakeRow, asked: AskedResults, ask: Ask) -> dict[str, Any]:
    user = request.user
    runs = user.may(May.STOCKTAKE, at=found.path)
    decides = runs and found.is_open and asked.finding in DECISIONS
    return {
        "stocktake": found,
        "progress": await progress(found),
        "page": await results(found, asked, ask, seen_by=user),
        "asked": asked.address,
        "finding": asked.finding,
        "decisions": DECISIONS[asked.finding] if decides and asked.finding else (),
        "may_run": runs,
        "may_issue": user.may(May.ISSUE, at=found.path),
        "may_keep": user.may(May.KEEP, at=found.path),
        "helpers": await helpers(found) if runs and found.is_open else [],
        "history": await history(found.key, seen_by=user, house=house_of(request))
        if user.may(May.NAME_HOLDERS, at=found.path)
        else [],
        "today": today(),
    }


async def _exported(found: StocktakeRow, asked: AskedResults, request: Visit) -> AsyncGenerator[Sequence[object], None]:
    async for one in all_results(found, asked, seen_by=request.user):
        yield (
            one.number,
            one.name or "",
            one.category or "",
            one.finding,
            one.stage or "",
            one.expected_place or "",
            one.found_place or "",
            one.holder_name or "",
            one.scanned_at.date() if one.scanned_at else "",
            one.scanner or "",
            one.decision or "",
            one.note or "",
        )
