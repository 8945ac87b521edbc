"""The terms of an office, version by version."""

from __future__ import annotations

from datetime import datetime

from assets.rules.protocols import TermsKind, fingerprint
from assets.rules.starter_terms import TEXTS, TITLES
from isms.db.reading import Row, row, rows


class TermsRow(Row):
    """One frozen version; `id` 0 is our text that an office begins with."""

    id: int
    kind: TermsKind
    version: int
    title: str
    text: str
    sha256: str
    made_by_name: str
    recorded_at: datetime | None

    @property
    def key(self) -> str:
        return f"handover_terms:{self.id}"


TERMS = """SELECT t.id, t.kind, t.version, t.title, t.text, t.sha256, p.name AS made_by_name, t.recorded_at
    FROM handover_terms t JOIN person p ON p.id = t.made_by"""


async def terms_in_force(institution: int, kind: TermsKind) -> TermsRow | None:
    return await row(
        TermsRow,
        f"{TERMS} WHERE t.institution = {{}} AND t.kind = {{}} ORDER BY t.version DESC LIMIT 1",
        institution,
        kind.value,
    )


async def terms_shown(institution: int, kind: TermsKind) -> TermsRow:
    """What will be signed: the terms in force, or those that an office begins with."""
    text = TEXTS[kind].strip()
    return await terms_in_force(institution, kind) or TermsRow(
        id=0,
        kind=kind,
        version=0,
        title=TITLES[kind],
        text=text,
        sha256=fingerprint(text),
        made_by_name="",
        recorded_at=None,
    )


async def all_terms(institution: int) -> list[TermsRow]:
    return await rows(
        TermsRow, f"{TERMS} WHERE t.institution = {{}} ORDER BY t.kind, t.version DESC LIMIT 200", institution
    )
