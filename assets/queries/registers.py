"""What is there already, as imports compare it with a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from assets.rules.kinds import Kind, LinkKind, OperatingStage
from assets.rules.lifecycle import Stage
from assets.rules.protection import Goal, ProtectionNeed
from isms.db.reading import Row, rows
from isms.people import SYSTEM


class ObjectValues(Row):
    """What a list may change about a target object."""

    id: int
    unit: int
    path: str
    name: str
    description: str
    vendor: str
    variety: str
    platform: str
    release: str
    number: int
    operating_stage: OperatingStage
    personal_data: bool
    provider_operated: bool
    responsible: int | None
    administrator: int | None
    own_confidentiality: ProtectionNeed | None
    own_integrity: ProtectionNeed | None
    own_availability: ProtectionNeed | None
    version: int

    @property
    def key(self) -> str:
        return f"target_object:{self.id}"

    @property
    def own(self) -> dict[Goal, ProtectionNeed | None]:
        return dict(zip(Goal, (self.own_confidentiality, self.own_integrity, self.own_availability), strict=True))


class KnownObject(ObjectValues):
    """A target object as lists name it."""

    kind: Kind
    categories: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()


class KnownDevice(Row):
    """A device with what a list may change."""

    id: int
    unit: int
    path: str
    inventory_number: str
    stage: Stage
    name: str
    serial: str
    maker: str
    model: str
    category: str
    supplier: str
    order_number: str
    purchased_on: date | None
    price_cents: int | None
    warranty_until: date | None
    end_of_life_on: date | None
    notes: str
    version: int

    @property
    def key(self) -> str:
        return f"device:{self.id}"

    @property
    def is_withdrawn(self) -> bool:
        """Taken back with the import that brought it: the next list may bring it again."""
        return self.stage is Stage.WITHDRAWN


class KnownPerson(Row):
    """A present colleague, by whatever another tool may call them."""

    id: int
    name: str
    login: str | None
    email: str


class _Marked(Row):
    target_object: int
    mark: str


class LinkEnd(Row):
    """A target object as lists of links name it."""

    id: int
    unit: int
    path: str
    short_id: str
    kind: Kind
    name: str

    @property
    def key(self) -> str:
        return f"target_object:{self.id}"


class _Link(Row):
    source: int
    kind: LinkKind
    target: int


CATEGORIES = """SELECT c.target_object, c.category AS mark FROM object_category c
    JOIN target_object o ON o.id = c.target_object WHERE o.institution = {} AND c.ended_on IS NULL"""
TAGS = """SELECT c.target_object, t.word AS mark FROM object_tag c JOIN tag t ON t.id = c.tag
    JOIN target_object o ON o.id = c.target_object WHERE o.institution = {} AND c.ended_on IS NULL"""


async def known_objects(institution: int) -> Mapping[tuple[Kind, str], KnownObject]:
    """All objects of an institution by kind and name, without regard to case."""
    found = await rows(
        KnownObject,
        """SELECT o.id, o.unit, u.path, o.kind, o.name, o.description, o.vendor, o.variety, o.platform, o.release,
                  o.number, o.operating_stage, o.personal_data, o.provider_operated, o.responsible, o.administrator,
                  o.own_confidentiality, o.own_integrity, o.own_availability, o.version
           FROM target_object o JOIN unit u ON u.id = o.unit
           WHERE o.institution = {} AND o.ended_on IS NULL ORDER BY o.id DESC""",
        institution,
    )
    chosen, tagged = await _marks(CATEGORIES, institution), await _marks(TAGS, institution)
    nothing: frozenset[str] = frozenset()
    return {
        (one.kind, one.name.casefold()): msgspec.structs.replace(
            one, categories=frozenset(chosen.get(one.id, nothing)), tags=frozenset(tagged.get(one.id, nothing))
        )
        for one in found
    }


async def link_ends(institution: int) -> list[LinkEnd]:
    """All objects of an institution that a link may lead to or from."""
    return await rows(
        LinkEnd,
        """SELECT o.id, o.unit, u.path, o.short_id, o.kind, o.name FROM target_object o JOIN unit u ON u.id = o.unit
           WHERE o.institution = {} AND o.ended_on IS NULL ORDER BY o.id""",
        institution,
    )


async def known_links(institution: int) -> set[tuple[int, LinkKind, int]]:
    """The links that hold today."""
    found = await rows(
        _Link,
        """SELECT l.source, l.kind, l.target FROM object_link l JOIN target_object o ON o.id = l.source
           WHERE o.institution = {} AND l.ended_on IS NULL""",
        institution,
    )
    return {(one.source, one.kind, one.target) for one in found}


async def _marks(sql: str, institution: int) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for one in await rows(_Marked, sql, institution):
        found.setdefault(one.target_object, set()).add(one.mark)
    return found


async def known_devices(institution: int) -> Mapping[str, KnownDevice]:
    """All devices of an institution by inventory number."""
    found = await rows(
        KnownDevice,
        """SELECT d.id, d.unit, u.path, d.inventory_number, d.stage, d.name, d.serial, d.maker, d.model, d.category,
                  d.supplier, d.order_number, d.purchased_on, d.price_cents, d.warranty_until, d.end_of_life_on,
                  d.notes, d.version
           FROM device d JOIN unit u ON u.id = d.unit WHERE d.institution = {}""",
        institution,
    )
    return {one.inventory_number: one for one in found}


async def known_people(institution: int) -> list[KnownPerson]:
    """Everybody present in an institution; the machine itself is nobody to hand something to."""
    return await rows(
        KnownPerson,
        """SELECT p.id, p.name, p.login, p.email FROM person p JOIN unit u ON u.id = p.unit
           WHERE u.institution = {} AND p.left_on IS NULL AND p.name <> {} ORDER BY p.name, p.id""",
        institution,
        SYSTEM,
    )
