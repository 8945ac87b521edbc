"""What addresses, the clock and a lost race say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, cast

from isms.forms import Draft
from isms.rules.terms import Level, Term

Word = TypeVar("Word", bound=Term | Level)


def term(kind: type[Word], typed: str) -> Word | None:
    """The term of a filter; what is none filters nothing."""
    return next((one for one in cast(Iterable[Word], kind) if str(one) == typed), None)


def theirs(draft: Draft[Any], stored: Mapping[str, object], labels: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """After a lost race, field by field where both differ: its label, what was typed here, what is stored now.

    The form goes on with the stored version, so that saving again is a decision and not an accident.
    """
    now = Draft.blank(draft.kind, **stored)
    differing = [name for name in labels if " ".join(draft.chosen(name)) != " ".join(now.chosen(name))]
    draft.typed = {**draft.typed, "version": [now.value("version")]}
    return [(labels[name], " ".join(draft.chosen(name)), " ".join(now.chosen(name))) for name in differing]
