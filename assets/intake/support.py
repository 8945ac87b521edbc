"""End-of-life data: products.json as endoflife.date publishes it, and the small collection that ships."""

from __future__ import annotations

import json
from asyncio import to_thread
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from assets.commands.support_editions import THERE, Edition, bring_along, take_in
from assets.queries.support_data import Known, edition_with, known
from assets.rules.permissions import May
from assets.rules.support import Release
from assets.rules.support_data import ProductLine, Wrong, product_line
from isms.area import ImportKind, Outcome, Plan, Upload, Verdict
from isms.db.reading import one
from isms.intake import Unreadable
from isms.intake.strict_json import read_json
from isms.intake.yaml_file import read_yaml
from isms.people import UNIT, Actor, UnitRow, unit
from isms.rules.errors import Refused
from isms.rules.texts import N_

SHIPPED = Path(__file__).parent.parent / "packs" / "support.yaml"
LIMIT = 16 * 1024 * 1024
MOST = 20_000

NO_PRODUCTS = N_(
    "Die Datei nennt keine Produkte. Erwartet wird ein Objekt mit der Liste „products“, je mit „releases“."
)
MANY = N_("Die Datei nennt {count} Produkte. Gelesen werden höchstens {limit}.")
MISFIT = N_("Die Angabe „{member}“ fehlt oder passt nicht. Das Produkt wird ausgelassen.")
TWICE = N_("Das Produkt steht zweimal in der Datei. Die erste Stelle gilt.")
NEW = N_("{count} Versionen.")
MOVED = N_("{count} Versionen, davon neu oder anders als bisher: {moved}.")
SAME = N_("Alle {count} Versionen stehen schon so da.")
STAND = N_("Die Angaben sind vom {day}: Das ist der jüngste Tag, den die Datei nennt.")
GONE = N_("{count} bekannte Produkte nennt die Datei nicht mehr. Für sie gilt weiter, was zuletzt bekannt war.")


async def plan(upload: Upload, *, by: Actor, on: date) -> Plan:
    """What each product would change. Raises Unreadable for a file that is no such collection."""
    place = await unit(upload.unit, seen_by=by, asks=May.IMPORT_SUPPORT)
    digest = sha256(upload.content).hexdigest()
    if there := await edition_with(digest, place.path):
        raise Unreadable(THERE, day=there.published_on)
    held = await known(None, place.path)
    return await to_thread(_planned, upload, digest, held, on)


async def carry_out(plan: Plan, upload: Upload, *, run: int, by: Actor, on: date) -> None:
    place = await unit(upload.unit, seen_by=by, asks=May.IMPORT_SUPPORT)
    if not isinstance(plan.load, Edition) or not plan.load.products:
        raise Refused(NO_PRODUCTS)
    await take_in(plan.load, unit=place, run=run, by=by)


SUPPORT = ImportKind(
    name="support",
    title=N_("Supportenden (products.json von endoflife.date)"),
    hint=N_("Neuere Angaben lösen ältere ab, Produkt für Produkt. Danach wird jedes Gerät neu beurteilt."),
    accepts=".json,application/json",
    asks=May.IMPORT_SUPPORT,
    plan=plan,
    carry_out=carry_out,
    size_limit=LIMIT,
    home="/support",
)


async def brings(system: Actor) -> None:
    """The shipped collection holds everywhere from the first day on."""
    root = await one(UnitRow, f"{UNIT} WHERE id = {{}}", system.unit)
    if await edition_with(shipped().sha256, root.path):
        return
    with suppress(Refused):  # another process was faster
        await bring_along(shipped(), root, by=system)


@cache
def shipped() -> Edition:
    """The collection in packs/support.yaml. Raises Refused with the place that does not fit."""
    file = read_yaml(SHIPPED)
    file.only("title", "source", "published_on", "products")
    products = tuple(product_line(_as_published(entry.fields)) for entry in file.sections("products"))
    digest = sha256(SHIPPED.read_bytes()).hexdigest()
    return Edition(file.text("title"), file.text("source"), file.day("published_on"), digest, products)


