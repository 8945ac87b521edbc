"""Target objects as pages and commands see them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

import msgspec

from assets.rules.categories import CATEGORIES, Category, with_parents
from assets.rules.communication import Critical, critical_kinds
from assets.rules.facts import ObjectFacts
from assets.rules.kinds import INHERITING, Kind, OperatingStage, links_to
from assets.rules.lifecycle import IN_THE_HOUSE
from assets.rules.permissions import May
from assets.rules.protection import Goal, Protection, ProtectionNeed
from isms.db.fulltext import matching
from isms.db.reading import Row, one, rows
from isms.people import Actor
from isms.rules.texts import N_

MISSING = N_("Dieses Zielobjekt gibt es nicht, oder Sie dürfen es nicht sehen.")


class ObjectRow(Row):
    """A target object in a list. Until its need is `assessed`, here or by what relies on it, „normal“ is no finding."""

    id: int
    short_id: str
    kind: Kind
    name: str
    unit: int
    unit_name: str
    path: str
    operating_stage: OperatingStage
    number: int
    provider_operated: bool
    confidentiality: ProtectionNeed
    integrity: ProtectionNeed
    availability: ProtectionNeed
    assessed: bool
    responsible_name: str | None

    @property
    def key(self) -> str:
        return f"target_object:{self.id}"

    @property
    def needs(self) -> Protection:
        return Protection(self.confidentiality, self.integrity, self.availability)

    @property
    def label(self) -> str:
        return f"{self.short_id} {self.name}"


class ObjectDetail(ObjectRow):
    """A target object with all that is written about it. `categories` are the chosen ones; `counts_devices` says
    that `number` is how many of the office's devices stand behind it."""

    institution: int
    description: str
    vendor: str
    variety: str
    platform: str
    release: str
    administrator: int | None
    administrator_name: str | None
    critical: str
    responsible: int | None
    counts_devices: bool
    personal_data: bool
    own_confidentiality: ProtectionNeed | None
    own_integrity: ProtectionNeed | None
    own_availability: ProtectionNeed | None
    ended_on: date | None
    import_run: int | None
    version: int
    recorded_at: datetime
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def critical_kinds(self) -> list[Critical]:
        """Noted or from the need; only a communication link has any."""
        return critical_kinds(self.critical, self.needs) if self.kind is Kind.COMMUNICATION_LINK else []

    @property
    def is_assessed_itself(self) -> bool:
        """Somebody found what it needs itself, whatever it inherits."""
        return any(need is not None for need in self.own.values())

    @property
    def own(self) -> dict[Goal, ProtectionNeed | None]:
        found = (self.own_confidentiality, self.own_integrity, self.own_availability)
        return dict(zip(Goal, found, strict=True))

    @property
    def all_categories(self) -> list[Category]:
        """The chosen categories and what they are a kind of, by name."""
        return sorted((CATEGORIES[uuid] for uuid in with_parents(self.categories)), key=lambda found: found.name)

    @property
    def facts(self) -> ObjectFacts:
        return ObjectFacts(
            name=self.name,
            description=self.description,
            vendor=self.vendor,
            variety=self.variety,
            platform=self.platform,
            release=self.release,
            administrator=self.administrator,
            critical=self.critical,
            provider_operated=self.provider_operated,
            responsible=self.responsible,
            number=self.number,
            operating_stage=self.operating_stage,
            personal_data=self.personal_data,
        )


INHERITED = ", ".join(f"'{kind.value}'" for kind in INHERITING)
ASSESSED = f"""(coalesce(o.own_confidentiality, o.own_integrity, o.own_availability) IS NOT NULL OR EXISTS (SELECT 1
     FROM object_link l WHERE l.target = o.id AND l.ended_on IS NULL AND l.kind IN ({INHERITED})))"""
DEVICES = f"""(SELECT count(*) FROM device d WHERE d.it_system = o.id AND d.stage IN
    ({", ".join(f"'{stage.value}'" for stage in sorted(IN_THE_HOUSE))}))"""
