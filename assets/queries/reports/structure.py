"""The lists of the structure analysis (reference document A.1), kind by kind, as they stood at the end of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assets.queries.past import RESPONSIBLE_ON, WITHIN, day_ends
from assets.rules.communication import critical_kinds
from assets.rules.kinds import SYSTEMS, Kind, LinkKind, OperatingStage
from assets.rules.protection import Protection, ProtectionNeed
from isms.area import Column, Report
from isms.db.reading import Row, each, rows
from isms.rules.texts import N_


@dataclass(frozen=True)
class Way:
    """A column with what an object is linked to: `onward` from it, else to it."""

    name: str
    title: str
    kind: LinkKind
    onward: bool = True


@dataclass(frozen=True)
class StructureList:
    """One list: which kinds it holds, and what it says beyond what all say. Made into a report by `report`."""

    name: str
    title: str
    kinds: Sequence[Kind]
    fields: Sequence[Column]
    ways: Sequence[Way]

    @property
    def report(self) -> Report:
        linked = [Column(way.name, way.title) for way in self.ways]
        return Report(self.name, self.title, (*COMMON, *self.fields, *linked), self.rows)

    async def rows(self, scope: str, *, on: date) -> AsyncIterator[Sequence[object]]:
        """The objects of that day, by kind and short id."""
        linked = await _linked(scope, on)
        kinds = ", ".join(f"'{kind.value}'" for kind in self.kinds)
        sql = f"{OBJECTS} AND o.kind IN ({kinds}) ORDER BY o.short_id, o.id"
        async for line in each(_Line, sql, day_ends(on), day_ends(on), day_ends(on), on, scope, scope):
            near = linked[line.key]
            yield (
                *(_cell(line, column.name) for column in (*COMMON, *self.fields)),
                *(", ".join(near[way.kind, way.onward]) for way in self.ways),
            )


class _Line(Row):
    key: int
    short_id: str
    kind: Kind
    name: str
    description: str
    unit: str
    responsible: str | None
    administrator: str | None
    number: int
    operating_stage: OperatingStage
    personal_data: bool
    provider_operated: bool
    vendor: str
    variety: str
    platform: str
    release: str
    noted: str
    confidentiality: ProtectionNeed
    integrity: ProtectionNeed
    availability: ProtectionNeed

    @property
    def target_object(self) -> str:
        return f"target_object:{self.key}"

    @property
    def critical(self) -> str:
        found = critical_kinds(self.noted, Protection(self.confidentiality, self.integrity, self.availability))
        return ", ".join(kind.label for kind in found)


class _Link(Row):
    kind: LinkKind
    source: int
    source_label: str
    target: int
    target_label: str


OBJECTS = f"""SELECT o.id AS key, o.short_id, o.kind, o.name, o.description, u.name AS unit, r.name AS responsible,
        a.name AS administrator, o.number, o.operating_stage, o.personal_data, o.provider_operated, o.vendor,
        o.variety, o.platform, o.release, o.critical AS noted, e.confidentiality, e.integrity, e.availability
    FROM target_object o JOIN unit u ON u.id = o.unit {RESPONSIBLE_ON} LEFT JOIN person a ON a.id = o.administrator
    JOIN effective_need e ON e.id = (SELECT max(x.id) FROM effective_need x
        WHERE x.target_object = o.id AND x.recorded_at < {{}})
    WHERE o.recorded_at < {{}} AND (o.ended_on IS NULL OR o.ended_on > {{}}) AND {WITHIN}"""
NAMED = "CASE WHEN substr({unit}.path, 1, length({{}})) = {{}} THEN ' ' || {object}.name ELSE '' END"
LINKS = f"""SELECT l.kind, l.source, s.short_id || {NAMED.format(unit="u", object="s")} AS source_label,
        l.target, t.short_id || {NAMED.format(unit="w", object="t")} AS target_label
    FROM object_link l JOIN target_object s ON s.id = l.source JOIN target_object t ON t.id = l.target
    JOIN unit u ON u.id = s.unit JOIN unit w ON w.id = t.unit
    WHERE l.recorded_at < {{}} AND (l.ended_on IS NULL OR l.ended_on > {{}})
        AND (substr(u.path, 1, length({{}})) = {{}} OR substr(w.path, 1, length({{}})) = {{}})
    ORDER BY s.short_id, t.short_id, l.id"""

Near = Mapping[tuple[LinkKind, bool], list[str]]


async def _linked(scope: str, on: date) -> Mapping[int, Near]:
    """What each object was linked to that day; what lies outside of the scope keeps its name to itself."""
    near: dict[int, dict[tuple[LinkKind, bool], list[str]]] = defaultdict(lambda: defaultdict(list))
    for link in await rows(_Link, LINKS, *(scope,) * 4, day_ends(on), on, *(scope,) * 4):
        near[link.source][link.kind, True].append(link.target_label)
        near[link.target][link.kind, False].append(link.source_label)
    return near


def _cell(line: _Line, name: str) -> object:
    return getattr(line, name)


COMMON = (
    Column("target_object", N_("Schlüssel")),
    Column("short_id", N_("Kürzel")),
    Column("kind", N_("Art")),
    Column("name", N_("Name")),
    Column("description", N_("Beschreibung")),
    Column("unit", N_("Einheit")),
    Column("responsible", N_("Verantwortlich"), personal=True),
    Column("number", N_("Anzahl")),
    Column("operating_stage", N_("Betrieb")),
    Column("personal_data", N_("Personenbezogene Daten")),
)
VARIETY = Column("variety", N_("Typ"))
VENDOR = Column("vendor", N_("Hersteller oder Träger"))
ADMINISTRATOR = Column("administrator", N_("Administriert von"), personal=True)
PROVIDER = Column("provider_operated", N_("Vom Dienstleister betrieben"))
OPERATOR = Way("operator", N_("Betrieben von"), LinkKind.OPERATED_BY)
PLACE = Way("place", N_("Steht in"), LinkKind.LOCATED_IN)
USED_BY = Way("used_by", N_("Genutzt von"), LinkKind.USES, onward=False)
PROCESSES = Way("processes", N_("Verarbeitet"), LinkKind.PROCESSED_BY, onward=False)
NETWORK = Way("network", N_("Hängt an"), LinkKind.CONNECTED_TO)

LISTS = (
    StructureList(
        "a1_processes",
        N_("A.1 Geschäftsprozesse"),
        (Kind.PROCESS,),
        (VARIETY, PROVIDER),
        (
            Way("uses", N_("Nutzt"), LinkKind.USES),
            PROCESSES,
            Way("carried_out_by", N_("Ausgeführt von"), LinkKind.CARRIED_OUT_BY),
            OPERATOR,
        ),
    ),
    StructureList(
        "a1_information",
        N_("A.1 Informationen"),
        (Kind.INFORMATION,),
        (VARIETY,),
        (
            Way("processed_by", N_("Verarbeitet von"), LinkKind.PROCESSED_BY),
            Way("lies_in", N_("Liegt in"), LinkKind.LIES_IN),
        ),
    ),
    StructureList(
        "a1_applications",
        N_("A.1 Anwendungen"),
        (Kind.APPLICATION,),
        (VENDOR, Column("release", N_("Version")), ADMINISTRATOR, PROVIDER),
        (USED_BY, PROCESSES, Way("runs_on", N_("Läuft auf"), LinkKind.RUNS_ON), OPERATOR),
    ),
    StructureList(
        "a1_it_systems",
        N_("A.1 IT-Systeme, ICS und IoT"),
        SYSTEMS,
        (VARIETY, Column("platform", N_("Plattform oder Betriebssystem")), VENDOR, ADMINISTRATOR, PROVIDER),
        (Way("carries", N_("Trägt"), LinkKind.RUNS_ON, onward=False), PLACE, NETWORK, OPERATOR),
    ),
    StructureList(
        "a1_networks",
        N_("A.1 Netze"),
        (Kind.NETWORK,),
        (VARIETY, ADMINISTRATOR, PROVIDER),
        (Way("connects", N_("Verbindet"), LinkKind.CONNECTED_TO, onward=False), NETWORK, PLACE, OPERATOR),
    ),
    StructureList(
        "a1_communication_links",
        N_("A.1 Kommunikationsverbindungen"),
        (Kind.COMMUNICATION_LINK,),
        (VARIETY, Column("critical", N_("Kritisch, weil")), PROVIDER),
        (
            Way("from", N_("Von"), LinkKind.START_OF, onward=False),
            Way("to", N_("Nach"), LinkKind.END_OF, onward=False),
            USED_BY,
            OPERATOR,
        ),
    ),
    StructureList(
        "a1_rooms",
        N_("A.1 Räume, Gebäude und Standorte"),
        (Kind.ROOM, Kind.BUILDING, Kind.SITE),
        (VARIETY, PROVIDER),
        (
            Way("lies_in", N_("Liegt in"), LinkKind.LIES_IN),
            Way("houses", N_("Beherbergt"), LinkKind.LOCATED_IN, onward=False),
        ),
    ),
    StructureList(
        "a1_providers",
        N_("A.1 Dienstleister"),
        (Kind.SERVICE_PROVIDER,),
        (VARIETY,),
        (Way("operates", N_("Betreibt"), LinkKind.OPERATED_BY, onward=False),),
    ),
    StructureList(
        "a1_roles",
        N_("A.1 Personen und Rollen"),
        (Kind.ROLE,),
        (VARIETY,),
        (
            Way("works_with", N_("Arbeitet mit"), LinkKind.WORKS_WITH),
            Way("carries_out", N_("Führt aus"), LinkKind.CARRIED_OUT_BY, onward=False),
        ),
    ),
)
STRUCTURE = tuple(one.report for one in LISTS)
