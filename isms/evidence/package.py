"""Making an evidence package: what all areas report, their figures, files and the audit trail, in one ZIP."""

from __future__ import annotations

import asyncio
from typing import IO

from isms import db, texts
from isms.evidence import layout
from isms.evidence.attachments import attachments
from isms.evidence.bag import Bag
from isms.evidence.figures import figures
from isms.evidence.order import Contents, Order, Tell, Veil
from isms.evidence.tabular import register
from isms.evidence.trail import head_of, trail
from isms.evidence.verify_text import verify_text
from isms.house import House
from isms.rules.texts import N_
from isms.templates import environment


async def silence(step: str) -> None:
    """For those whom progress does not interest."""


async def package(order: Order, house: House, out: IO[bytes], *, tell: Tell = silence) -> Contents:
    """Write the package of one moment. Takes the memory of its list of files, whatever its size."""
    with Bag(house.settings.data_folder) as bag:
        async with db.snapshot():
            contents = await _fill(bag, order, house, tell)
        uuid = order.uuid(house.uuid, contents.head)
        bag.add("index.html", _index(order, contents, house).encode())
        bag.tag(layout.VERIFY, verify_text(contents.head))
        await tell(N_("Das ZIP wird geschrieben."))
        info = {
            "Source-Organization": order.title,
            "Bagging-Date": order.made_on.isoformat(),
            "External-Identifier": uuid.urn,
            "External-Description": texts.say(
                N_("Nachweise der Informationssicherheit, Stand {day}"), {"day": order.as_of}
            ),
            layout.HEAD_LABEL: str(contents.head),
        }
        await asyncio.to_thread(bag.write, out, name=order.name, info=info)
    return contents


async def _fill(bag: Bag, order: Order, house: House, tell: Tell) -> Contents:
    contents = Contents(head=await head_of(order.institution, order))
    veil = Veil.over(order, order.uuid(house.uuid, contents.head), house.secret)
    for report in house.reports:
        await tell(report.title)
        contents.registers.append(await register(bag, report, order, veil))
    await tell(N_("Kennzahlen"))
    contents.figures = await figures(bag, house, order, veil)
    await tell(N_("Belege"))
    contents.attachments, contents.damaged = await attachments(bag, house.store, order, veil)
    await tell(N_("Prüfspur"))
    contents.left_out = await trail(bag, order, contents.head)
    return contents


def _index(order: Order, contents: Contents, house: House) -> str:
    template = environment().get_template("isms/evidence/package.html")
    return template.render(order=order, contents=contents, office=house.settings.office_name)
