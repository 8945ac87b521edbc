"""A dossier and a manifest on paper: what is filed, handed to an auditor, or signed when the lorry stands outside."""

from __future__ import annotations

from collections.abc import Sequence

from assets.queries.consignments import Manifest
from assets.queries.dossier_export import certificates_of, lines_of
from assets.queries.dossier_rows import ErasureRow, LineRow
from assets.queries.dossiers import Subject
from assets.queries.medium_files import MediumDossier
from assets.rules.destruction import CARRIERS, Fineness
from isms.pdf import Block, Facts, Paper, Prose, Signature, Signatures, Table
from isms.rules.texts import N_
from isms.texts import cell_text, date_text, label, say
from isms.veil import Veil


def dossier_paper(subject: Subject, veil: Veil, office: str) -> Paper:
    blocks: list[Block] = [_about(subject), _points(subject)]
    for number, one in enumerate(subject.media, 1):
        blocks += _medium(number, one, veil)
    blocks += _leaving(subject, veil)
    blocks.append(_hashes(subject))
    return Paper(
        title=say(N_("Lösch- und Entsorgungsnachweis")),
        office=office,
        subtitle=subject.title,
        footer=say(N_("Prüfsumme der freigegebenen Akte: {sha256}"), {"sha256": subject.sha256[:16]}),
        blocks=blocks,
    )


def manifest_paper(manifest: Manifest, veil: Veil, office: str) -> Paper:
    told = manifest.consignment
    facts = [
        (N_("Dienstleister"), told.provider),
        (N_("Vertrag"), told.contract),
        (N_("Behälter oder Palette"), told.container),
        (N_("Plombe oder Siegel"), told.seal),
        (N_("Transport"), told.transport),
        (N_("Übergeben am"), told.handed_over_on),
        (N_("Übergeben von"), veil.name(told.handed_over_by)),
        (N_("Zeugin oder Zeuge"), veil.name(told.witness) if told.witness else ""),
        (N_("Übernommen von"), told.received_by),
    ]
    lines = [(str(number), line.title, line.mark, _ordered(line)) for number, line in enumerate(manifest.lines, 1)]
    titles = (
        N_("Nr."),
        N_("Gerät oder Datenträger"),
        N_("Seriennummer oder Kennzeichen"),
        N_("Schutzklasse, Sicherheitsstufe"),
    )
    names = [(veil.name(told.handed_over_by), N_("für das Amt")), (told.received_by, N_("für den Dienstleister"))]
    return Paper(
        title=say(N_("Sammelübergabe zur Entsorgung und Vernichtung")),
        office=office,
        subtitle=told.title,
        footer=say(N_("{count} Positionen"), {"count": len(manifest.lines)}),
        blocks=[
            _facts(facts),
            Table([say(title) for title in titles], lines, widths=(1, 6, 5, 4)),
            Signatures([Signature(name, say(role)) for name, role in names]),
        ],
    )


def _about(subject: Subject) -> Block:
    device = subject.device
    if device:
        told: list[tuple[str, object]] = [
            (N_("Gerät"), device.name),
            (N_("Inventarnummer"), device.inventory_number),
            (N_("Seriennummer"), device.serial),
            (N_("Hersteller und Modell"), f"{device.maker} {device.model}".strip()),
            (N_("Status"), device.stage),
        ]
        if subject.has_left:
            told.append((N_("Aus dem Haus am"), device.since))
        return _facts(told)
    medium = subject.media[0].medium
    return _facts([(N_("Datenträger"), medium.kind), (N_("Seriennummer"), medium.serial), (N_("Modell"), medium.name)])


def _points(subject: Subject) -> Block:
    yes, no = say(N_("erledigt")), say(N_("fehlt"))
    told = [(label(point.need), yes if point.is_done else no) for point in subject.checklist]
    return Table([say(N_("Punkt")), say(N_("Stand"))], told, heading=say(N_("Prüfliste")), widths=(4, 1))


