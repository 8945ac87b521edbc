"""Lines of a list of applications and other target objects: what their columns are called and what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from assets.rules.categories import CATEGORIES, category_named
from assets.rules.cells import Unreadable, need_of, prose_of, text_of
from assets.rules.kinds import Kind, OperatingStage
from assets.rules.protection import Goal, ProtectionNeed
from assets.rules.tags import tags_of
from isms.rules.errors import Complaint, Incomplete
from isms.rules.terms import Term
from isms.rules.texts import N_

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
    VARIETY = "variety", N_("Art")
    PLATFORM = "platform", N_("Plattform oder Betriebssystem")
    RELEASE = "release", N_("Version")
    NUMBER = "number", N_("Anzahl")
    OPERATING_STAGE = "operating_stage", N_("Betriebsstand")
    PERSONAL_DATA = "personal_data", N_("Personenbezogene Daten")
    PROVIDER_OPERATED = "provider_operated", N_("Wird von einem Dienstleister betrieben")
    RESPONSIBLE = "responsible", N_("Zuständig")
    ADMINISTRATOR = "administrator", N_("Administriert von")
    CATEGORY = "category", N_("Zielobjektkategorie")
    TAGS = "tags", N_("Schlagwörter")
    NEEDS = "needs", N_("Schutzbedarf")


PEOPLE = (ObjectField.RESPONSIBLE, ObjectField.ADMINISTRATOR)
LABELS: Mapping[str, str] = {
    **{field.value: field.label for field in ObjectField if field is not ObjectField.NEEDS},
    "name": N_("Name"),
    "kind": N_("Typ"),
    "confidentiality": N_("Schutzbedarf Vertraulichkeit"),
    "integrity": N_("Schutzbedarf Integrität"),
    "availability": N_("Schutzbedarf Verfügbarkeit"),
}
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "bezeichnung", "anwendung", "zielobjekt"),
    "kind": ("typ", "art", "kind", "type"),
    "category": ("zielobjektkategorie", "kategorie", "category", "target_object_category"),
    "description": ("beschreibung", "description", "zweck"),
    "vendor": ("hersteller_oder_traeger", "hersteller oder träger", "hersteller", "träger", "vendor"),
    "variety": ("unterart", "ausprägung", "anschrift", "leistung", "variety"),
    "platform": ("plattform", "betriebssystem", "platform", "operating system", "os"),
    "release": ("version", "release", "fassung"),
    "number": ("anzahl", "menge", "stück", "number", "count", "qty", "quantity"),
    "operating_stage": ("betriebsstand", "status", "stand", "operating stage"),
    "personal_data": ("personenbezogene daten", "personenbezug", "personal data"),
    "provider_operated": ("dienstleisterbetrieb", "extern betrieben", "provider operated"),
    "responsible": ("zuständig", "verantwortlich", "verantwortliche", "responsible"),
    "administrator": ("administrator", "administriert von", "administration"),
    "tags": ("schlagwörter", "schlagworte", "tags", "etiketten"),
    "confidentiality": ("schutzbedarf_c", "vertraulichkeit", "confidentiality", "schutzbedarf vertraulichkeit"),
    "integrity": ("schutzbedarf_i", "integrität", "integrity", "schutzbedarf integrität"),
    "availability": ("schutzbedarf_a", "verfügbarkeit", "availability", "schutzbedarf verfügbarkeit"),
}
REQUIRED = ("name", "kind")

NO_NAME = N_("Der Name fehlt.")
NO_KIND = N_("Den Typ „{text}“ gibt es nicht. Möglich sind {kinds}.")
NO_CATEGORY = N_("Die Zielobjektkategorie „{text}“ gibt es in Grundschutz++ nicht.")
NO_STAGE = N_("Den Betriebsstand „{text}“ gibt es nicht. Möglich sind {stages}.")
NO_FLAG = N_("„{text}“ ist weder ja noch nein.")
NO_COUNT = N_("„{text}“ ist keine Anzahl. Möglich ist eine ganze Zahl ab 1.")
FLAGS = {"ja": True, "j": True, "yes": True, "true": True, "wahr": True, "x": True, "1": True}
FLAGS |= {"nein": False, "n": False, "no": False, "false": False, "falsch": False, "0": False}
STAGES = {word: stage for stage in OperatingStage for word in (stage.label.casefold(), stage.value)}
LARGEST_NUMBER = 1_000_000

Value = TypeVar("Value")


@dataclass(frozen=True)
class ObjectLine:
    """One target object as a list describes it. What its cells leave empty has no entry: it takes nothing away.

    `facts` are plain fields, `people` name somebody by login, mail or name; a goal without an entry in `own` was not
    determined there.
    """

    name: str
    kind: Kind
    facts: Mapping[ObjectField, object]
    people: Mapping[ObjectField, str]
    categories: tuple[str, ...]
    tags: tuple[str, ...]
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

    facts = {field: understood(read, field.value, None) for field, read in READERS.items()}
    needs = {goal: understood(need_of, goal.value, None) for goal in Goal}
    people = {field: understood(lambda cell: text_of(cell, 120), field.value, "") for field in PEOPLE}
    line = ObjectLine(
        name=understood(_name, "name", ""),
        kind=understood(_kind, "kind", Kind.APPLICATION),
        facts={field: value for field, value in facts.items() if value not in ("", None)},
        people={field: name for field, name in people.items() if name},
        categories=understood(_categories, "category", ()),
        tags=understood(_tags, "tags", ()),
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


def _categories(cell: str) -> tuple[str, ...]:
    """One by its name, which may hold commas, or several with semicolons or commas between them."""
    words = cell.strip()
    if not words:
        return ()
    parts = [words] if _category(words) else [part for part in re.split(r"[;,]", words) if part.strip()]
    found = [(part, _category(part)) for part in parts]
    for part, uuid in found:
        if uuid is None:
            raise Unreadable(NO_CATEGORY, text=part.strip()[:40])
    return tuple(dict.fromkeys(uuid for _, uuid in found if uuid))


def _category(words: str) -> str | None:
    found = category_named(words.strip()) or CATEGORIES.get(words.strip().lower())
    return found.uuid if found else None


def _tags(cell: str) -> tuple[str, ...]:
    try:
        return tags_of(cell)
    except Incomplete as error:
        complaint = error.complaints["tags"]
        raise Unreadable(complaint.message, **complaint.values) from error


def _flag(cell: str) -> bool | None:
    words = cell.strip().casefold()
    if words and words not in FLAGS:
        raise Unreadable(NO_FLAG, text=words[:40])
    return FLAGS.get(words)


def _stage(cell: str) -> OperatingStage | None:
    words = " ".join(cell.split()).casefold()
    if words and words not in STAGES:
        raise Unreadable(NO_STAGE, text=words[:40], stages=tuple(OperatingStage))
    return STAGES.get(words)


def _number(cell: str) -> int | None:
    words = cell.strip().replace(".", "")
    if not words:
        return None
    if not words.isascii() or not words.isdecimal() or not 1 <= int(words[:9]) <= LARGEST_NUMBER:
        raise Unreadable(NO_COUNT, text=cell.strip()[:40])
    return int(words[:9])


READERS: Mapping[ObjectField, Callable[[str], object]] = {
    ObjectField.DESCRIPTION: prose_of,
    ObjectField.VENDOR: lambda cell: text_of(cell, 120),
    ObjectField.VARIETY: lambda cell: text_of(cell, 120),
    ObjectField.PLATFORM: lambda cell: text_of(cell, 120),
    ObjectField.RELEASE: lambda cell: text_of(cell, 60),
    ObjectField.NUMBER: _number,
    ObjectField.OPERATING_STAGE: _stage,
    ObjectField.PERSONAL_DATA: _flag,
    ObjectField.PROVIDER_OPERATED: _flag,
}
