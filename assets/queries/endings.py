"""What runs out: warranties, contracts and licences in one list, by the day of their end."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from datetime import date, timedelta

from assets.rules.permissions import May
from isms.db.reading import Row, each, rows
from isms.people import Actor
from isms.rules.terms import Term
from isms.rules.texts import N_

MOST = 500


class Ending(Term):
    WARRANTY = "warranty", N_("Garantie")
    NOTICE = "notice", N_("Kündigungsfrist")
    CONTRACT = "contract", N_("Vertrag")
    LICENCE = "licence", N_("Lizenz")


class EndingRow(Row):
    """Something that ends on a day, and where it is described."""

    ending: Ending
    id: int
    title: str
    unit_name: str
    ends_on: date
    home: str

    @property
    def href(self) -> str:
        return f"/{self.home}/{self.id}"


SOURCES: Mapping[Ending, tuple[str, ...]] = {
    Ending.WARRANTY: (
        """SELECT 'warranty' AS ending, d.id, d.inventory_number || ' ' || d.name AS title, u.name AS unit_name,
            d.warranty_until AS ends_on, 'devices' AS home FROM device d JOIN unit u ON u.id = d.unit
        WHERE d.warranty_until BETWEEN {} AND {} AND d.stage NOT IN ('lost', 'stolen', 'retired', 'disposed')""",
    ),
    Ending.NOTICE: (
        """SELECT 'notice' AS ending, x.id, x.title, u.name AS unit_name, x.notice_until AS ends_on,
            'contracts' AS home FROM contract x JOIN unit u ON u.id = x.unit WHERE x.notice_until BETWEEN {} AND {}""",
        """SELECT 'notice' AS ending, x.id, x.name AS title, u.name AS unit_name, x.notice_until AS ends_on,
            'licences' AS home FROM licence x JOIN unit u ON u.id = x.unit WHERE x.notice_until BETWEEN {} AND {}""",
    ),
    Ending.CONTRACT: (
        """SELECT 'contract' AS ending, x.id, x.title, u.name AS unit_name, x.ends_on, 'contracts' AS home
        FROM contract x JOIN unit u ON u.id = x.unit WHERE x.ends_on BETWEEN {} AND {}""",
    ),
    Ending.LICENCE: (
        """SELECT 'licence' AS ending, x.id, x.name AS title, u.name AS unit_name, x.ends_on, 'licences' AS home
        FROM licence x JOIN unit u ON u.id = x.unit WHERE x.ends_on BETWEEN {} AND {}""",
    ),
}


async def endings(
    *, seen_by: Actor, on: date, days: int, only: Ending | None = None, limit: int = MOST
) -> list[EndingRow]:
    """What ends from a day on within so many days, the next first."""
    sql, given = _union(seen_by, on, days, only)
    return await rows(EndingRow, f"{sql} LIMIT {limit}", *given)


async def all_endings(
    *, seen_by: Actor, on: date, days: int, only: Ending | None = None
) -> AsyncGenerator[EndingRow, None]:
    """The same without an end, one after the other."""
    sql, given = _union(seen_by, on, days, only)
    async for one in each(EndingRow, sql, *given):
        yield one


def _union(seen_by: Actor, on: date, days: int, only: Ending | None) -> tuple[str, list[object]]:
    where, args = seen_by.reach(May.VIEW_UPKEEP).where("u.path")
    sources = [sql for ending, some in SOURCES.items() if only in (None, ending) for sql in some]
    union = " UNION ALL ".join(f"{sql} AND {where}" for sql in sources)
    given = [value for _ in sources for value in (on, on + timedelta(days=days), *args)]
    return f"SELECT * FROM ({union}) AS found ORDER BY ends_on, ending, id", given
