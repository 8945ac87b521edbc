"""Parts lists of applications (SBOM, CycloneDX): what they say, and what changed from one to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assets.rules.support_data import purl_base
from isms.rules.errors import Complaint, Incomplete
from isms.rules.texts import N_

MOST = 50_000
FILE = "file"
NO_LIST = N_("Das ist keine Stückliste im Format CycloneDX: „bomFormat“ oder der Namensraum fehlt oder heißt anders.")
NO_PARTS = N_("Die Stückliste nennt keine Bestandteile („components“).")
MANY = N_("Die Stückliste nennt mehr als {limit} Bestandteile.")


@dataclass(frozen=True)
class Part:
    """One component. `package` is its package URL without version, by which products are recognised."""

    name: str
    family: str = ""
    version: str = ""
    kind: str = ""
    licence: str = ""
    package: str = ""

    @property
    def title(self) -> str:
        return f"{self.family}/{self.name}" if self.family else self.name


@dataclass(frozen=True)
class PartsFile:
    """A parts list as a file: what it is about, and of when."""

    form: str
    about: str
    made_at: datetime | None
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class PartsChanges:
    """What a newer list says otherwise. A part with another version is changed: from which to which."""

    added: tuple[Part, ...]
    gone: tuple[Part, ...]
    changed: tuple[tuple[Part, str], ...]
    same: int


def parts_file(document: object) -> PartsFile:
    """A CycloneDX document of any version up to now, components of components included. Raises Incomplete."""
    if not isinstance(document, Mapping) or document.get("bomFormat") != "CycloneDX":
        raise Incomplete({FILE: NO_LIST})
    parts = tuple(dict.fromkeys(_parts(document.get("components"))))
    if not parts:
        raise Incomplete({FILE: NO_PARTS})
    about = _mapping(document, "metadata")
    subject = _mapping(about, "component")
    return PartsFile(
        form=f"CycloneDX {_text(document.get('specVersion'), 12)}".strip(),
        about=" ".join(filter(None, (_text(subject.get("name"), 200), _text(subject.get("version"), 40)))),
        made_at=_moment(about.get("timestamp")),
        parts=parts,
    )


def compared(before: Iterable[Part], after: Sequence[Part]) -> PartsChanges:
    """By family and name; parts that are in a list in several versions are compared version by version."""
    old, new = _by_name(before), _by_name(after)
    added = [part for name, parts in new.items() if name not in old for part in parts.values()]
    gone = [part for name, parts in old.items() if name not in new for part in parts.values()]
    changed: list[tuple[Part, str]] = []
    same = 0
    for name in new.keys() & old.keys():
        came, went = new[name].keys() - old[name].keys(), old[name].keys() - new[name].keys()
        same += len(new[name].keys() & old[name].keys())
        changed += [(new[name][version], ", ".join(sorted(went))) for version in sorted(came)]
        gone += [old[name][version] for version in sorted(went)] if not came else []
    changed.sort(key=lambda pair: _order(pair[0]))
    return PartsChanges(tuple(sorted(added, key=_order)), tuple(sorted(gone, key=_order)), tuple(changed), same)


def _order(part: Part) -> tuple[str, str, str]:
    return part.family, part.name, part.version


def _by_name(parts: Iterable[Part]) -> dict[tuple[str, str], dict[str, Part]]:
    found: dict[tuple[str, str], dict[str, Part]] = {}
    for part in parts:
        found.setdefault((part.family, part.name), {})[part.version] = part
    return found


def _parts(told: object) -> Iterator[Part]:
    """Level by level, no recursion, whatever comes."""
    ahead: list[Any] = list(told) if isinstance(told, list) else []
    count = 0
    while ahead:
        entry = ahead.pop(0) if len(ahead) < 64 else ahead.pop()
        if not isinstance(entry, Mapping):
            continue
        count += 1
        if count > MOST:
            raise Incomplete({FILE: Complaint(MANY, {"limit": MOST})})
        below = entry.get("components")
        ahead.extend(below if isinstance(below, list) else [])
        if name := _text(entry.get("name"), 250):
            yield Part(
                name=name,
                family=_text(entry.get("group"), 200),
                version=_text(entry.get("version"), 120),
                kind=_text(entry.get("type"), 40),
                licence=_licence(entry.get("licenses")),
                package=purl_base(_text(entry.get("purl"), 600)),
            )


def _licence(told: object) -> str:
    names: list[str] = []
    for one in told if isinstance(told, list) else []:
        if isinstance(one, Mapping):
            licence = _mapping(one, "license")
            names.append(_text(licence.get("id") or licence.get("name") or one.get("expression"), 120))
    return ", ".join(dict.fromkeys(name for name in names if name))[:250]


def _mapping(holder: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    told = holder.get(name)
    return told if isinstance(told, Mapping) else {}


def _moment(told: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(told).replace("Z", "+00:00"))
    except ValueError:
        return None
    return found if found.tzinfo and 1970 < found.year < 9000 else None


def _text(told: object, limit: int) -> str:
    return " ".join(told.replace("\0", " ").split())[:limit] if isinstance(told, str) else ""
