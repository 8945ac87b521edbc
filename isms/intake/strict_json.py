"""JSON from outside, read strictly: what two programs could understand differently is refused."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from isms.intake import Unreadable
from isms.intake.sniff import refuse_foreign, refuse_oversized
from isms.intake.tables import MIB
from isms.rules.texts import N_

DEPTH = 64
_ESCAPES = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")


def read_json(content: bytes, *, limit: int = 32 * MIB, depth: int = DEPTH) -> Any:
    """The value of a JSON file. Raises Unreadable with line and column, or with the path of the member at fault."""
    refuse_oversized(content, limit)
    refuse_foreign(content, wanted="JSON")
    text = _decoded(content)
    value = _parsed(text)
    _refuse_deep(value, depth)
    _refuse_doubled(value)
    if _ESCAPES.search(text):
        _refuse_unstorable(value)
    return value


def _decoded(content: bytes) -> str:
    try:
        return content.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError as error:
        row = bytes(error.object[: error.start]).count(b"\n") + 1
        text = N_("In Zeile {row} steht ein Zeichen, das in UTF-8 nicht vorkommt. JSON ist immer UTF-8.")
        raise Unreadable(text, row=row) from error


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_members, parse_constant=_no_number, parse_float=_finite)
    except json.JSONDecodeError as error:
        raise _syntax(error) from error
    except RecursionError as error:
        raise _too_deep(DEPTH) from error
    except ValueError as error:  # an integer of more than 4300 digits
        raise Unreadable(N_("Die Datei enthält eine Zahl mit mehreren Tausend Stellen.")) from error


class _Doubled(dict[str, Any]):
    """An object in which a name stands twice: kept until its path is known."""

    name: str


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    seen: set[str] = set()
    doubled = _Doubled(found)
    doubled.name = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
    return doubled


def _no_number(name: str) -> NoReturn:
    raise Unreadable(N_("Die Datei enthält „{name}“. Das ist in JSON keine Zahl."), name=name)


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isfinite(number):
        return number
    raise Unreadable(N_("Die Zahl {digits} ist zu groß."), digits=digits[:40])


FAULTS = {
    "Expecting value": N_("Es fehlt ein Wert"),
    "Expecting property name enclosed in double quotes": N_("Es fehlt ein Name in Anführungszeichen"),
    "Illegal trailing comma before end of object": N_("Vor der schließenden Klammer steht ein Komma zu viel"),
    "Illegal trailing comma before end of array": N_("Vor der schließenden Klammer steht ein Komma zu viel"),
    "Expecting ':' delimiter": N_("Es fehlt ein Doppelpunkt"),
    "Expecting ',' delimiter": N_("Es fehlt ein Komma oder eine schließende Klammer"),
    "Unterminated string starting at": N_("Hier beginnt ein Text, dessen schließendes Anführungszeichen fehlt"),
    "Invalid control character at": N_("In einem Text steht ein Zeilenumbruch oder Steuerzeichen"),
    "Invalid \\escape": N_("Auf einen Backslash folgt etwas, das es nicht gibt"),
    "Invalid \\uXXXX escape": N_("Auf \\u folgen keine vier Hexadezimalziffern"),
    "Extra data": N_("Hinter dem Ende steht noch etwas"),
}
_UNKNOWN = N_("Das ist kein JSON")


def _syntax(error: json.JSONDecodeError) -> Unreadable:
    said = next((text for fault, text in FAULTS.items() if error.msg.startswith(fault)), _UNKNOWN)
    return Unreadable(
        N_("Das JSON bricht in Zeile {row}, Spalte {column} ab: {fault}."),
        row=error.lineno,
        column=error.colno,
        fault=said,
    )


def _refuse_deep(value: Any, depth: int) -> None:
    """Level by level, containers only: no recursion, whatever comes."""
    level = [value] if isinstance(value, (dict, list)) else []
    for _ in range(depth):
        level = [each for node in level for each in _inside(node) if isinstance(each, (dict, list))]
        if not level:
            return
    raise _too_deep(depth)


def _too_deep(depth: int) -> Unreadable:
    return Unreadable(N_("Das JSON ist tiefer als {depth} Ebenen verschachtelt."), depth=depth)


def _refuse_doubled(value: Any) -> None:
    for path, node in _walk(value):
        if isinstance(node, _Doubled):
            text = N_("Das JSON nennt „{name}“ zweimal in „{path}“. Es ist nicht zu erkennen, was gilt.")
            raise Unreadable(text, name=node.name, path=path or "/")


def _refuse_unstorable(value: Any) -> None:
    for path, node in _walk(value):
        for text in (node, *(node if isinstance(node, dict) else ())):
            if isinstance(text, str) and not _storable(text):
                raise Unreadable(N_("Der Text in „{path}“ enthält ein Zeichen, das es nicht gibt."), path=path or "/")


def _storable(text: str) -> bool:
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False


def _walk(value: Any) -> Iterator[tuple[str, Any]]:
    """Every value with its JSON pointer."""
    ahead = [("", value)]
    while ahead:
        path, node = ahead.pop()
        yield path, node
        if isinstance(node, dict):
            ahead.extend((f"{path}/{name}", each) for name, each in node.items())
        elif isinstance(node, list):
            ahead.extend((f"{path}/{place}", each) for place, each in enumerate(node))


def _inside(node: Any) -> Any:
    return node.values() if isinstance(node, dict) else node
