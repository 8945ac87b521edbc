"""What addresses, the clock and a lost race say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, cast

from assets.queries.device_list import AskedDevices
from assets.rules.lifecycle import Stage
from isms.forms import Draft
from isms.pages import Visit
from isms.rules.terms import Level, Term
from isms.web.clock import today

Word = TypeVar("Word", bound=Term | Level)


def term(kind: type[Word], typed: str) -> Word | None:
    """The term of a filter; what is none filters nothing."""
    return next((one for one in cast(Iterable[Word], kind) if str(one) == typed), None)


def asked_devices(request: Visit) -> AskedDevices:
    """What an address asks of the devices: the list, its exports and its labels ask alike."""
    asked = request.query_params
    return AskedDevices(
        q=asked.get("q", ""),
        stage=term(Stage, asked.get("stage", "")),
        unit=_number(asked.get("unit", "")),
        category=asked.get("category", ""),
        run=_number(asked.get("run", "")),
        unseen=_number(asked.get("unseen", "")) or 0,
        on=today(),
    )


def _number(typed: str) -> int | None:
    """A number of an address; what is none narrows nothing."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else None


def theirs(draft: Draft[Any], stored: Mapping[str, object], labels: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """After a lost race, field by field where both differ: its label, what was typed here, what is stored now.

    The form goes on with the stored version, so that saving again is a decision and not an accident.
    """
    now = Draft.blank(draft.kind, **stored)
    differing = [name for name in labels if " ".join(draft.chosen(name)) != " ".join(now.chosen(name))]
    draft.typed = {**draft.typed, "version": [now.value("version")]}
    return [(labels[name], " ".join(draft.chosen(name)), " ".join(now.chosen(name))) for name in differing]
