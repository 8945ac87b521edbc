"""How the audit trail tells what happened to catalogues, requirements and risks."""

from collections.abc import Mapping

from isms.rules.texts import N_

SENTENCES: Mapping[str, str] = {
    "catalogue.imported": N_("{actor} hat den Katalog {subject} eingelesen: {requirements} Anforderungen."),
    "requirement.judged": N_("{actor} hat den Stand von {subject} festgelegt: {implementation}. {statement}"),
    "requirement.linked": N_("{actor} hat {subject} mit dem Risiko {risk} verknüpft."),
    "risk.recorded": N_("{actor} hat {subject} erfasst."),
    "risk.described": N_("{actor} hat Angaben zu {subject} geändert."),
    "risk.valued": N_("{actor} hat {subject} bewertet, {state}: {risk_level}."),
    "risk.treated": N_("{actor} hat entschieden, {subject} zu {treatment}: {reason}"),
    "risk.accepted": N_("{actor} hat das Restrisiko von {subject} übernommen ({risk_level}), bis {until}: {reason}"),
    "risk.reviewed": N_("{actor} hat {subject} überprüft: {note} Wiedervorlage: {review_on}."),
    "risk.closed": N_("{actor} hat {subject} geschlossen: {note}"),
    "risk.reopened": N_("{actor} hat {subject} wieder geöffnet: {note}"),
    "risk.control_linked": N_("{actor} hat {subject} mit der Anforderung {requirement} verknüpft."),
    "risk.control_unlinked": N_("{actor} hat die Verknüpfung von {subject} mit {requirement} gelöst."),
    "measure.planned": N_("{actor} hat zu {risk} die Maßnahme {subject} geplant."),
    "measure.completed": N_("{actor} hat die Maßnahme {subject} als erledigt gemeldet: {result}"),
}
