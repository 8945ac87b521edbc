"""Which figures speak for which requirements, with what is printed for each."""

from collections.abc import Iterable, Mapping

from isms.db.reading import Row, rows
from risks.rules.catalogue import edition_name


class _Printed(Row):
    uuid: str
    code: str
    title: str
    edition: str
    version: str


async def printed(uuids: Iterable[str]) -> Mapping[str, str]:
    """By UUID the number, title and edition of a requirement; the UUID itself where no edition here has it."""
    wanted = sorted(set(uuids))
    if not wanted:
        return {}
    marks = ", ".join("{}" for _ in wanted)
    sql = f"""SELECT r.uuid, r.code, r.title, k.title AS edition, k.version FROM requirement r
        JOIN catalogue k ON k.id = r.catalogue
        WHERE r.id IN (SELECT max(id) FROM requirement WHERE uuid IN ({marks}) GROUP BY uuid)"""
    known = {found.uuid: _name(found) for found in await rows(_Printed, sql, *wanted)}
    return {uuid: known.get(uuid, uuid) for uuid in wanted}


def _name(found: _Printed) -> str:
    return f"{found.code} {found.title} ({found.edition}, {edition_name(found.version)})"