NAMES = {"cycle": "releaseCycle", "label": "releaseLabel", "released": "releaseDate", "end": "eol"}
NAMES |= {"extended": "eoes", "build": "latest"}


def _as_published(fields: Mapping[str, object]) -> dict[str, object]:
    releases: Any = fields.get("releases", [])
    purls: Any = fields.get("purls", [])
    return {
        **fields,
        "identifiers": [{"purl": purl} for purl in purls],
        "releases": [{NAMES[name]: value for name, value in release.items()} for release in releases],
    }


def _planned(upload: Upload, digest: str, held: Known, on: date) -> Plan:
    document = read_json(upload.content, limit=LIMIT)
    entries = document.get("products") if isinstance(document, dict) else document
    if not isinstance(entries, list) or not entries:
        raise Unreadable(NO_PRODUCTS)
    if len(entries) > MOST:
        raise Unreadable(MANY, count=len(entries), limit=MOST)
    products: list[ProductLine] = []
    verdicts = list(_judged(entries, held, products))
    if not products:
        raise Unreadable(NO_PRODUCTS)
    day = _youngest(entries, on)
    source = document.get("source", "") if isinstance(document, dict) else ""
    edition = Edition(upload.filename, str(source), day, digest, tuple(products))
    return Plan(verdicts, warnings=_warnings(day, held, products), load=edition)


def _judged(entries: Sequence[object], held: Known, products: list[ProductLine]) -> Iterator[Verdict]:
    seen: Counter[str] = Counter()
    for number, entry in enumerate(entries, start=1):
        title = _title(entry)
        try:
            line = product_line(entry if isinstance(entry, dict) else {})
        except Wrong as wrong:
            yield Verdict(number, Outcome.WRONG, title, MISFIT, {"member": str(wrong)})
            continue
        seen[line.name] += 1
        if seen[line.name] > 1:
            yield Verdict(number, Outcome.LEFT_OUT, title, TWICE)
            continue
        products.append(line)
        yield _compared(number, line, held.releases.get(line.name))


def _compared(number: int, line: ProductLine, before: Sequence[Release] | None) -> Verdict:
    count = len(line.releases)
    if before is None:
        return Verdict(number, Outcome.NEW, line.title, NEW, {"count": count})
    there = {one.cycle: (one.ends_on, one.ended) for one in before}
    moved = sum(there.get(one.cycle) != (one.ends_on, one.ended) for one in line.releases)
    if not moved:
        return Verdict(number, Outcome.UNCHANGED, line.title, SAME, {"count": count})
    return Verdict(number, Outcome.CHANGED, line.title, MOVED, {"count": count, "moved": moved})


def _title(entry: object) -> str:
    told = entry.get("title") or entry.get("name") if isinstance(entry, dict) else None
    return str(told)[:160] if told else json.dumps(entry, ensure_ascii=False)[:60]


def _youngest(entries: Sequence[object], on: date) -> date:
    """The last day on which something came out: the file is not older than that, and hardly newer."""
    releases = [one for entry in entries if isinstance(entry, dict) for one in _list(entry.get("releases"))]
    told = [one.get("latestReleaseDate") or one.get("releaseDate") for one in releases if isinstance(one, dict)]
    days = [day for text in told if isinstance(text, str) and (day := _day(text)) and day <= on]
    return max(days, default=on)


def _list(told: object) -> Sequence[Any]:
    return told if isinstance(told, list) else ()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _warnings(day: date, held: Known, products: Sequence[ProductLine]) -> list[tuple[str, Mapping[str, object]]]:
    gone = len(set(held.releases) - {one.name for one in products})
    said: list[tuple[str, Mapping[str, object]]] = [(STAND, {"day": day})]
    return [*said, (GONE, {"count": gone})] if gone else said
