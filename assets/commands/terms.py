"""Terms under which devices change hands: published in versions that never change."""

from __future__ import annotations

from assets.queries.terms import TermsRow, terms_in_force
from assets.rules.permissions import May
from assets.rules.protocols import TermsKind, fingerprint
from assets.rules.starter_terms import TEXTS, TITLES
from assets.tables import HandoverTerms
from isms.audit import Change, change
from isms.db import hold
from isms.db.writing import insert
from isms.people import Actor, UnitRow
from isms.rules.errors import Incomplete, Stale
from isms.rules.texts import N_


async def publish_terms(
    kind: TermsKind, title: str, text: str, *, unit: UnitRow, known_version: int, by: Actor
) -> None:
    """Put new terms in force for the unit's office. `known_version` is what the form was opened on, 0 for none yet."""
    by.needs(May.TERMS, at=unit.path)
    text = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if len(text) < 40:
        raise Incomplete({"text": N_("Bitte schreiben Sie die Bedingungen aus. Sie werden so unterschrieben.")})
    async with change("terms.published", by=by, unit=unit.id, terms_kind=kind.value, title=title) as made:
        await hold(f"terms {unit.institution} {kind}")
        before = await terms_in_force(unit.institution, kind)
        if (before.version if before else 0) != known_version:
            raise Stale
        new = await _insert(made, kind, (title.strip(), text), institution=unit.institution, version=known_version + 1)
        made.about(new)
        made.with_(version=new.version, sha256=new.sha256)


async def terms_or_starter(made: Change, kind: TermsKind, institution: int) -> TermsRow:
    """The terms in force, within an open change; an office without any begins with ours as its version 1."""
    await hold(f"terms {institution} {kind}")
    if found := await terms_in_force(institution, kind):
        return found
    begun = await _insert(made, kind, (TITLES[kind], TEXTS[kind].strip()), institution=institution, version=1)
    made.also("terms.begun", begun, unit=institution, title=begun.title, version=1, sha256=begun.sha256)
    return begun


async def _insert(made: Change, kind: TermsKind, told: tuple[str, str], *, institution: int, version: int) -> TermsRow:
    title, text = told
    await insert(
        HandoverTerms,
        institution=institution,
        kind=kind,
        version=version,
        title=title,
        text=text,
        sha256=fingerprint(text),
        made_by=made.by.id,
    )
    begun = await terms_in_force(institution, kind)
    if begun is None:
        raise RuntimeError("the terms that were just written are not there")
    return begun
