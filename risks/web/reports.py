"""The registers of this area as tables for the evidence package."""

from isms.area import Column, Report
from isms.rules.texts import N_
from risks.queries import reports
from risks.rules.permissions import May

RISK = Column("risk", N_("Risiko"))
EDITION = Column("edition", N_("Ausgabe"))
UUID = Column("uuid", N_("UUID der Anforderung"))
CODE = Column("requirement", N_("Anforderung"))
TITLE = Column("title", N_("Titel"))
REASON = Column("reason", N_("Begründung"))
UNIT = Column("unit", N_("Einheit"))

REPORTS = (
    Report(
        "risks",
        N_("Risiken"),
        (
            RISK,
            TITLE,
            Column("object", N_("Kürzel des Zielobjekts")),
            Column("object_name", N_("Zielobjekt")),
            Column("threat", N_("Gefährdung")),
            Column("stage", N_("Status")),
            Column("frequency", N_("Häufigkeit")),
            Column("impact", N_("Schadenshöhe")),
            Column("level", N_("Stufe")),
            Column("owner", N_("Verantwortlich"), personal=True),
            Column("review_on", N_("Wiedervorlage")),
            Column("recorded_on", N_("Erfasst am")),
            UNIT,
        ),
        reports.risks,
        asks=May.VIEW_RISKS,
    ),
    Report(
        "risk_valuations",
        N_("Bewertungen von Risiken"),
        (
            RISK,
            Column("state", N_("Zustand")),
            Column("frequency", N_("Häufigkeit")),
            Column("impact", N_("Schadenshöhe")),
            Column("level", N_("Stufe")),
            Column("matrix", N_("Matrix")),
            REASON,
            Column("valued_on", N_("Bewertet am")),
            Column("valued_by", N_("Bewertet von"), personal=True),
        ),
        reports.valuations,
        asks=May.VIEW_RISKS,
    ),
    Report(
        "risk_treatments",
        N_("Behandlung von Risiken"),
        (
            RISK,
            Column("treatment", N_("Behandlung")),
            REASON,
            Column("contract", N_("Vertrag")),
            Column("decided_on", N_("Entschieden am")),
            Column("decided_by", N_("Entschieden von"), personal=True),
        ),
        reports.treatments,
        asks=May.VIEW_RISKS,
    ),
    Report(
        "risk_acceptances",
        N_("Übernommene Restrisiken"),
        (
            RISK,
            Column("level", N_("Stufe")),
            REASON,
            Column("conditions", N_("Bedingungen")),
            Column("accepted_on", N_("Übernommen am")),
            Column("until", N_("Gilt bis")),
            Column("accepted_by", N_("Übernommen von"), personal=True),
        ),
        reports.acceptances,
        asks=May.VIEW_RISKS,
    ),
    Report(
        "measures",
        N_("Maßnahmen"),
        (
            RISK,
            Column("measure", N_("Maßnahme")),
            Column("due_on", N_("Erledigt bis")),
            Column("done_on", N_("Erledigt am")),
            Column("result", N_("Ergebnis")),
            Column("responsible", N_("Umsetzung durch"), personal=True),
        ),
        reports.measures,
        asks=May.VIEW_RISKS,
    ),
    Report(
        "controls",
        N_("Anforderungen, die Risiken eindämmen"),
        (RISK, UUID, CODE, TITLE, EDITION, Column("since", N_("Seit")), Column("implementation", N_("Umsetzung"))),
        reports.controls,
        asks=May.VIEW_RISKS,
    ),
    Report(
        "requirement_status",
        N_("Stand der Umsetzung"),
        (
            UNIT,
            UUID,
            CODE,
            TITLE,
            Column("modal_verb", N_("Modalverb")),
            Column("security_level", N_("Sicherheitsniveau")),
            EDITION,
            Column("implementation", N_("Umsetzung")),
            REASON,
            Column("since", N_("Seit")),
            Column("judged_by", N_("Beurteilt von"), personal=True),
        ),
        reports.requirement_status,
        asks=May.VIEW_REQUIREMENTS,
    ),
    Report(
        "requirements",
        N_("Anforderungen der eingelesenen Kataloge"),
        (
            UUID,
            CODE,
            TITLE,
            Column("modal_verb", N_("Modalverb")),
            Column("security_level", N_("Sicherheitsniveau")),
            Column("effort", N_("Aufwand")),
            Column("catalogue", N_("Katalog")),
            Column("version", N_("Ausgabe")),
            Column("sha256", N_("SHA-256 der Datei")),
            Column("publisher", N_("Quelle")),
            Column("licence", N_("Lizenz")),
        ),
        reports.requirements,
        asks=May.VIEW_REQUIREMENTS,
    ),
)
