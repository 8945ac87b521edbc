"""Reading a report that came through the door: its facts, programs and disks. Nonsense is left out, not believed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from assets.rules.inventory import Disk, FactName, Package, Report, State, is_junk
from assets.rules.inventory_door import DROPPED
from isms.rules.errors import Complaint, Incomplete
from isms.rules.texts import N_

ITEMTYPES = ("Computer", "Phone", "NetworkEquipment", "Printer", "Unmanaged")
ACTIONS = ("inventory", "netinventory")
FILE = "file"

NO_REPORT = N_("Das ist keine Meldung eines Inventar-Agenten: Es fehlt „content“.")
NO_DEVICE = N_("In der Meldung fehlt die Angabe „deviceid“. An ihr wird der Agent wiedererkannt.")
OTHER_ACTION = N_("Die Meldung hat die Aktion „{action}“. Eingelesen werden Inventare.")


def report_of(kept: Mapping[str, Any]) -> Report:
    """The report behind what was kept at the door. Raises Incomplete where it is none."""
    content = kept.get("content")
    if not isinstance(content, Mapping):
        raise Incomplete({FILE: NO_REPORT})
    agent_id = _text(kept.get("deviceid"))
    if not agent_id:
        raise Incomplete({FILE: NO_DEVICE})
    action = _text(kept.get("action")) or "inventory"
    if action not in ACTIONS:
        raise Incomplete({FILE: Complaint(OTHER_ACTION, {"action": action[:40]})})
    itemtype = _text(kept.get("itemtype"))
    partial = kept.get("partial") is True
    return Report(
        agent_id=agent_id,
        itemtype=itemtype if itemtype in ITEMTYPES else "Computer",
        agent=_text(content.get("versionclient"), 120),
        partial=partial,
        facts=_facts(content, agent_id, partial),
        software=_software(content.get("softwares")),
        disks=_disks(content.get("storages")),
        dropped=kept.get(DROPPED) or {},
    )


def _facts(content: Mapping[str, Any], agent_id: str, partial: bool) -> dict[FactName, str]:
    bios, hardware = _section(content, "bios"), _section(content, "hardware")
    system, net = _section(content, "operatingsystem"), _section(content, "network_device")
    told: dict[FactName, str] = {
        FactName.AGENT_ID: agent_id,
        FactName.HOSTNAME: _text(hardware.get("name")) or _text(net.get("name")),
        FactName.ASSET_TAG: _identity(bios.get("assettag")),
        FactName.SERIAL: _identity(bios.get("ssn")) or _identity(net.get("serial")),
        FactName.UUID: _identity(hardware.get("uuid")).upper(),
        FactName.MAKER: _text(bios.get("smanufacturer") or net.get("manufacturer") or bios.get("mmanufacturer"), 120),
        FactName.MODEL: _text(bios.get("smodel") or net.get("model") or bios.get("mmodel")),
        FactName.CHASSIS: _text(hardware.get("chassis_type"), 80),
        FactName.SYSTEM: _text(system.get("name")),
        FactName.SYSTEM_FULL: _text(system.get("full_name")),
        FactName.SYSTEM_VERSION: _text(system.get("version")),
        FactName.KERNEL: _text(system.get("kernel_version")),
        FactName.ARCHITECTURE: _text(system.get("arch"), 80),
        FactName.MEMORY: _number(hardware.get("memory")),
        FactName.FIRMWARE: _text(net.get("firmware")),
        FactName.DISKS: _fingerprint(_disks(content.get("storages"))),
    }
    told |= _protection(content, is_whole=not partial and bool(system))
    return {name: value for name, value in told.items() if value}


def _protection(content: Mapping[str, Any], *, is_whole: bool) -> dict[FactName, str]:
    """Encryption, virus protection, firewall, secure boot. A whole report that does not mention one of them leaves it
    unknown: what was true some time ago is no proof of today."""
    found: dict[FactName, str] = {}
    drives, guards = _list(content.get("drives")), _list(content.get("antivirus"))
    storages, walls = _list(content.get("storages")), _list(content.get("firewalls"))
    if drives or any("encrypt_status" in one for one in storages):
        found[FactName.ENCRYPTION] = encryption(drives, storages).value
        kinds = dict.fromkeys(_text(one.get("encrypt_name"), 60) for one in (*drives, *storages))
        found[FactName.ENCRYPTION_KIND] = ", ".join(kind for kind in kinds if kind)[:250]
    if guards:
        found[FactName.ANTIVIRUS] = _any(guards, "enabled").value
        found[FactName.ANTIVIRUS_FRESH] = _any(guards, "uptodate").value
        found[FactName.ANTIVIRUS_NAME] = ", ".join(name for one in guards if (name := _text(one.get("name"), 80)))[:250]
    if walls:
        found[FactName.FIREWALL] = _all(_truth(one.get("status")) for one in walls).value
    boot = {"enabled": State.ON, "disabled": State.OFF, "unsupported": State.OFF}
    if told := boot.get(_text(_section(content, "bios").get("secure_boot")).casefold()):
        found[FactName.SECURE_BOOT] = told.value
    if is_whole:
        asked = (FactName.ENCRYPTION, FactName.ANTIVIRUS, FactName.FIREWALL, FactName.SECURE_BOOT)
        found = {**{name: State.UNKNOWN.value for name in asked}, **found}
    return found


def encryption(drives: Sequence[Mapping[str, Any]], storages: Sequence[Mapping[str, Any]]) -> State:
    """Whether what is built in is encrypted: on where all of it says so, starting partitions aside; partly where some
    does; off where some says no and none yes; unknown where none says anything."""
    ours = [one for one in drives if _is_built_in(one)]
    told = [_truth(one.get("encrypt_status")) for one in (*ours, *(one for one in storages if "encrypt_status" in one))]
    if State.ON not in told and State.PARTLY not in told:
        return State.OFF if State.OFF in told else State.UNKNOWN
    return State.ON if all(one is State.ON for one in told) else State.PARTLY


STARTING = ("/boot", "/boot/efi")
FOREIGN = ("removable disk", "network drive", "cd-rom disc")
NO_PLACE = ("iso9660", "squashfs", "tmpfs", "vfat", "fat32", "swap")


def _is_built_in(drive: Mapping[str, Any]) -> bool:
    kind, filesystem = _text(drive.get("type")).casefold(), _text(drive.get("filesystem")).casefold()
    return kind not in (*STARTING, *FOREIGN) and filesystem not in NO_PLACE


WORDS: Mapping[str, State] = {
    **dict.fromkeys(("yes", "true", "1", "on", "enabled", "encrypted", "fullyencrypted"), State.ON),
    **dict.fromkeys(("no", "false", "0", "off", "disabled", "decrypted", "fullydecrypted"), State.OFF),
    **dict.fromkeys(("partially", "partial"), State.PARTLY),
}


def _truth(value: object) -> State:
    if isinstance(value, bool | int) and value in (0, 1):
        return State.ON if value else State.OFF
    return WORDS.get(str(value).strip().casefold(), State.UNKNOWN)


def _any(items: Iterable[Mapping[str, Any]], member: str) -> State:
    """One that is on protects; one that is off says so only where none is on."""
    told = [_truth(one.get(member)) for one in items]
    return next((state for state in (State.ON, State.OFF) if state in told), State.UNKNOWN)


def _all(told: Iterable[State]) -> State:
    states = set(told)
    if states == {State.ON}:
        return State.ON
    return State.PARTLY if State.ON in states else State.OFF if State.OFF in states else State.UNKNOWN


def _software(told: object) -> tuple[Package, ...] | None:
    if not isinstance(told, list):
        return None
    found = (
        Package(name, _text(one.get("version"), 120), _text(one.get("publisher"), 160))
        for one in _list(told)
        if (name := _text(one.get("name")))
    )
    return tuple(dict.fromkeys(found))


def _disks(told: object) -> tuple[Disk, ...] | None:
    if not isinstance(told, list):
        return None
    return tuple(
        Disk(
            name=_text(one.get("name"), 80),
            serial=_identity(one.get("serial"))[:80],
            maker=_text(one.get("manufacturer"), 120),
            model=_text(one.get("model")),
            capacity_mb=int(size) if (size := _number(one.get("disksize"))) else None,
            kind=_text(one.get("type"), 80),
            interface=_text(one.get("interface"), 80),
            encrypted=_truth(one.get("encrypt_status")),
        )
        for one in _list(told)
        if one
    )


def _identity(value: object) -> str:
    text = _text(value)
    return "" if is_junk(text) else text


def _fingerprint(disks: tuple[Disk, ...] | None) -> str:
    """The same as long as the same disks are built in."""
    return sha256(repr(sorted(map(repr, disks))).encode()).hexdigest()[:32] if disks else ""


def _section(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    section = content.get(name)
    return section if isinstance(section, Mapping) else {}


def _list(told: object) -> Sequence[Mapping[str, Any]]:
    return [one for one in told if isinstance(one, Mapping)] if isinstance(told, list) else []


def _text(value: object, limit: int = 250) -> str:
    """A short text on one line; numbers count as texts, everything else says nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join(str(value).replace("\0", " ").split())[:limit]


def _number(value: object) -> str:
    """A whole number of a sensible size, as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return ""
    try:
        number = int(float(value))
    except (ValueError, OverflowError):
        return ""
    return str(number) if 0 < number < 2**40 else ""
