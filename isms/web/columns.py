"""Which column of an uploaded table holds what: recognised where its name says so, chosen by hand where not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath

from isms import imports
from isms.area import ImportKind, Target
from isms.commands.imports import map_columns
from isms.forms import REQUIRED, Draft, Form, read
from isms.guards import requires
from isms.house import house_of
from isms.imports import RunRow
from isms.intake.uploads import CsvTable, NotMapped, headed, mapped, signature
from isms.pages import Html, Visit, after, again, page
from isms.people import unit
from isms.permissions import May
from isms.rules.errors import Incomplete, Refused, Stale
from isms.rules.texts import N_
from isms.web.clock import today
from isms.web.imports import kind_of

EXAMPLES = 3
SHORT = 40
NOTHING_TO_MAP = N_("Bei dieser Art von Datei gibt es keine Spalten zuzuordnen.")
DONE = N_("Dieser Import ist schon ausgeführt. Die Spalten stehen fest.")


class Chosen(Form):
    """A select for every field: `column.NAME`."""


class Columns(Controller):
    path = "/imports/{run_id:int}/columns"
    guards = [requires(May.IMPORT)]

    @get("/")
    async def show(self, request: Visit, run_id: FromPath[int]) -> Html:
        run, kind = await waiting(request, run_id)
        table = await table_of(request, run)
        columns = await read_as(request, run, kind, run.mapped) or mapped(table, kind.targets, run.mapped)
        known = {f"column.{name}": column for name, column in columns.items()}
        return page(request, "isms/import_columns.html", draft=Draft.blank(Chosen, **known), **shown(run, kind, table))

    @post("/", status_code=200)
    async def create(self, request: Visit, run_id: FromPath[int]) -> Any:
        draft = await read(Chosen, request)
        run, kind = await waiting(request, run_id)
        table = await table_of(request, run)
        place = await unit(run.unit, seen_by=request.user, asks=kind.asks)
        try:
            chosen = {target.name: _chosen(draft, target, table) for target in kind.targets}
            if await read_as(request, run, kind, chosen) is None:
                _refuse_missing(chosen, kind)
            await map_columns(
                kind, run, chosen, headers=signature(table), institution=place.institution, by=request.user
            )
        except Incomplete as error:
            return again(request, "isms/import_columns.html", draft, error, **shown(run, kind, table))
        return after(request, f"/imports/{run.id}", notice=N_("Die Spalten sind zugeordnet."))


async def waiting(request: Visit, run_id: int) -> tuple[RunRow, ImportKind]:
    """One's own upload that is not carried out yet. Raises Missing, Refused, Stale."""
    run = await imports.run(run_id, seen_by=request.user)
    kind = kind_of(request, run.kind)
    if not kind.targets:
        raise Refused(NOTHING_TO_MAP)
    if run.finished_at:
        raise Stale(DONE)
    return run, kind


async def table_of(request: Visit, run: RunRow) -> CsvTable:
    return await headed(imports.upload_of(run, house_of(request).store).content, run.given)


async def read_as(
    request: Visit, run: RunRow, kind: ImportKind, mapping: Mapping[str, str]
) -> Mapping[str, str] | None:
    """What would be read as what with this mapping; None as long as a column is missing."""
    upload = replace(imports.upload_of(run, house_of(request).store), mapping=mapping)
    try:
        plan = await kind.plan(upload, by=request.user, on=today())
    except NotMapped:
        return None
    return plan.columns


def shown(run: RunRow, kind: ImportKind, table: CsvTable) -> dict[str, Any]:
    """The columns with the first values of each, so that somebody sees what they hold."""
    first = list(islice(table.rows(), EXAMPLES))
    beginnings = {column: [_short(row[column]) for row in first if row[column]] for column in table.columns}
    return {"run": run, "kind": kind, "columns": table.columns, "beginnings": beginnings}


def _chosen(draft: Draft[Chosen], target: Target, table: CsvTable) -> str:
    """Raises Incomplete for a column that the file does not have."""
    column = draft.value(f"column.{target.name}")
    if column and column not in table.columns:
        raise Incomplete({f"column.{target.name}": N_("Diese Spalte hat die Datei nicht.")})
    return column


def _refuse_missing(chosen: dict[str, str], kind: ImportKind) -> None:
    missing = [target for target in kind.targets if target.required and not chosen[target.name]]
    if missing:
        raise Incomplete({f"column.{target.name}": REQUIRED for target in missing})


def _short(text: str) -> str:
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"
