"""What an inventory agent reports of a device: what we keep of it, how it is recognised, and what its facts mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from isms.rules.terms import Term
from isms.rules.texts import N_


class FactName(Term):
    """What is kept of a report. Each fact lives on its own, with its day."""

    HOSTNAME = "hostname", N_("Name im Netz")
    ASSET_TAG = "asset_tag", N_("Gemeldete Inventarnummer")
    SERIAL = "serial", N_("Seriennummer")
    UUID = "uuid", N_("Kennung des Geräts")
    AGENT_ID = "agent_id", N_("Kennung des Agenten")
    MAKER = "maker", N_("Hersteller")
    MODEL = "model", N_("Modell")
    CHASSIS = "chassis", N_("Bauform")
    SYSTEM = "system", N_("Betriebssystem")
    SYSTEM_FULL = "system_full", N_("Betriebssystem, ausführlich")
    SYSTEM_VERSION = "system_version", N_("Version")
    KERNEL = "kernel", N_("Build oder Kernel")
    ARCHITECTURE = "architecture", N_("Architektur")
    MEMORY = "memory", N_("Arbeitsspeicher in MB")
    FIRMWARE = "firmware", N_("Firmware")
    ENCRYPTION = "encryption", N_("Verschlüsselung der Datenträger")
    ENCRYPTION_KIND = "encryption_kind", N_("Art der Verschlüsselung")
    ANTIVIRUS = "antivirus", N_("Virenschutz")
    ANTIVIRUS_NAME = "antivirus_name", N_("Produkt des Virenschutzes")
    ANTIVIRUS_FRESH = "antivirus_fresh", N_("Virenschutz auf dem neuesten Stand")
    FIREWALL = "firewall", N_("Firewall")
    SECURE_BOOT = "secure_boot", N_("Secure Boot")
    DISKS = "disks", N_("Bestückung mit Datenträgern")


class State(Term):
    """What a protective fact says. Unknown is a value: a report came and did not say."""

    ON = "on", N_("ein")
    PARTLY = "partly", N_("teilweise")
    OFF = "off", N_("aus")
    UNKNOWN = "unknown", N_("nicht gemeldet")


PROTECTION: tuple[FactName, ...] = (
    FactName.ENCRYPTION,
    FactName.ANTIVIRUS,
    FactName.ANTIVIRUS_FRESH,
    FactName.FIREWALL,
    FactName.SECURE_BOOT,
)
"""Facts whose value is a State."""

IDENTIFYING: tuple[FactName, ...] = (FactName.ASSET_TAG, FactName.SERIAL, FactName.UUID, FactName.AGENT_ID)
"""By what a device is recognised, the surest first. Never by its network address: docks carry those around."""


@dataclass(frozen=True)
class Package:
    """A program as a report names it."""

    name: str
    version: str = ""
    publisher: str = ""


@dataclass(frozen=True)
class Disk:
    """A storage medium built into a device; capacity in MB."""

    name: str
    serial: str = ""
    maker: str = ""
    model: str = ""
    capacity_mb: int | None = None
    kind: str = ""
    interface: str = ""
    encrypted: State = State.UNKNOWN


@dataclass(frozen=True)
class Report:
    """A report without anything personal. Sections that it does not have are None: they say nothing."""

    agent_id: str
    itemtype: str
    agent: str
    partial: bool
    facts: Mapping[FactName, str]
    software: tuple[Package, ...] | None = None
    disks: tuple[Disk, ...] | None = None
    dropped: Mapping[str, int] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What people call the device before they have found it in the register."""
        return self.facts.get(FactName.HOSTNAME) or self.facts.get(FactName.MODEL) or self.agent_id

    @property
    def identities(self) -> list[tuple[FactName, str]]:
        return [(name, self.facts[name]) for name in IDENTIFYING if self.facts.get(name)]


JUNK = frozenset(
    {
        *("0", "none", "n/a", "na", "null", "unknown", "default", "default string", "invalid", "empty", "oem"),
        *("to be filled by o.e.m.", "to be filled by oem", "system serial number", "not specified", "not available"),
        *("not applicable", "no asset tag", "no asset information", "asset-1234567890", "chassis serial number"),
        *("123456789", "1234567890", "0123456789", "xxxxxxxxxx", "type1family", "system product name", "o.e.m."),
        *("release-keys", "test-keys", "dev-keys"),
    }
)
UNKNOWN_UUIDS = frozenset({"03000200-0400-0500-0006-000700080009", "12345678-1234-5678-90ab-cddeefaabbcc"})


def is_junk(identity: str) -> bool:
    """What makers leave in a field that should tell devices apart: it tells nothing."""
    plain = identity.strip().casefold()
    letters = set(plain.replace("-", "").replace(" ", "").replace(".", ""))
    return len(plain) < 2 or plain in JUNK or plain in UNKNOWN_UUIDS or len(letters) < 2


CATEGORIES: Sequence[tuple[str, tuple[str, ...]]] = (
    ("Notebook", ("laptop", "notebook", "portable", "convertible", "detachable", "sub notebook")),
    ("Tablet", ("tablet",)),
    ("Server", ("server", "rack", "blade", "main server")),
    ("PC", ("desktop", "tower", "all in one", "mini pc", "space-saving", "stick pc", "low profile")),
)
BY_ITEMTYPE: Mapping[str, str] = {
    "Phone": "Mobiltelefon",
    "Printer": "Drucker",
    "NetworkEquipment": "Netz",
    "Computer": "PC",
}


def category_of(report: Report) -> str:
    """The category of a device that nobody wrote down yet."""
    chassis = report.facts.get(FactName.CHASSIS, "").casefold()
    found = next((name for name, words in CATEGORIES if any(word in chassis for word in words)), "")
    return found or BY_ITEMTYPE.get(report.itemtype, "")


COMPUTERS = ("notebook", "laptop", "pc", "server", "tablet", "arbeitsplatz", "desktop", "rechner", "computer", "thin")
HANDHELD = ("mobiltelefon", "smartphone", "handy", "telefon", "phone")


def stores_data(category: str) -> bool:
    """Whether devices of a category run a system and hold data: by the words offices use for them."""
    words = category.casefold()
    return any(word in words for word in (*COMPUTERS, *HANDHELD))


def is_computer(category: str) -> bool:
    words = category.casefold()
    return any(word in words for word in COMPUTERS)


SUFFIXES = ("inc", "incorporated", "corp", "corporation", "gmbh", "ag", "se", "co", "ltd", "limited", "kg", "company")


def same(field_name: FactName, written: str, reported: str) -> bool:
    """Whether two values mean the same: „Dell“ and „Dell Inc.“ do, and a model that only says more does."""
    ours, theirs = _words(written), _words(reported)
    if field_name is FactName.SERIAL or field_name is FactName.ASSET_TAG:
        return "".join(ours) == "".join(theirs)
    if field_name is FactName.MAKER:
        ours, theirs = ([w for w in words if w not in SUFFIXES] for words in (ours, theirs))
    shorter, longer = sorted((" ".join(ours), " ".join(theirs)), key=len)
    return bool(shorter) and shorter in longer


def _words(text: str) -> list[str]:
    plain = "".join(letter if letter.isalnum() else " " for letter in text.casefold())
    return plain.split()
