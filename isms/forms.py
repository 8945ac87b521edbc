"""Forms: what was typed becomes a frozen Form, or complaints field by field; nothing typed is lost."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Generic, TypeVar, dataclass_transform

import msgspec
from litestar import Request
from litestar.datastructures import FormMultiDict, UploadFile

from isms.rules.errors import Complaint, Incomplete
from isms.rules.terms import Level, Term
from isms.rules.texts import N_


@dataclass_transform(frozen_default=True)  # tells mypy that forms of any kind are frozen
class Form(msgspec.Struct, frozen=True):
    """Base of all forms. Field names are the names of the inputs."""


F = TypeVar("F", bound=Form)
Typed = Mapping[str, list[Any]]

TRUTH = {"on": True, "true": True, "1": True, "off": False, "false": False, "0": False}
REQUIRED = Complaint(N_("Bitte füllen Sie dieses Feld aus."))
TOO_LONG = N_("Bitte kürzen Sie auf höchstens {limit} Zeichen.")
EXAMPLES: Mapping[type, Complaint] = {
    int: Complaint(N_("Bitte geben Sie eine ganze Zahl ein, zum Beispiel 12.")),
    date: Complaint(N_("Bitte geben Sie ein Datum ein, zum Beispiel 31.12.2026.")),
}
NO_CHOICE = Complaint(N_("Bitte wählen Sie einen der angebotenen Werte."))
TEXT_LIMIT = 10_000
MOST = 2**31  # what a column of whole numbers holds on both engines
INVISIBLE = Complaint(N_("Bitte entfernen Sie das unsichtbare Steuerzeichen, das mit hineingeraten ist."))


class Draft(Generic[F]):
    """What somebody typed into a form, so far. Templates ask it for values and complaints."""

    def __init__(self, kind: type[F], typed: Typed, complaints: Mapping[str, Complaint] | None = None) -> None:
        self.kind = kind
        self.typed = typed
        self.values, found = decode(kind, typed)
        self.complaints: dict[str, Complaint] = dict(complaints if complaints is not None else found)

    @classmethod
    def blank(cls, kind: type[F], /, **values: object) -> Draft[F]:
        """A form to start with: nothing is wrong yet."""
        return cls(kind, {name: _as_typed(value) for name, value in values.items()}, {})

    @property
    def form(self) -> F:
        """The finished form. Raises Incomplete with every complaint."""
        if self.complaints:
            raise Incomplete(self.complaints)
        return self.kind(**self.values)

    def value(self, name: str) -> str:
        """What was typed last into a field, as the input shows it again."""
        given = [item for item in self.typed.get(name, []) if isinstance(item, str)]
        return given[-1] if given else ""

    def chosen(self, name: str) -> list[str]:
        """All values of a field that can be given more than once."""
        return [item for item in self.typed.get(name, []) if isinstance(item, str)]

    def complaint(self, name: str) -> Complaint | None:
        """What is wrong with a field; templates say it in the reader's language."""
        return self.complaints.get(name)

    def blame(self, error: Incomplete) -> None:
        """Add what a command found wrong with the typed values."""
        self.complaints |= error.complaints


async def read(kind: type[F], request: Request[Any, Any, Any]) -> Draft[F]:
    """Read a submitted form. Who sent it acts with the form's token from here on, so that it counts once."""
    sent = await request.form()
    typed = typed_of(sent)
    user = request.scope.get("user")
    if user is not None and (once := typed.get("_once")):
        request.scope["user"] = msgspec.structs.replace(user, once=str(once[-1])[:64])
    return Draft(kind, typed)


async def upload_of(request: Request[Any, Any, Any], name: str) -> UploadFile:
    """The uploaded file of a field. Raises Incomplete when none was chosen."""
    sent = (await request.form()).get(name)
    if not isinstance(sent, UploadFile) or not sent.filename:
        raise Incomplete({name: Complaint(N_("Bitte wählen Sie eine Datei aus."))})
    return sent


def typed_of(sent: FormMultiDict) -> Typed:
    return {name: sent.getall(name) for name in sent}


def decode(kind: type[F], typed: Typed) -> tuple[dict[str, Any], dict[str, Complaint]]:
    """Every field's value, and every field's complaint: all at once, so that nobody corrects in rounds."""
    values: dict[str, Any] = {}
    complaints: dict[str, Complaint] = {}
    for field, hint in _fields(kind):
        try:
            given = _given(hint, typed.get(field.encode_name, []))
            if given is None and field.required:
                raise Incomplete({field.name: REQUIRED})
            if given is not None:
                values[field.name] = _convert(field.name, given, hint)
        except Incomplete as error:
            complaints |= error.complaints
    return values, complaints


@cache
def _fields(kind: type[Form]) -> Sequence[tuple[msgspec.structs.FieldInfo, Any]]:
    """The fields with their types, read once: that takes longer than the rest of a form."""
    hints = typing.get_type_hints(kind, include_extras=True)
    return [(field, hints[field.name]) for field in msgspec.structs.fields(kind)]


def _given(hint: Any, raw: list[Any]) -> Any:
    """The typed value, or None where the field was left empty. An unticked box is a no."""
    base = _base(hint)
    texts = [item.strip() if isinstance(item, str) else item for item in raw]
    if typing.get_origin(base) in (list, tuple, set) or base in (list, tuple, set):
        return [item for item in texts if item != ""]
    if base is bool:
        return TRUTH.get(str(texts[-1]).lower(), texts[-1]) if texts else False
    return texts[-1] if texts and texts[-1] != "" else None


def _convert(name: str, given: Any, hint: Any) -> Any:
    base = _base(hint)
    if isinstance(given, str) and len(given) > TEXT_LIMIT:
        raise Incomplete({name: Complaint(TOO_LONG, {"limit": TEXT_LIMIT})})
    if isinstance(given, str) and "\0" in given:
        raise Incomplete({name: INVISIBLE})
    try:
        return _within(msgspec.convert(german_date(given) if base is date else given, hint, strict=False))
    except (msgspec.ValidationError, ValueError) as error:
        raise Incomplete({name: _complaint(base, hint)}) from error


def _within(value: Any) -> Any:
    """Raises ValueError for a number that no column holds."""
    if type(value) is int and not -MOST <= value < MOST:
        raise ValueError
    return value


def german_date(text: str) -> str:
    """Accept 31.12.2026 beside 2026-12-31. Raises ValueError for neither."""
    parts = text.split(".")
    if len(parts) == 3:
        day, month, year = (int(part) for part in parts)
        return date(year, month, day).isoformat()
    return text


def _complaint(base: Any, hint: Any) -> Complaint:
    limit = next((meta.max_length for meta in getattr(hint, "__metadata__", ()) if getattr(meta, "max_length", 0)), 0)
    if limit:
        return Complaint(TOO_LONG, {"limit": limit})
    if isinstance(base, type) and issubclass(base, Term | Level):
        return NO_CHOICE
    return EXAMPLES.get(base, NO_CHOICE)


def _base(hint: Any) -> Any:
    """The type behind Annotated and `| None`."""
    if typing.get_origin(hint) is typing.Annotated:
        return _base(typing.get_args(hint)[0])
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        some = [each for each in typing.get_args(hint) if each is not type(None)]
        return _base(some[0]) if len(some) == 1 else hint
    return hint


def _as_typed(value: object) -> list[Any]:
    if value is None:
        return []
    if isinstance(value, list | tuple | set | frozenset):
        return [str(item) for item in value]
    if isinstance(value, bool):
        return ["on"] if value else []
    return [str(int(value) if isinstance(value, Level) else value)]
