"""Comparing a file with its shape: every defect by its place, and what can be read in spite of them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar, cast

import msgspec
from msgspec import Struct, inspect

from isms.rules.texts import N_
from risks.intake.oscal.shapes import IDENTIFIER, MOMENT, UUID

S = TypeVar("S", bound=Struct)


@dataclass(frozen=True)
class Defect:
    """What is wrong where in a file (`import-component-definitions[0].remarks`): a sentence that names the place."""

    place: str
    text: str
    details: Mapping[str, object] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, object]:
        return {"place": self.place, **self.details}


class _UnusableError(Exception):
    """This value cannot be read; its defect is noted already."""


PATTERNS = {
    IDENTIFIER: N_(
        "{place}: „{value}“ ist kein Bezeichner: Er beginnt mit einem Buchstaben und enthält keine Leerzeichen."
    ),
    UUID: N_("{place}: „{value}“ ist keine UUID der Version 4 oder 5."),
    MOMENT: N_("{place}: „{value}“ ist kein Zeitpunkt wie 2026-06-30T08:00:00Z."),
}
KINDS: Mapping[type, str] = {
    dict: N_("ein Objekt"),
    list: N_("eine Liste"),
    str: N_("ein Text"),
    bool: N_("ein Wahrheitswert"),
    int: N_("eine Zahl"),
    float: N_("eine Zahl"),
    type(None): N_("nichts"),
}


def compare(tree: object, shape: type[S]) -> tuple[S | None, list[Defect]]:
    """The file as its shape, and all its defects.

    Unknown members are left out; what is broken is left out together with the entry that cannot do without
    it; a text that breaks its pattern is kept. None where not even the outermost object can be read.
    """
    try:
        return msgspec.convert(tree, shape), []
    except msgspec.ValidationError:
        return _with_defects(tree, shape)


def _with_defects(tree: object, shape: type[S]) -> tuple[S | None, list[Defect]]:
    defects: list[Defect] = []
    try:
        return cast(S, _value(tree, inspect.type_info(shape), "", defects)), defects
    except _UnusableError:
        return None, defects


def _value(value: object, kind: inspect.Type, place: str, defects: list[Defect]) -> object:
    reader = READERS.get(type(kind))
    return reader(value, kind, place, defects) if reader else value


def _struct(value: object, kind: inspect.StructType, place: str, defects: list[Defect]) -> object:
    members = _as(dict, value, place, defects)
    fields = _fields(kind.cls)
    defects += [
        Defect(_at(place, name), N_("{place}: Diese Angabe kennt das Schema nicht."))
        for name in members
        if name not in fields
    ]
    made = {}
    lacks = False
    for name, member in fields.items():
        try:
            if name in members:
                made[member.name] = _value(members[name], member.type, _at(place, name), defects)
            elif member.required:
                defects.append(Defect(_at(place, name), N_("{place}: Diese Angabe fehlt.")))
                raise _UnusableError
        except _UnusableError:
            lacks = lacks or member.required
    if lacks:
        raise _UnusableError
    return kind.cls(**made)


def _list(value: object, kind: inspect.ListType, place: str, defects: list[Defect]) -> object:
    kept = []
    for number, entry in enumerate(_as(list, value, place, defects)):
        try:
            kept.append(_value(entry, kind.item_type, f"{place}[{number}]", defects))
        except _UnusableError:
            continue
    return kept


def _optional(value: object, kind: inspect.UnionType, place: str, defects: list[Defect]) -> object:
    return _value(value, kind.types[0], place, defects)


def _text(value: object, kind: inspect.StrType, place: str, defects: list[Defect]) -> object:
    text = _as(str, value, place, defects)
    if kind.min_length and not text:
        defects.append(Defect(place, N_("{place}: Dieser Text ist leer.")))
    elif kind.pattern and not re.search(kind.pattern, text):
        defects.append(Defect(place, PATTERNS[kind.pattern], {"value": text[:80]}))
    return text


def _object(value: object, kind: inspect.DictType, place: str, defects: list[Defect]) -> object:
    return _as(dict, value, place, defects)


READERS: Mapping[type, Callable[[object, Any, str, list[Defect]], object]] = {
    inspect.StructType: _struct,
    inspect.ListType: _list,
    inspect.UnionType: _optional,
    inspect.StrType: _text,
    inspect.DictType: _object,
}


def _as(kind: type, value: object, place: str, defects: list[Defect]) -> Any:
    if isinstance(value, kind):
        return value
    wrong = Defect(
        place,
        N_("{place}: Hier gehört {expected} hin, gefunden wurde: {found}."),
        {"expected": KINDS[kind], "found": KINDS[type(value)]},
    )
    defects.append(wrong)
    raise _UnusableError


@cache
def _fields(shape: type[Struct]) -> Mapping[str, inspect.Field]:
    return {field.encode_name: field for field in cast(inspect.StructType, inspect.type_info(shape)).fields}


def _at(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
