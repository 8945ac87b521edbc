"""A structure large enough to show whether a plan is still readable: put into the database as it is."""

from datetime import UTC, datetime, timedelta
from typing import Any

from assets.queries.structure import structure
from assets.rules.kinds import Kind, LinkKind
from assets.rules.protection import Goal, ProtectionNeed
from assets.tables import EffectiveNeed, ObjectLink, TargetObject
from tests.office import TODAY, Office

BEFORE = datetime.now(UTC) - timedelta(hours=2)
NAMES = {
    Kind.PROCESS: (
        "Meldungen bearbeiten",
        "Einschulungsuntersuchungen",
        "Beratung am Telefon",
        "Trinkwasser überwachen",
    ),
    Kind.APPLICATION: ("Meldewerk", "Schuleingangsakte", "Terminlotse", "Laborbefunde und Kontaktpersonen"),
    Kind.IT_SYSTEM: ("Notebooks im Außendienst", "Arbeitsplätze", "Datenbankserver", "Drucker im Flur", "Firewall"),
    Kind.NETWORK: ("Hausnetz", "Servernetz", "Gäste-WLAN", "Außenstelle Hafenstraße", "Verwaltungsnetz"),
    Kind.ROOM: ("Serverraum im Keller", "Büros im Erdgeschoss", "Empfang", "Untersuchungszimmer"),
    Kind.BUILDING: ("Haupthaus", "Hafenstraße"),
    Kind.COMMUNICATION_LINK: ("VPN zum Rechenzentrum", "Übermittlung an das Landesamt"),
}
SHARES = {
    Kind.PROCESS: 0.08,
    Kind.APPLICATION: 0.2,
    Kind.IT_SYSTEM: 0.5,
    Kind.NETWORK: 0.03,
    Kind.ROOM: 0.14,
    Kind.BUILDING: 0.01,
    Kind.COMMUNICATION_LINK: 0.04,
}


async def a_large_structure(office: Office, count: int = 300) -> dict[Kind, list[int]]:
    """So many objects and about twice as many links; the same for the same count."""
    made = {
        kind: [await _object(office, kind, n) for n in range(max(1, round(count * s)))] for kind, s in SHARES.items()
    }
    links = [*_upper(made), *_lower(made)]
    rows = [ObjectLink(source=a, kind=kind, target=b, starts_on=TODAY, recorded_at=BEFORE) for a, kind, b in links]
    await ObjectLink.insert(*rows)
    await _inherit(office)
    return made


async def _object(office: Office, kind: Kind, number: int) -> int:
    names = NAMES[kind]
    own = ProtectionNeed(number % 7 // 3 + 1) if kind is Kind.PROCESS else None
    row = TargetObject(
        short_id=f"{kind.prefix}-{number + 1:03d}",
        unit=office.unit.id,
        institution=office.unit.id,
        kind=kind,
        name=f"{names[number % len(names)]} {number // len(names) + 1}",
        number=number % 5 * 6 + 1 if kind is Kind.IT_SYSTEM else 1,
        own_confidentiality=own,
        own_integrity=ProtectionNeed(number % 2 + 1) if own else None,
        own_availability=own,
        recorded_at=BEFORE,
    )
    await row.save()
    return int(row.id)


async def _inherit(office: Office) -> None:
    found, _ = await structure(office.unit.id)
    for id, need in found.inherit().items():
        needs: dict[Any, Any] = {goal.value: need[goal] for goal in Goal}
        await TargetObject.update(needs).where(TargetObject.id == id)
        await EffectiveNeed.insert(EffectiveNeed(target_object=id, recorded_at=BEFORE, **needs))


def _upper(made: dict[Kind, list[int]]) -> list[tuple[int, LinkKind, int]]:
    processes, applications, systems = made[Kind.PROCESS], made[Kind.APPLICATION], made[Kind.IT_SYSTEM]
    uses = [
        (one, LinkKind.USES, applications[(number * 3 + step * step) % len(applications)])
        for number, one in enumerate(processes)
        for step in range(4)
    ]
    runs = [
        (one, LinkKind.RUNS_ON, systems[(number * 2 + step * 5) % len(systems)])
        for number, one in enumerate(applications)
        for step in range(3)
    ]
    return list(dict.fromkeys([*uses, *runs]))


def _lower(made: dict[Kind, list[int]]) -> list[tuple[int, LinkKind, int]]:
    systems, networks, rooms = made[Kind.IT_SYSTEM], made[Kind.NETWORK], made[Kind.ROOM]
    hang = [(one, LinkKind.CONNECTED_TO, networks[n * n % len(networks)]) for n, one in enumerate(systems)]
    also = [(one, LinkKind.CONNECTED_TO, networks[(n + 1) % len(networks)]) for n, one in enumerate(systems[::12])]
    stand = [(one, LinkKind.LOCATED_IN, rooms[n // 4 % len(rooms)]) for n, one in enumerate(systems)]
    chain = [(one, LinkKind.CONNECTED_TO, networks[0]) for one in networks[1:]]
    lie = [(one, LinkKind.LIES_IN, made[Kind.BUILDING][n % len(made[Kind.BUILDING])]) for n, one in enumerate(rooms)]
    ends = [
        (systems[n * 7 + end], kind, one)
        for n, one in enumerate(made[Kind.COMMUNICATION_LINK])
        for end, kind in enumerate((LinkKind.START_OF, LinkKind.END_OF))
    ]
    return list(dict.fromkeys([*hang, *also, *stand, *chain, *lie, *ends]))
