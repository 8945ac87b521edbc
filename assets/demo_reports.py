"""What the demo office's devices report of themselves: fictional machines with real systems, and an agents' access."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assets.commands.agent_tokens import make_token
from assets.commands.inventory import take_agents_report
from assets.commands.inventory_writing import How
from assets.queries.agent_tokens import pass_of
from assets.queries.inventory_view import Arrived
from assets.rules.inventory_door import at_the_door
from assets.rules.inventory_reading import report_of
from assets.rules.permissions import May
from isms.area import DemoOffice
from isms.commands.founding import system
from isms.people import Actor, unit

WINDOWS = {"name": "Windows"}
SYSTEMS: Mapping[str, Mapping[str, str]] = {
    "11": WINDOWS | {"full_name": "Microsoft Windows 11 Enterprise", "version": "24H2", "kernel_version": "10.0.26100"},
    "11 pro": WINDOWS | {"full_name": "Microsoft Windows 11 Pro", "version": "25H2", "kernel_version": "10.0.26200"},
    "10": WINDOWS | {"full_name": "Microsoft Windows 10 Pro", "version": "22H2", "kernel_version": "10.0.19045"},
    "debian": {"name": "Debian GNU/Linux", "full_name": "Debian GNU/Linux 12 (bookworm)", "version": "12.11"},
    "ubuntu": {"name": "Ubuntu", "full_name": "Ubuntu 24.04.3 LTS", "version": "24.04.3 LTS"},
}
LAPTOP, DESKTOP, SERVER = "Laptop", "Desktop", "Main Server Chassis"

# inventory number, form, system, encrypted, virus protection on (None: not told), model as reported
MACHINES: Sequence[tuple[str, str, str, str, bool | None, str]] = (
    ("NB-0001", LAPTOP, "11", "Yes", True, "Reise 14"),
    ("NB-0002", LAPTOP, "11", "Yes", True, "Reise 14"),
    ("NB-0004", LAPTOP, "11 pro", "Yes", True, "Reise 14 G2"),
    ("NB-0005", LAPTOP, "11", "No", True, "Sturm 15"),
    ("PC-0011", DESKTOP, "10", "No", True, "Ruhe 5"),
    ("PC-0012", DESKTOP, "11", "Yes", False, "Ruhe 5"),
    ("SV-0031", SERVER, "debian", "Yes", None, "Anker 2"),
    ("SV-0032", SERVER, "ubuntu", "Yes", None, "Anker 2"),
)
PROGRAMS = ("LibreOffice 25.8.1", "7-Zip 25.01", "Meldewerk-Klient 7.4", "Firefox ESR 140.2")


async def reports(office: DemoOffice, it: Actor) -> None:
    """Each machine reports once, as its agent would."""
    place = await unit(office.units["amt"], seen_by=it, asks=May.KEEP_AGENTS)
    known = await pass_of(await make_token("Agenten der Verwaltung", unit=place, takes_in=False, by=it))
    house = await system(on=office.on)
    how = How(place, takes_in=False, token=known.id if known else None)
    for machine in MACHINES:
        arrived = Arrived(report_of(at_the_door(_report(*machine))), machine[0].rjust(64, "0"))
        await take_agents_report(arrived, how, by=house, on=office.on)


def _report(*told: Any) -> dict[str, Any]:
    number, chassis, runs, encrypted, guarded, model = told
    programs = [dict(zip(("name", "version"), one.rsplit(" ", 1), strict=True)) for one in PROGRAMS]
    guards = [] if guarded is None else [{"name": "Wachturm", "enabled": guarded, "uptodate": guarded}]
    return {
        "action": "inventory",
        "deviceid": f"{number.lower()}-2026-01-05-08-00-00",
        "itemtype": "Computer",
        "content": {
            "versionclient": "GLPI-Agent_v1.15",
            "bios": {"assettag": number, "smanufacturer": "Nordwind", "smodel": model, "secure_boot": "enabled"},
            "hardware": {"name": number, "chassis_type": chassis, "memory": 16_384},
            "operatingsystem": dict(SYSTEMS[runs]),
            "drives": [{"letter": "C:", "type": "Local Disk", "encrypt_status": encrypted, "encrypt_name": "Tresor"}],
            "antivirus": guards,
            "firewalls": [{"status": "on"}],
            "softwares": programs,
            "users": [{"login": "imke.brodersen"}],
        },
    }
