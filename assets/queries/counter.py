"""What is looked up at the counter: a device by what a scanner reads, and whether somebody can sign in."""

from __future__ import annotations

from assets.queries.devices import DETAIL, MISSING, TABLES, DeviceDetail, holder_name
from assets.rules.permissions import May
from isms.db.reading import one, value
from isms.people import Actor


async def device_called(code: str, *, seen_by: Actor) -> DeviceDetail:
    """The device with this inventory number, or with this serial number. Raises Missing."""
    where, args = seen_by.reach(May.VIEW_DEVICES).where("u.path")
    return await one(
        DeviceDetail,
        f"""SELECT {holder_name(seen_by)}, {DETAIL} {TABLES} LEFT JOIN target_object o ON o.id = d.it_system
            WHERE (d.inventory_number = {{}} OR d.serial = {{}}) AND {where}
            ORDER BY CASE WHEN d.inventory_number = {{}} THEN 0 ELSE 1 END, d.id LIMIT 1""",
        code,
        code,
        *args,
        code,
        missing=MISSING,
    )


async def can_sign_in(person: int) -> bool:
    """Whether somebody can confirm by their own login."""
    found = await value(
        "SELECT 1 FROM person WHERE id = {} AND login IS NOT NULL AND password_hash IS NOT NULL", person
    )
    return bool(found)
