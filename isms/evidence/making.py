"""Making packages beside the requests: whoever asked may leave the page and come back."""

from __future__ import annotations

import asyncio
import contextvars
import logging
from collections.abc import Callable, Iterator
from datetime import date
from tempfile import TemporaryFile
from typing import IO

import msgspec

from isms import texts
from isms.commands.evidence import finish_package, note_failure, note_step
from isms.evidence.order import Order
from isms.evidence.package import package
from isms.files import CHUNK
from isms.house import House
from isms.people import Actor
from isms.queries.evidence import PackageRow, package_to_make
from isms.rules.texts import N_

log = logging.getLogger(__name__)

STOPPED = N_(
    "Das Paket konnte nicht erstellt werden. Fordern Sie es erneut an; die Ursache steht im Protokoll des Servers."
)

_under_way: set[asyncio.Task[None]] = set()
_one_at_a_time = asyncio.Semaphore(1)


def begin(id: int, house: House, *, by: Actor, on: date) -> None:
    """Start making a package and answer at once. How it comes along stands in its row."""
    # The form has been carried out with the request; what follows is no second sending of it.
    author = msgspec.structs.replace(by, once="")
    task = asyncio.create_task(_make_quietly(id, house, author, on))
    _under_way.add(task)
    task.add_done_callback(_under_way.discard)


async def all_made() -> None:
    """Until nothing is under way any more."""
    while _under_way:
        await asyncio.wait(set(_under_way))


async def make(id: int, house: House, *, by: Actor, on: date, watch: Callable[[str], None] | None = None) -> PackageRow:
    """Make a package that was requested, and put it into the store."""
    wanted = await package_to_make(id)
    order = Order(wanted.institution, wanted.unit_name, wanted.path, wanted.as_of, made_on=on, named=wanted.named)
    texts.language.set("de")  # a package is evidence for German auditors, whoever asks for it
    outside = contextvars.copy_context()

    async def tell(step: str) -> None:
        if watch:
            watch(step)
        # The package is read inside a snapshot, which cannot write: say it from outside.
        await asyncio.create_task(note_step(id, step), context=outside.copy())

    with TemporaryFile(dir=house.settings.data_folder) as file:  # without a name: nothing stays if we are killed
        contents = await package(order, house, file, tell=tell)
        kept = await asyncio.to_thread(house.store.put, _chunks(file))
    await finish_package(id, kept, contents.head, institution=order.institution, by=by)
    return await package_to_make(id)


async def _make_quietly(id: int, house: House, by: Actor, on: date) -> None:
    try:
        async with _one_at_a_time:
            await make(id, house, by=by, on=on)
    except Exception:
        log.exception("evidence package %s could not be made", id)
        await note_failure(id, STOPPED)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk
