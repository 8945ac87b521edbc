"""The door for inventory reports: an agent's JSON comes in, what is personal stays outside and is named.

Only what is listed here passes, so that nothing unknown does; a report that went through the door goes through again
unchanged. The members are those of the inventory format that GLPI's agent writes (schema of 2022, draft-07).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

DROPPED = "dropped"
"""The member in which a report remembers what was left at the door."""

PERSONAL: frozenset[str] = frozenset(
    {
        *("users", "user", "username", "userid", "login", "logon", "owner", "lastloggeduser", "datelastloggeduser"),
        *("local_users", "local_groups", "processes", "envs", "accesslog", "remote_mgmt", "ssh_key", "hostid"),
        *("winprodkey", "winprodid", "winowner", "wincompany", "licenseinfos", "simcards", "subscriber_id"),
        *("phone_number", "userdomain", "workgroup", "fqdn", "dns_domain", "ipaddress", "ipaddress6", "wifi_ssid"),
        *(
            "monitors",
            "wifi_bssid",
            "mac",
            "email",
            "contact",
            "networks",
            "folder",
            "uninstall_string",
            "versionprovider",
        ),
    }
)
"""Members that tell of people, or that they can be followed by, wherever they stand. The monitor that a notebook hangs
on tells at which desk somebody sat that day."""

ITEM: Mapping[str, frozenset[str]] = {
    "bios": frozenset({"smanufacturer", "smodel", "ssn", "mmanufacturer", "mmodel", "assettag", "secure_boot"}),
    "hardware": frozenset({"name", "uuid", "chassis_type", "memory", "vmsystem"}),
    "operatingsystem": frozenset({"name", "full_name", "version", "kernel_version", "arch"}),
    "network_device": frozenset({"type", "name", "manufacturer", "model", "serial", "firmware"}),
}
LIST: Mapping[str, frozenset[str]] = {
    "drives": frozenset({"letter", "type", "filesystem", "systemdrive", "encrypt_status", "encrypt_name"}),
    "storages": frozenset(
        {"name", "model", "manufacturer", "serial", "disksize", "interface", "type", "encrypt_status", "encrypt_name"}
    ),
    "antivirus": frozenset({"name", "version", "enabled", "uptodate"}),
    "firewalls": frozenset({"status", "profile"}),
    "softwares": frozenset({"name", "version", "publisher"}),
}
ENVELOPE = frozenset({"action", "deviceid", "itemtype", "partial"})
MOUNTS = frozenset({"/", "/boot", "/boot/efi", "local disk", "removable disk", "network drive", "cd-rom disc"})
"""What may be kept of where a drive hangs: other places may be named after people."""
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
LONGEST = 4_000
MOST_ITEMS = 20_000


def at_the_door(document: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a report. Nothing is checked here: wrong types go through and are judged by who reads them."""
    content = document.get("content")
    kept = {name: document[name] for name in ENVELOPE if name in document}
    return {
        **kept,
        "content": _content(content) if isinstance(content, Mapping) else content,
        DROPPED: dropped(document),
    }


def dropped(document: Mapping[str, Any]) -> dict[str, int]:
    """Which personal members a report had, by where they stood („hardware.lastloggeduser“), and how often."""
    before = document.get(DROPPED)
    told = (
        {str(name)[:120]: number for name, number in before.items() if isinstance(number, int)}
        if (isinstance(before, Mapping))
        else {}
    )
    content = document.get("content")
    found = Counter(_personal(content)) if isinstance(content, Mapping) else Counter()
    return {name: told.get(name, 0) + found.get(name, 0) for name in sorted({*told, *found})[:200]}


def _content(content: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {"versionclient": content["versionclient"]} if "versionclient" in content else {}
    for name, members in ITEM.items():
        if isinstance(section := content.get(name), Mapping):
            kept[name] = _only(section, members)
    for name, members in LIST.items():
        if isinstance(items := content.get(name), list):
            kept[name] = _items(items, members)
    return kept


def _items(items: list[Any], members: frozenset[str]) -> list[dict[str, Any]]:
    return [_only(item, members) for item in items[:MOST_ITEMS] if isinstance(item, Mapping)]


def _only(section: Mapping[str, Any], members: frozenset[str]) -> dict[str, Any]:
    kept = {name: _plain(section[name]) for name in members if name in section}
    if "filesystem" in members and str(kept.get("type", "/")).casefold() not in MOUNTS:
        kept["type"] = "…"
    return kept


def _plain(value: Any) -> Any:
    """Texts and numbers; whatever holds more is not what stands there in any real report."""
    if isinstance(value, str):
        return value[:LONGEST]
    return value if isinstance(value, bool | int | float) else None


def _personal(content: Mapping[str, Any]) -> Iterator[str]:
    """The paths of personal members, list places left out, no recursion whatever comes."""
    ahead: list[tuple[str, Any]] = [("", content)]
    while ahead:
        path, node = ahead.pop()
        if isinstance(node, list):
            ahead.extend((path, item) for item in node if isinstance(item, Mapping | list))
            continue
        for name, value in node.items():
            below = f"{path}.{_named(name)}" if path else _named(name)
            if _named(name) in PERSONAL:
                yield below[:120]
            elif isinstance(value, Mapping | list):
                ahead.append((below, value))


def _named(name: object) -> str:
    """Names of the format only: somebody else's could tell of people themselves."""
    plain = str(name).casefold()
    return plain if NAME.fullmatch(plain) else "…"
