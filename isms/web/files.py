"""Evidence files: add one to a record, and download it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Stream

from isms.area import Link, Panel
from isms.commands.files import attach
from isms.files import handed_out, keep, served
from isms.forms import Draft, Form, read, upload_of
from isms.guards import requires
from isms.house import house_of
from isms.pages import Html, Visit, after, again, page
from isms.people import Actor
from isms.permissions import May
from isms.queries.files import file, files_of, home_of, may_have_files
from isms.rules.errors import Incomplete, Missing, Refused
from isms.rules.media import KEPT
from isms.rules.texts import N_

ACCEPTED = ",".join(f".{ending}" for kind in KEPT for ending in kind.endings)


class FileForm(Form):
    subject: str


async def files_panel(key: str, *, seen_by: Actor, on: date) -> Sequence[Panel]:
    """The evidence files on a record's page, with a way to add one."""
    if not seen_by.may(May.SEE_FILES) or not may_have_files(key):
        return ()
    found = await files_of(key, seen_by=seen_by)
    context = {"files": found, "subject": key, "may_attach": seen_by.may(May.ATTACH)}
    return [Panel(N_("Belege"), "isms/_files.html", context)] if found or context["may_attach"] else ()


class Attaching(Controller):
    path = "/files"
    guards = [requires(May.ATTACH)]

    @get("/new")
    async def blank(self, request: Visit, subject: FromQuery[str]) -> Html:
        draft = Draft.blank(FileForm, subject=subject)
        return page(request, "isms/file_new.html", draft=draft, **await _about(request, subject))

    @post("/", status_code=200)
    async def create(self, request: Visit) -> Any:
        draft = await read(FileForm, request)
        subject = draft.value("subject")
        shown = await _about(request, subject)
        try:
            sent = await upload_of(request, "file")
            house = house_of(request)
            limit = house.settings.upload_limit_mb * 1024 * 1024
            unit = await home_of(subject, seen_by=request.user)
            kept = await asyncio.to_thread(keep, house.store, sent.filename, sent.file, limit=limit)
            await attach(kept, subject, unit=unit, by=request.user)
        except (Incomplete, Refused) as error:
            return again(request, "isms/file_new.html", draft, error, **shown)
        record: Link = shown["record"]
        return after(request, record.href, notice=N_("Der Beleg „{name}“ ist gespeichert."), values={"name": kept.name})


class Files(Controller):
    path = "/files"
    guards = [requires(May.SEE_FILES)]

    @get("/{file_id:int}")
    async def download(self, request: Visit, file_id: FromPath[int]) -> Response[Any]:
        found = await file(file_id, seen_by=request.user)
        headers = dict(served(found.name, found.media_type))
        content = handed_out(house_of(request).store, found.sha256)
        return Stream(content, media_type=headers.pop("Content-Type"), headers=headers)


async def _about(request: Visit, subject: str) -> dict[str, Any]:
    """The record that a file is to be added to. Raises Missing where it is out of reach."""
    await home_of(subject, seen_by=request.user)
    record = (await house_of(request).resolve([subject])).get(subject)
    if record is None:
        raise Missing
    return {"record": record, "subject": subject, "accepted": ACCEPTED}
