"""YAML that an office may edit: read safely, and every complaint names the file and the entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from isms.rules.errors import Refused
from isms.rules.texts import N_

LARGEST = 2 * 1024 * 1024
FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
UNREADABLE = N_(
    "„{file}“ ist kein gültiges YAML; die erste unklare Stelle ist in Zeile {line}. "
    "Prüfen Sie dort Einrückung und Anführungszeichen."
)


class StrictLoader(FAST):  # type: ignore[misc]
    """The safe loader, except that a key that stands twice is refused instead of losing the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key in [key for key, _ in node.value if isinstance(key, yaml.ScalarNode)]:
            if key.value in seen:
                raise Twice(key.value, key.start_mark.line + 1)
            seen.add(key.value)
        return dict(super().construct_mapping(node, deep))


class Twice(Exception):
    def __init__(self, key: str, line: int) -> None:
        super().__init__(key, line)
        self.key, self.line = key, line


def read_yaml(path: Path) -> Section:
    """The topmost section of a file. Raises Refused with a sentence that names the file and the place."""
    if not path.is_file():
        raise Refused(N_("Die Datei „{file}“ gibt es nicht."), file=path.name)
    return read_yaml_bytes(path.name, path.read_bytes())


def read_yaml_bytes(name: str, content: bytes) -> Section:
    if len(content) > LARGEST:
        raise Refused(N_("Die Datei „{file}“ ist größer als 2 MB. Teilen Sie sie auf."), file=name)
    loaded = loaded_from(name, content)
    if not isinstance(loaded, dict):
        raise Refused(N_("„{file}“ muss mit benannten Angaben beginnen, zum Beispiel „title: …“."), file=name)
    return Section(name, "", loaded)


def loaded_from(name: str, content: bytes) -> object:
    try:
        return yaml.load(content.decode("utf-8-sig"), StrictLoader)  # noqa: S506 – StrictLoader is a safe loader
    except UnicodeDecodeError:
        raise Refused(N_("„{file}“ ist nicht in UTF-8 geschrieben. Speichern Sie sie als UTF-8."), file=name) from None
    except Twice as twice:
        said = N_("„{file}“, Zeile {line}: „{key}“ steht doppelt. Lassen Sie nur eine der Angaben stehen.")
        raise Refused(said, file=name, line=twice.line, key=twice.key) from None
    except (yaml.YAMLError, RecursionError, ValueError, TypeError) as error:
        raise Refused(UNREADABLE, file=name, line=line_of(error)) from None


def line_of(error: Exception) -> int:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else 1


@dataclass(frozen=True)
class Section:
    """One mapping of a file. Asking for a field that is missing or of another kind raises Refused."""

    file: str
    place: str
    fields: Mapping[str, object]

    def text(self, name: str) -> str:
        value = self.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
        said = N_("„{file}“, {place}: „{name}“ muss ein Text sein. Setzen Sie Zahlen und ja/nein in Anführungszeichen.")
        raise self.wrong(name, said)

    def choice(self, name: str, allowed: Sequence[str]) -> str:
        value = self.text(name)
        if value in allowed:
            return value
        raise self.wrong(
            name,
            N_("„{file}“, {place}: „{name}“ muss eine dieser Angaben sein: {allowed}."),
            allowed=", ".join(allowed),
        )

    def number(self, name: str, lowest: int, highest: int) -> int:
        value = self.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest:
            return value
        raise self.wrong(
            name,
            N_("„{file}“, {place}: „{name}“ muss eine ganze Zahl von {lowest} bis {highest} sein."),
            lowest=lowest,
            highest=highest,
        )

    def day(self, name: str) -> date:
        value = self.get(name)
        if type(value) is date:
            return value
        raise self.wrong(name, N_("„{file}“, {place}: „{name}“ muss ein Datum wie 2026-06-30 sein."))

    def uuid(self, name: str) -> str:
        return self.as_uuid(name, self.get(name))

    def uuids(self, name: str) -> tuple[str, ...]:
        return tuple(self.as_uuid(name, value) for value in self.items(name))

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; a field that is not there is an empty list."""
        values = self.items(name)
        if all(isinstance(value, str) and value.strip() for value in values):
            return tuple(str(value).strip() for value in values)
        raise self.wrong(name, N_("„{file}“, {place}: „{name}“ muss eine Liste von Texten sein."))

    def pairs(self, name: str) -> dict[str, str]:
        """A mapping of texts to texts; a field that is not there is an empty mapping."""
        values = self.fields.get(name, {})
        if isinstance(values, dict) and all(isinstance(part, str) for pair in values.items() for part in pair):
            return dict(values)
        raise self.wrong(
            name,
            N_("„{file}“, {place}: „{name}“ muss benannte Texte enthalten. Setzen Sie Zahlen in Anführungszeichen."),
        )

    def section(self, name: str) -> Section:
        value = self.get(name)
        if isinstance(value, dict):
            return Section(self.file, self.below(name), value)
        raise self.wrong(name, N_("„{file}“, {place}: „{name}“ muss ein Abschnitt mit benannten Angaben sein."))

    def sections(self, name: str) -> Iterator[Section]:
        """The entries of a list, each named by its id or key, else by its number."""
        for number, value in enumerate(self.items(name), start=1):
            if not isinstance(value, dict):
                raise self.wrong(name, N_("„{file}“, {place}: „{name}“ muss eine Liste von Abschnitten sein."))
            called = value.get("id") or value.get("key") or number
            yield Section(self.file, self.below(f"{name} {called}"), value)

    def only(self, *names: str) -> None:
        """A misspelt name would otherwise be passed over in silence."""
        unknown = [str(name) for name in self.fields if name not in names]
        if unknown:
            said = N_("„{file}“, {place}: Die Angabe „{name}“ ist nicht vorgesehen. Möglich sind: {names}.")
            raise self.wrong(unknown[0], said, names=", ".join(names))

    @property
    def called(self) -> str:
        return self.place or self.file

    def get(self, name: str) -> object:
        if name in self.fields:
            return self.fields[name]
        raise self.wrong(name, N_("„{file}“, {place}: Die Angabe „{name}“ fehlt."))

    def items(self, name: str) -> Sequence[object]:
        value = self.fields.get(name, [])
        if isinstance(value, list):
            return value
        raise self.wrong(name, N_("„{file}“, {place}: „{name}“ muss eine Liste sein."))

    def below(self, name: str) -> str:
        return f"{self.place} › {name}" if self.place else name

    def as_uuid(self, name: str, value: object) -> str:
        try:
            return str(UUID(str(value)))
        except ValueError:
            raise self.wrong(
                name, N_("„{file}“, {place}: „{name}“ muss eine UUID wie 3f0e7c1a-5b7e-4d0a-9d55-2f6f8f3d1c11 sein.")
            ) from None

    def wrong(self, name: str, sentence: str, **values: object) -> Refused:
        return Refused(sentence, file=self.file, place=self.called, name=name, **values)
