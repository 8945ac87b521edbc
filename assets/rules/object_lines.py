"""Lines of a list of applications and other target objects: what their columns are called and what they mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from assets.rules.categories import CATEGORIES, category_named
from assets.rules.cells import Unreadable, need_of, prose_of, text_of
from assets.rules.kinds import Kind
from assets.rules.protection import Goal, ProtectionNeed
from isms.rules.errors import Complaint, Incomplete
from isms.rules.terms import Term
from isms.rules.texts import N_

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "bezeichnung", "anwendung", "zielobjekt"),
    "kind": ("typ", "art", "kind", "type"),
    "category": ("zielobjektkategorie", "kategorie", "category", "target_object_category"),
    "description": ("beschreibung", "description", "zweck"),
    "vendor": ("hersteller_oder_traeger", "hersteller oder träger", "hersteller", "träger", "vendor"),
    "confidentiality": ("schutzbedarf_c", "vertraulichkeit", "confidentiality"),
    "integrity": ("schutzbedarf_i", "integrität", "integrity"),
    "availability": ("schutzbedarf_a", "verfügbarkeit", "availability"),
}
REQUIRED = ("name", "kind")

KINDS: Mapping[str, Kind] = {
    **{kind.label.casefold(): kind for kind in Kind},
    **{kind.value: kind for kind in Kind},
    "fachanwendung": Kind.APPLICATION,
    "dienst": Kind.APPLICATION,
    "externer dienst": Kind.APPLICATION,
    "fachverfahren": Kind.APPLICATION,
    "prozess": Kind.PROCESS,
    "fachaufgabe": Kind.PROCESS,
    "daten": Kind.INFORMATION,
    "informationen": Kind.INFORMATION,
    "it-system": Kind.IT_SYSTEM,
    "server": Kind.IT_SYSTEM,
    "client": Kind.IT_SYSTEM,
    "ics": Kind.ICS,
    "ics-system": Kind.ICS,
    "iot": Kind.IOT,
    "netzwerk": Kind.NETWORK,
    "verbindung": Kind.COMMUNICATION_LINK,
    "liegenschaft": Kind.SITE,
    "externer dienstleister": Kind.SERVICE_PROVIDER,
    "person": Kind.ROLE,
    "rolle": Kind.ROLE,
    "person/rolle": Kind.ROLE,
}


class ObjectField(Term):
    """What a list may say about an object beside its name and kind."""

    DESCRIPTION = "description", N_("Beschreibung")
    VENDOR = "vendor", N_("Hersteller oder Träger")
    CATEGORY = "category", N_("Zielobjektkategorie")
    NEEDS = "needs", N_("Schutzbedarf")


NO_NAME = N_("Der Name fehlt.")
NO_KIND = N_("Den Typ „{text}“ gibt es nicht. Möglich sind {kinds}.")
NO_CATEGORY = N_("Die Zielobjektkategorie „{text}“ gibt es in Grundschutz++ nicht.")

Value = TypeVar("Value")


@dataclass(frozen=True)
class ObjectLine:
    """One target object as a list describes it. A goal without an entry in `own` was not determined there."""

    name: str
    kind: Kind
    category: str | None
    description: str
    vendor: str
    own: Mapping[Goal, ProtectionNeed]


def object_line(cells: Mapping[str, str]) -> ObjectLine:
    """What a line says; `cells` go by the names of COLUMNS. Raises Incomplete with every complaint at once."""
    complaints: dict[str, Complaint | str] = {}

    def understood(read: Callable[[str], Value], column: str, instead: Value) -> Value:
        try:
            return read(cells.get(column, ""))
        except Unreadable as error:
            complaints[column] = error.complaint
            return instead

    needs = {goal: understood(need_of, goal.value, None) for goal in Goal}
    line = ObjectLine(
        name=understood(_name, "name", ""),
        kind=understood(_kind, "kind", Kind.APPLICATION),
        category=understood(_category, "category", None),
        description=understood(prose_of, "description", ""),
        vendor=understood(lambda cell: text_of(cell, 120), "vendor", ""),
        own={goal: need for goal, need in needs.items() if need is not None},
    )
    if complaints:
        raise Incomplete(complaints)
    return line


def _name(cell: str) -> str:
    name = text_of(cell, 120)
    if not name:
        raise Unreadable(NO_NAME)
    return name


def _kind(cell: str) -> Kind:
    words = " ".join(cell.split())
    if words.casefold() not in KINDS:
        raise Unreadable(NO_KIND, text=words[:40], kinds=tuple(Kind))
    return KINDS[words.casefold()]


def _category(cell: str) -> str | None:
    words = cell.strip()
    if not words:
        return None
    found = category_named(words) or CATEGORIES.get(words.lower())
    if found is None:
        raise Unreadable(NO_CATEGORY, text=words[:40])
    return found.uuid
