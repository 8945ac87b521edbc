"""The BSI's properties by one name each, whatever an edition called them."""

import re
from collections.abc import Iterable, Mapping
from uuid import UUID, uuid5

from risks.intake.oscal.shapes import Control, Part, Prop

# Editions until March 2026 used other names (and until January 2026 the class for the level); later ones
# moved the vocabularies, but their file names stayed.
ALIASES = {
    "modalverb": "modal_verb",
    "handlungsworte": "action_word",
    "ergebnis": "result",
    "präzisierung": "result_specification",
    "target_objects": "target_object_categories",
    "level": "effort_level",
}
VOCABULARIES = {
    "modal_verbs.csv": "modal_verb",
    "action_words.csv": "action_word",
    "target_object_categories.csv": "target_object_categories",
    "effort_level.csv": "effort_level",
    "security_level.csv": "sec_level",
    "documentation_guidelines.csv": "documentation",
    "tags.csv": "tags",
}
KNOWN = frozenset(VOCABULARIES.values()) | {"result", "result_specification", "alt-identifier", "label", "depends_on"}
SECURITY_LEVELS = frozenset({"normal-SdT", "erhöht"})
# Keys of requirements that bring none of their own are derived from their catalogue and their printed id.
NAMESPACE = UUID("6b0b8f0e-3c52-4b5e-9d8e-2f7f4f0c9a11")


def named(props: Iterable[Prop]) -> Mapping[str, str]:
    """The first value of each property by its canonical name; variants with a class of their own are left out."""
    found: dict[str, str] = {}
    for prop in props:
        if prop.class_ is None:
            found.setdefault(canonical(prop), prop.value)
    return found


def canonical(prop: Prop) -> str:
    if prop.name in KNOWN:
        return prop.name
    return ALIASES.get(prop.name) or VOCABULARIES.get((prop.ns or "").rsplit("/", 1)[-1], prop.name)


def listed(value: str) -> tuple[str, ...]:
    """A comma-separated value as its members, each once, in order."""
    return tuple(dict.fromkeys(part for part in re.split(r"\s*,\s*", value.strip()) if part))


def stable_key(identifier: str | None, document: str, printed: str) -> str:
    """The catalogue's own UUID in small letters, or one that is derived from document and printed id."""
    try:
        return str(UUID(identifier or ""))
    except ValueError:
        return str(uuid5(NAMESPACE, f"{document}|{identifier or printed}"))


def security_level(control: Control, props: Mapping[str, str]) -> str:
    return props.get("sec_level") or (control.class_ if control.class_ in SECURITY_LEVELS else "")


def effort(value: str | None) -> int | None:
    return int(value) if value and re.fullmatch(r"[0-9]{1,2}", value) else None


def prose(part: Part, depth: int = 0) -> str:
    """A part's text with its items below it, one line each, indented by depth."""
    label = named(part.props).get("label", "")
    head = f"{'  ' * depth}{label} {part.prose.strip()}".rstrip() if label else part.prose.strip()
    below = [prose(item, depth + bool(head)) for item in part.parts if item.name == "item"]
    return "\n".join(line for line in (head, *below) if line.strip())
