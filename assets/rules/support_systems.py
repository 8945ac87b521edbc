"""Which release of an operating system a device runs, by what its agent says. Where that is unclear, nobody guesses."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assets.rules.support import UNKNOWN, Match, Release, decided, release_of


@dataclass(frozen=True)
class ReportedSystem:
    """An operating system in the words of an agent: „Fedora“, „Fedora 31 (Workstation Edition)“, „31“, „5.6.15“."""

    name: str = ""
    full_name: str = ""
    version: str = ""
    kernel: str = ""

    @property
    def words(self) -> str:
        return f"{self.name} {self.full_name}".casefold()

    @property
    def shown(self) -> str:
        """What people read as the reported system."""
        full = self.full_name or self.name
        more = [text for text in (self.version, self.kernel) if text and text not in full]
        return ", ".join([full, *more])[:250]


# The first that fits counts, so that „CentOS Stream“ stands before „CentOS“, and a server before a client.
SYSTEMS: Sequence[tuple[str, str]] = (
    ("windows-server", r"windows.*\bserver\b"),
    ("windows", r"\bwindows\b"),
    ("android", r"\bandroid\b"),
    ("ipados", r"\bipados\b"),
    ("ios", r"\b(?:iphone os|ios)\b(?! xe)"),
    ("macos", r"\b(?:macos|mac os x|os x)\b"),
    ("centos-stream", r"\bcentos stream\b"),
    ("centos", r"\bcentos\b"),
    ("rhel", r"\bred hat enterprise\b|\brhel\b"),
    ("rocky-linux", r"\brocky\b"),
    ("almalinux", r"\balma ?linux\b"),
    ("oracle-linux", r"\boracle linux\b"),
    ("fedora", r"\bfedora\b"),
    ("linuxmint", r"\blinux ?mint\b"),
    ("ubuntu", r"\bubuntu\b"),
    ("proxmox-ve", r"\bproxmox ve\b|\bproxmox virtual environment\b"),
    ("debian", r"\bdebian\b"),
    ("sles", r"\bsuse linux enterprise\b|\bsles\b"),
    ("opensuse", r"\bopensuse\b"),
    ("alpine-linux", r"\balpine\b"),
    ("vmware-esxi", r"\besxi?\b"),
    ("freebsd", r"\bfreebsd\b"),
    ("openbsd", r"\bopenbsd\b"),
    ("amazon-linux", r"\bamazon linux\b"),
    ("mageia", r"\bmageia\b"),
    ("steamos", r"\bsteamos\b"),
    ("routeros", r"\brouteros\b"),
    ("openwrt", r"\bopenwrt\b"),
    ("pan-os", r"\bpan-os\b"),
    ("fortios", r"\bfortios\b"),
    ("cisco-ios-xe", r"\bios xe\b"),
)
PRODUCTS: frozenset[str] = frozenset(name for name, _ in SYSTEMS)


def system_product(system: ReportedSystem) -> str:
    """The product that the words name, empty where none is known."""
    return next((name for name, words in SYSTEMS if re.search(words, system.words)), "")


def match_system(system: ReportedSystem, releases: Mapping[str, Sequence[Release]]) -> Match:
    """The release that a device runs; `releases` go by product (see `system_product`)."""
    product = system_product(system)
    offered = releases.get(product, ())
    if product == "windows":
        return _windows(system, offered)
    if product == "windows-server":
        return _windows_server(system, offered)
    return _by_version(product, system, offered) if product else UNKNOWN


def _by_version(product: str, system: ReportedSystem, offered: Sequence[Release]) -> Match:
    """Number behind the name, and the version itself: two that say different things leave it open."""
    words = dict(SYSTEMS)[product]
    told = [_behind(words, system.full_name), _behind(words, system.name)]
    if not re.search(r"\bapi \d+", system.words):  # then the version is the number of an interface, not of a release
        told.append(system.version)
    return decided(found for text in told if text and (found := release_of(text, offered)))


def _behind(words: str, text: str) -> str:
    """„Debian GNU/Linux 12 (bookworm)“ says 12."""
    found = re.search(rf"(?:{words})\D*(\d[\d.]*(?:[\s\-]*sp[\s\-]*\d+)?)", text, re.IGNORECASE)
    return found[1] if found else ""


BUILD = re.compile(r"\b(\d+\.\d+\.\d{4,5})\b")
EDITIONS: Sequence[tuple[str, str]] = (
    ("iot-lts", r"\biot\b"),
    ("e-lts", r"\blts[cb]\b|\blong.term.servicing"),
    ("w", r"\bpro(?:fessional|fessionnel)? (?:education|éducation|bildung)\b"),
    ("e", r"\b(?:enterprise|entreprise|unternehmen|education|éducation|bildung)\b"),
    ("w", r"\b(?:home|famille|pro|professional|professionnel|core)\b"),
)
MARKED = re.compile(r"-(iot-lts|e-lts|iot|e|w)$")


def _windows(system: ReportedSystem, offered: Sequence[Release]) -> Match:
    """The build says which release it is, the edition how long it is looked after."""
    built = _built(system, offered) or _named(system, offered)
    edition = next((mark for mark, words in EDITIONS if re.search(words, system.words)), "")
    fitting = [one for one in built if _mark(one) == edition] or [one for one in built if not _mark(one)]
    return decided(fitting or built)


def _built(system: ReportedSystem, offered: Sequence[Release]) -> list[Release]:
    found = BUILD.search(system.kernel) or BUILD.search(system.version)
    return [one for one in offered if found and one.latest == found[1]]


def _named(system: ReportedSystem, offered: Sequence[Release]) -> list[Release]:
    """Without a build: „Windows 11“ and „23H2“; older ones by „7“ or „8.1“."""
    number = re.search(r"windows (\d+(?:\.\d)?)", system.words)
    if not number:
        return []
    if number[1] in ("10", "11"):
        wanted = f"{number[1]}-{system.version.strip().casefold()}"
        return [one for one in offered if MARKED.sub("", one.cycle) == wanted]
    return [one for one in offered if one.cycle.partition("-")[0] == number[1]]


def _mark(release: Release) -> str:
    found = MARKED.search(release.cycle)
    return found[1] if found else ""


def _windows_server(system: ReportedSystem, offered: Sequence[Release]) -> Match:
    """The year in the name; the build where the name has none. Both together must not contradict each other."""
    year = re.search(r"server\D*(\d{4})(\s*r2)?", system.words)
    built = _built(system, offered)
    if not year:
        return decided(built)
    wanted = year[1] + ("-r2" if year[2] else "")
    named = [one for one in offered if re.sub(r"-sp\d$", "", one.cycle) == wanted]
    both = [one for one in named if one in built]
    return decided(both or (named if not built else [*named, *built]))