ROW = f"""o.id, o.short_id, o.kind, o.name, o.unit, u.name AS unit_name, u.path, o.operating_stage,
    CASE WHEN o.counts_devices THEN {DEVICES} ELSE o.number END AS number, o.provider_operated,
    o.confidentiality, o.integrity, o.availability, r.name AS responsible_name, {ASSESSED} AS assessed"""
DETAIL = f"""{ROW}, o.institution, o.description, o.vendor, o.variety, o.platform, o.release, o.administrator,
    (SELECT name FROM person WHERE id = o.administrator) AS administrator_name, o.critical, o.responsible,
    o.counts_devices, o.personal_data, o.own_confidentiality, o.own_integrity, o.own_availability, o.ended_on,
    o.import_run, o.version, o.recorded_at"""
CATEGORIES_OF = "SELECT category AS word FROM object_category WHERE target_object = {} AND ended_on IS NULL ORDER BY 1"
TAGS_OF = """SELECT g.word FROM object_tag t JOIN tag g ON g.id = t.tag
    WHERE t.target_object = {} AND t.ended_on IS NULL ORDER BY g.folded"""
TABLES = "FROM target_object o JOIN unit u ON u.id = o.unit LEFT JOIN person r ON r.id = o.responsible"


async def target_object(id: int, *, seen_by: Actor) -> ObjectDetail:
    """Raises Missing for an object that is not there or out of reach."""
    where, args = seen_by.reach(May.VIEW_OBJECTS).where("u.path", own="o.responsible")
    found = await one(
        ObjectDetail, f"SELECT {DETAIL} {TABLES} WHERE o.id = {{}} AND {where}", id, *args, missing=MISSING
    )
    return await _with_words(found)


async def choices(
    words: str, *, seen_by: Actor, kind: Kind | None = None, kinds: Collection[Kind] = (), limit: int = 20
) -> list[ObjectRow]:
    """Objects for a search field, of one kind or some: what the words find, or the first ones."""
    where, args = seen_by.reach(May.VIEW_OBJECTS).where("u.path", own="o.responsible")
    found, words_args = matching("target_object", words, alias="o")
    wanted = ", ".join(f"'{one.value}'" for one in (*kinds, *([kind] if kind else ())))
    of_kind = f"o.kind IN ({wanted})" if wanted else "1 = 1"
    return await rows(
        ObjectRow,
        f"""SELECT {ROW} {TABLES} WHERE o.ended_on IS NULL AND {where} AND {of_kind} AND {found}
            ORDER BY o.short_id, o.id LIMIT {{}}""",
        *args,
        *words_args,
        limit,
    )


class _Word(Row):
    word: str


async def possible_sources(
    target: ObjectDetail, words: str, chosen: Collection[int], *, seen_by: Actor, limit: int = 60
) -> list[ObjectRow]:
    """Objects that could rely on this one and do not yet: what the words find, and those that are chosen already."""
    where, args = seen_by.reach(May.MODEL).where("u.path")
    found, words_args = matching("target_object", words, alias="o")
    kinds = ", ".join(f"'{kind.value}'" for kind in {kind for _, kind in links_to(target.kind)}) or "''"
    picked = ", ".join(str(int(id)) for id in chosen) or "0"
    return await rows(
        ObjectRow,
        f"""SELECT {ROW} {TABLES} WHERE o.institution = {{}} AND o.ended_on IS NULL AND o.id <> {{}} AND {where}
            AND o.kind IN ({kinds}) AND ({found} OR o.id IN ({picked})) AND NOT EXISTS (SELECT 1 FROM object_link l
                WHERE l.source = o.id AND l.target = {{}} AND l.ended_on IS NULL)
            ORDER BY CASE WHEN o.id IN ({picked}) THEN 0 ELSE 1 END, o.short_id, o.id LIMIT {{}}""",
        target.institution,
        target.id,
        *args,
        *words_args,
        target.id,
        limit,
    )


async def _with_words(found: ObjectDetail) -> ObjectDetail:
    """With its categories and its tags."""
    categories, tags = await rows(_Word, CATEGORIES_OF, found.id), await rows(_Word, TAGS_OF, found.id)
    return msgspec.structs.replace(
        found, categories=tuple(one.word for one in categories), tags=tuple(one.word for one in tags)
    )
