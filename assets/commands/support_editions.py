"""Editions of end-of-life data: taken in whole, never changed; what they mean for devices follows at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from assets.commands.support_judging import judge_all
from assets.queries.support_data import edition_with
from assets.rules.permissions import May
from assets.rules.support_data import ProductLine
from isms.audit import change
from isms.db import execute, executemany, hold
from isms.db.reading import Row, rows
from isms.people import SYSTEM, Actor, UnitRow
from isms.rules.errors import Forbidden, Refused
from isms.rules.texts import N_


@dataclass(frozen=True)
class Edition:
    """A file of end-of-life data: of which day it is, and what it says product by product."""

    title: str
    source: str
    published_on: date
    sha256: str
    products: tuple[ProductLine, ...]

    @property
    def count(self) -> int:
        return sum(len(product.releases) for product in self.products)


EDITION = """INSERT INTO support_edition (title, source, published_on, sha256, products, releases, unit, import_run,
    imported_by, recorded_at) VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}) RETURNING id"""
PRODUCT = "INSERT INTO support_product (edition, name, title, category) VALUES ({}, {}, {}, {})"
IDENTIFIER = "INSERT INTO support_identifier (product, purl) VALUES ({}, {})"
RELEASE = """INSERT INTO support_release (product, cycle, label, released_on, ends_on, ended, extended_until, latest)
    VALUES ({}, {}, {}, {}, {}, {}, {}, {})"""
THERE = N_("Diese Angaben sind schon eingelesen, Stand {day}.")


async def take_in(edition: Edition, *, unit: UnitRow, run: int, by: Actor) -> int:
    """Let newer data hold for a unit and all below it. Answers for how many things something else holds now.

    Raises Refused where the same bytes are in force already.
    """
    by.needs(May.IMPORT_SUPPORT, at=unit.path)
    async with change("support.imported", f"import_run:{run}", by=by, unit=unit.id) as made:
        await hold("support editions")
        if known := await edition_with(edition.sha256, unit.path):
            raise Refused(THERE, day=known.published_on)
        await _store(edition, unit=unit.id, run=run, by=by.id)
        news = await judge_all(made, unit)
        made.with_(title=edition.title, products=len(edition.products), count=edition.count, news=news)
    return news


async def bring_along(edition: Edition, unit: UnitRow, *, by: Actor) -> None:
    """Let what ships with the program hold everywhere. Only „System“ does that. Raises Refused the second time."""
    if by.name != SYSTEM:
        raise Forbidden
    async with change("support.brought", unit, by=by, unit=unit.id, title=edition.title) as made:
        await hold("support editions")
        if known := await edition_with(edition.sha256, unit.path):
            raise Refused(THERE, day=known.published_on)
        await _store(edition, unit=None, run=None, by=by.id)
        made.with_(products=len(edition.products), count=edition.count, news=await judge_all(made, unit))


async def _store(edition: Edition, *, unit: int | None, run: int | None, by: int) -> None:
    made = await execute(
        EDITION,
        edition.title[:200],
        edition.source[:200],
        edition.published_on,
        edition.sha256,
        len(edition.products),
        edition.count,
        unit,
        run,
        by,
        datetime.now(UTC),
    )
    await _store_products(int(made[0]["id"]), edition.products)


class _Known(Row):
    id: int
    name: str


async def _store_products(edition: int, products: Sequence[ProductLine]) -> None:
    await executemany(PRODUCT, [(edition, one.name, one.title, one.category) for one in products])
    named = await rows(_Known, "SELECT id, name FROM support_product WHERE edition = {}", edition)
    ids = {one.name: one.id for one in named}
    purls = [(ids[one.name], purl) for one in products for purl in one.purls]
    if purls:
        await executemany(IDENTIFIER, purls)
    releases = [
        (
            ids[one.name],
            each.cycle,
            each.label,
            each.released_on,
            each.ends_on,
            each.ended,
            each.extended_until,
            each.latest,
        )
        for one in products
        for each in one.releases
    ]
    if releases:
        await executemany(RELEASE, releases)
