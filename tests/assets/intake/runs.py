"""Import runs as somebody carries them out: received, planned, done, and taken back."""

from pathlib import Path
from tempfile import mkdtemp

from isms import imports
from isms.area import ImportKind, UndoPlan
from isms.commands.imports import answer, carry_out, receive
from isms.commands.undoing import take_back, undo_of
from isms.files import Folder
from isms.people import Actor
from tests.office import TODAY, Office


async def read_in(office: Office, kind: ImportKind, text: str | bytes, *, by: Actor, name="liste.csv", **answers: str):
    """Carries a file out; answers with its run."""
    store = Folder(Path(mkdtemp()))
    content = text.encode() if isinstance(text, str) else text
    run = await receive(kind, name, content, unit=office.unit, by=by, store=store)
    if answers:
        await answer(await imports.run(run, seen_by=by), answers, by=by)
    await carry_out(kind, await imports.run(run, seen_by=by), by=by, on=TODAY, store=store)
    return await imports.run(run, seen_by=by)


async def would_undo(kind: ImportKind, run: imports.RunRow, *, by: Actor) -> UndoPlan:
    return await undo_of(kind, await imports.run(run.id, seen_by=by)).plan(run.id, by=by, on=TODAY)


async def undo(kind: ImportKind, run: imports.RunRow, *, by: Actor) -> UndoPlan:
    plan = await would_undo(kind, run, by=by)
    return await take_back(kind, await imports.run(run.id, seen_by=by), by=by, on=TODAY, seen=plan.fingerprint)
