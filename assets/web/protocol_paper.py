"""A protocol as a paper: what was signed, by whom and how, and the fingerprint to compare it by."""

from __future__ import annotations

from assets.queries.protocols import ProtocolDetail, SignatureRow
from assets.rules.protocols import Party, ProtocolKind, drawing_svg
from isms.pdf import Block, Facts, Paper, Prose, Signature, Signatures, Table
from isms.texts import _, date_text, datetime_text


def protocol_paper(found: ProtocolDetail) -> Paper:
    """In the reader's language; the terms stay in theirs."""
    blocks: list[Block] = [Facts(_facts(found)), _devices(found)]
    if found.terms_text:
        heading = f"{found.terms_title} ({_('Fassung')} {found.terms_version})"
        blocks.append(Prose(found.terms_text.splitlines(), heading))
    blocks.append(Signatures([_line(found, party) for party in (Party.PERSON, Party.OFFICE)], _("Unterschriften")))
    blocks.append(Facts(_fingerprints(found), _("Zum Nachprüfen")))
    return Paper(
        title=_(found.kind.label),
        office=found.office,
        blocks=blocks,
        subtitle=f"{found.person_name}, {date_text(found.made_on)}",
        footer=f"{_(found.kind.label)} {found.id} · SHA-256 {found.sha256[:16]}…",
    )


def _facts(found: ProtocolDetail) -> list[tuple[str, str]]:
    facts = [
        (_("Person"), found.person_name),
        (_("Tag"), date_text(found.made_on)),
        (_("Für das Amt"), found.made_by_name),
    ]
    if found.due_back_on:
        facts.append((_("Rückgabe bis"), date_text(found.due_back_on)))
    if found.place:
        facts.append((_("Ort"), found.place))
    if found.note:
        facts.append((_("Bemerkung"), found.note))
    return facts


def _devices(found: ProtocolDetail) -> Table:
    is_return = found.kind is ProtocolKind.RETURN
    columns = [
        _("Inventarnummer"),
        _("Gerät"),
        _("Seriennummer"),
        _("Zustand"),
        _("Fehlt noch") if is_return else _("Zubehör"),
    ]
    rows = [
        (
            item.inventory_number,
            " ".join(filter(None, (item.name, item.model))),
            item.serial,
            item.condition,
            item.missing if is_return else item.accessories,
        )
        for item in found.items
    ]
    return Table(columns, rows, _("Geräte"), widths=(3, 5, 4, 3, 3))


def _line(found: ProtocolDetail, party: Party) -> Signature:
    given = found.signature(party)
    name = found.person_name if party is Party.PERSON else found.made_by_name
    if given is None:
        return Signature(name, _(party.label), _("noch nicht unterschrieben"))
    svg = drawing_svg(given.drawing) if given.drawing else ""
    return Signature(given.name, _(party.label), _how(given), svg)


def _how(given: SignatureRow) -> str:
    told = f"{_(given.method.label)}, {datetime_text(given.signed_at)}"
    return f"{told}, {_('in Anwesenheit von')} {given.witness_name}" if given.witness_name else told


def _fingerprints(found: ProtocolDetail) -> list[tuple[str, str]]:
    told = [(_("Fingerabdruck des Protokolls (SHA-256)"), _grouped(found.sha256))]
    if found.terms_sha256:
        told.append((_("Fingerabdruck der Bedingungen (SHA-256)"), _grouped(found.terms_sha256)))
    for given in found.signatures:
        told.append((f"{_('Fingerabdruck der Unterschrift')}: {_(given.party.label)}", _grouped(given.sha256)))
    return told


def _grouped(digest: str) -> str:
    """Eight groups that the eye can compare."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))
