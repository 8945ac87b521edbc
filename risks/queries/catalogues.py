"""The editions that are there. Catalogues are published texts: whoever may read one may read all."""

from datetime import datetime

from isms.db.reading import Row, one, row, rows
from isms.rules.texts import N_
from risks.rules.catalogue import edition_name


class EditionRow(Row):
    """An edition. `modified` is the moment its publisher named, as the file writes it."""

    id: int
    uuid: str
    sha256: str
    title: str
    version: str
    modified: str
    oscal_version: str
    publisher: str
    licence: str
    requirements: int
    defects: int
    import_run: int | None
    imported_at: datetime

    @property
    def key(self) -> str:
        return f"catalogue:{self.id}"

    @property
    def name(self) -> str:
        """What people call the edition."""
        return edition_name(self.version)


class PracticeRow(Row):
    id: int
    code: str
    title: str
    count: int


EDITION = """SELECT id, uuid, sha256, title, version, modified, oscal_version, publisher, licence, requirements,
    defects, import_run, imported_at FROM catalogue"""


async def editions() -> list[EditionRow]:
    """Newest first."""
    return await rows(EditionRow, f"{EDITION} ORDER BY id DESC")


async def edition(id: int) -> EditionRow:
    return await one(
        EditionRow, f"{EDITION} WHERE id = {{}}", id, missing=N_("Diese Ausgabe eines Katalogs gibt es hier nicht.")
    )


async def edition_of(sha256: str) -> EditionRow | None:
    """The edition that came from these very bytes, if it is here."""
    return await row(EditionRow, f"{EDITION} WHERE sha256 = {{}}", sha256)


class KnownRow(Row):
    """A requirement as the newest edition that has it writes it."""

    uuid: str
    code: str
    modal_verb: str
    statement: str


async def known_requirements() -> list[KnownRow]:
    """Every requirement of any edition, once."""
    sql = """SELECT uuid, code, modal_verb, statement FROM requirement
        WHERE id IN (SELECT max(id) FROM requirement GROUP BY uuid)"""
    return await rows(KnownRow, sql)


class _Name(Row):
    name: str


async def practices(catalogue: int) -> list[PracticeRow]:
    return await rows(
        PracticeRow,
        """SELECT p.id, p.code, p.title, count(r.id) AS count
           FROM practice p LEFT JOIN requirement r ON r.practice = p.id
           WHERE p.catalogue = {} GROUP BY p.id, p.code, p.title, p.position ORDER BY p.position""",
        catalogue,
    )


async def categories(catalogue: int) -> list[str]:
    """The target object categories that requirements of the edition name."""
    sql = """SELECT DISTINCT c.name FROM requirement_category c JOIN requirement r ON r.id = c.requirement
        WHERE r.catalogue = {} ORDER BY c.name"""
    return [found.name for found in await rows(_Name, sql, catalogue)]