def _medium(number: int, one: MediumDossier, veil: Veil) -> list[Block]:
    found, plan = one.medium, one.plan
    told: list[tuple[str, object]] = [
        (N_("Art"), found.kind),
        (N_("Seriennummer"), found.serial or say(N_("ohne Nummer"))),
        (N_("Hersteller und Modell"), found.name),
        (N_("Stand"), one.state),
    ]
    if plan:
        told += [
            (N_("Schutzbedarf der Daten"), plan.need),
            (N_("Bekannt aus"), plan.derived_name or plan.need_reason),
            (N_("Vorgeschlagen"), plan.proposed),
            (N_("Festgelegt"), plan.level),
            (N_("Abweichung begründet mit"), plan.reason),
            (N_("Vernichtung nach DIN 66399"), _named(one)),
            (N_("Festgelegt von"), f"{veil.name(plan.planner)}, {date_text(plan.planned_on)}"),
        ]
    heading = say(N_("Datenträger {number}"), {"number": number})
    blocks: list[Block] = [_facts([pair for pair in told if pair[1] not in ("", None)], heading)]
    if one.erasures:
        blocks.append(_erasures(one, veil))
    return blocks


def _erasures(one: MediumDossier, veil: Veil) -> Block:
    titles = (N_("Verfahren"), N_("Werkzeug"), N_("Durchgeführt"), N_("Ergebnis"), N_("Geprüft"))
    rows = [
        (
            label(each.method),
            f"{each.tool} {each.tool_version}".strip(),
            f"{veil.name(each.operator_name)}, {date_text(each.done_on)}",
            say(N_("gelungen")) if each.succeeded else say(N_("misslungen")),
            _checked(each, veil),
        )
        for each in one.erasures
    ]
    return Table([say(title) for title in titles], rows, widths=(3, 2, 3, 2, 3))


def _checked(one: ErasureRow, veil: Veil) -> str:
    if one.verifier_name is None:
        return say(N_("noch nicht"))
    found = say(N_("bestanden")) if one.passed else say(N_("nicht bestanden"))
    return f"{veil.name(one.verifier_name)}, {date_text(one.checked_on)}, {label(one.extent)}: {found}"


def _leaving(subject: Subject, veil: Veil) -> list[Block]:
    told: list[tuple[str, object]] = []
    for statement in subject.statements:
        what = N_("Kein Datenträger, bestätigt von") if statement.confirms else N_("Kein Datenträger, festgestellt von")
        who = f"{veil.name(statement.stated_by_name)}, {date_text(statement.stated_on)}: {statement.reason}"
        told.append((what, who))
    for one in subject.labels[-1:]:
        told.append(
            (N_("Beschriftungen entfernt von"), f"{veil.name(one.removed_by_name)}, {date_text(one.removed_on)}")
        )
    for request in subject.requests[-1:]:
        who = f"{veil.name(request.requester)}, {date_text(request.requested_on)}"
        told += [(N_("Beantragt von"), who), (N_("Weg"), request.way), (N_("Empfänger"), request.recipient)]
    if verdict := subject.verdict:
        who = f"{label(verdict.verdict)}, {veil.name(verdict.decider)}, {date_text(verdict.decided_on)}"
        told.append((N_("Entscheidung der zweiten Person"), who))
    for line in lines_of(subject):
        told.append(
            (N_("Übergeben"), f"{line.provider}, {line.container}, {line.seal}, {date_text(line.handed_over_on)}")
        )
    return [_facts(told, say(N_("Weg aus dem Haus")))] if told else []


def _hashes(subject: Subject) -> Block:
    lines = [say(N_("Freigegebene Akte (kanonisches JSON): {sha256}"), {"sha256": subject.sha256})]
    lines += [f"{one.file_name}: {one.sha256}" for one in certificates_of(subject)]
    return Prose(lines, heading=say(N_("Prüfsummen (SHA-256)")))


def _named(one: MediumDossier) -> str:
    plan = one.plan
    if plan is None or plan.protection_class is None or plan.security_level is None:
        return ""
    fineness = Fineness(plan.protection_class, plan.security_level)
    named = fineness.named(CARRIERS[one.medium.kind])
    return say(N_("Schutzklasse {number}, {level}"), {"number": plan.protection_class, "level": named})


def _ordered(line: LineRow) -> str:
    if line.protection_class and line.security_level:
        values = {"number": line.protection_class, "level": line.security_level}
        return say(N_("Klasse {number}, Stufe {level}"), values)
    return say(N_("Datenträger stehen einzeln in der Liste")) if line.device else say(N_("vorher gelöscht"))


def _facts(told: Sequence[tuple[str, object]], heading: str = "") -> Block:
    return Facts([(say(name), str(cell_text(value))) for name, value in told], heading)
