"""What the demo office models and owns: fictional names throughout."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assets.rules.kinds import Kind, LinkKind
from assets.rules.lifecycle import Stage, Step
from assets.rules.protection import Goal, ProtectionNeed, ReasonKind

NORMAL, HIGH, VERY_HIGH = ProtectionNeed
Own = tuple[ProtectionNeed, ProtectionNeed, ProtectionNeed]


@dataclass(frozen=True)
class Thing:
    """A target object: in which unit, who answers for it (by login), and what it needs itself."""

    name: str
    kind: Kind
    unit: str = "amt"
    responsible: str = "isb"
    description: str = ""
    own: Own | None = None
    why: str = ""
    categories: tuple[str, ...] = ()
    number: int = 1
    personal_data: bool = False
    tags: tuple[str, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)  # further facts by their names


@dataclass(frozen=True)
class Piece:
    """A device: its first day so many days ago, and the steps since, each with its day and whom or where it went."""

    number: str
    name: str
    category: str
    model: str
    days: int
    unit: str = "verwaltung"
    maker: str = "Nordwind"
    warranty: int | None = None
    of: str = ""
    steps: Sequence[tuple[Step, int, str]] = ()
    stage: Stage = Stage.IN_STOCK


SCOPE = "Gesundheitsamt Seestadt"
BOUNDARY = (
    "Alle Fachdienste und der Standort Hafenstraße. Nicht dazu gehört, was das Rechenzentrum Nordmark selbst regelt."
)
HEALTH = "Gesundheitsdaten, die unter die Schweigepflicht fallen."
SERVER = {"variety": "Server", "platform": "Debian 12"}
P, A, S = Kind.PROCESS, Kind.APPLICATION, Kind.IT_SYSTEM

THINGS: Sequence[Thing] = (
    Thing("Meldungen nach dem Infektionsschutzgesetz bearbeiten", P, "hygiene", "fachdienst", personal_data=True),
    Thing("Auskunft und Beratung am Telefon", P, "hygiene", "fachdienst", personal_data=True),
    Thing("Einschulungsuntersuchungen", P, "kinder", "Dr. Piotr Zielinski", personal_data=True),
    Thing("Krisenhilfe des Sozialpsychiatrischen Dienstes", P, "spd", "Fenna Ubben", personal_data=True),
    Thing("Personal und Haushalt", P, "verwaltung", "Birte Onken", personal_data=True),
    Thing(
        "Meldewerk",
        A,
        "hygiene",
        "fachdienst",
        "Nimmt Meldungen an, führt Fälle und Kontaktpersonen, gibt Meldungen weiter.",
        (VERY_HIGH, HIGH, HIGH),
        HEALTH,
        ("Webanwendungen",),
        personal_data=True,
    ),
    Thing(
        "Befundbote",
        A,
        "hygiene",
        "fachdienst",
        "Holt Laborbefunde ab und ordnet sie den Fällen zu.",
        (VERY_HIGH, HIGH, NORMAL),
        HEALTH,
        ("Anwendungen",),
        personal_data=True,
    ),
    Thing(
        "Terminlotse",
        A,
        "amt",
        "it",
        "Vergibt Termine für Beratung und Untersuchung, auch von zu Hause.",
        (HIGH, NORMAL, NORMAL),
        "Schon der Anlass eines Termins verrät viel.",
        ("Webanwendungen",),
        personal_data=True,
    ),
    Thing(
        "Schuleingangsakte",
        A,
        "kinder",
        "Dr. Piotr Zielinski",
        "Befunde und Empfehlungen der Einschulungsuntersuchung.",
        (VERY_HIGH, HIGH, NORMAL),
        HEALTH,
        ("Webanwendungen",),
        personal_data=True,
    ),
    Thing(
        "Krisentagebuch",
        A,
        "spd",
        "Fenna Ubben",
        "Verläufe und Absprachen in der Krisenhilfe.",
        (VERY_HIGH, HIGH, HIGH),
        HEALTH,
        ("Anwendungen",),
        personal_data=True,
    ),
    Thing("Hygienekartei", A, "hygiene", "fachdienst", "Begehungen und Mängel.", (NORMAL, HIGH, NORMAL)),
    Thing("Postfach und Kalender", A, "amt", "it", "", (HIGH, NORMAL, HIGH), "", ("E-Mail",), personal_data=True),
    Thing("Anmeldedienst", A, "amt", "it", "Konten und Rechte.", (HIGH, HIGH, NORMAL), "", ("Verzeichnisdienste",)),
    Thing("Lohnkonto", A, "verwaltung", "Birte Onken", "", (HIGH, HIGH, NORMAL), personal_data=True),
    Thing("Anwendungsserver", S, "verwaltung", "it", categories=("Hostsysteme",), more=SERVER),
    Thing("Datenbankserver", S, "verwaltung", "it", categories=("Hostsysteme",), more=SERVER),
    Thing("Notebooks im Außendienst", S, "verwaltung", "it", categories=("Endgeräte",), number=6, personal_data=True),
    Thing("Arbeitsplätze in den Büros", S, "verwaltung", "it", categories=("Endgeräte",), number=22),
    Thing("Diensthandys", S, "verwaltung", "it", categories=("Mobiltelefone",), number=4),
    Thing("Dateiserver am Standort Hafenstraße", S, "hafen", "it", categories=("Hostsysteme", "Dateiserver")),
    Thing("Internetanschluss", Kind.NETWORK, "verwaltung", "it", categories=("Externe Netzanschlüsse",)),
    Thing("Hausnetz", Kind.NETWORK, "verwaltung", "it", categories=("Interne Netzsegmente",)),
    Thing("Serverraum im Keller", Kind.ROOM, "verwaltung", "it", categories=("Serverräume",)),
    Thing("Büros im Erdgeschoss", Kind.ROOM, "verwaltung", "Birte Onken", categories=("Räume",)),
    Thing("Rechenzentrum Nordmark", Kind.SERVICE_PROVIDER, "amt", "it", categories=("Outsourcing",)),
    Thing("Fernwartung Küste", Kind.SERVICE_PROVIDER, "amt", "it", categories=("Dienstleistungen",)),
)

USES, RUNS_ON, AT = LinkKind.USES, LinkKind.RUNS_ON, LinkKind.CONNECTED_TO
IN, BY = LinkKind.LOCATED_IN, LinkKind.OPERATED_BY
LINKS: Sequence[tuple[str, LinkKind, str]] = (
    ("Meldungen nach dem Infektionsschutzgesetz bearbeiten", USES, "Meldewerk"),
    ("Meldungen nach dem Infektionsschutzgesetz bearbeiten", USES, "Befundbote"),
    ("Auskunft und Beratung am Telefon", USES, "Meldewerk"),
    ("Auskunft und Beratung am Telefon", USES, "Terminlotse"),
    ("Einschulungsuntersuchungen", USES, "Schuleingangsakte"),
    ("Einschulungsuntersuchungen", USES, "Terminlotse"),
    ("Krisenhilfe des Sozialpsychiatrischen Dienstes", USES, "Krisentagebuch"),
    ("Personal und Haushalt", USES, "Lohnkonto"),
    ("Befundbote", USES, "Meldewerk"),
    ("Meldewerk", USES, "Anmeldedienst"),
    ("Schuleingangsakte", USES, "Anmeldedienst"),
    ("Meldewerk", RUNS_ON, "Anwendungsserver"),
    ("Schuleingangsakte", RUNS_ON, "Anwendungsserver"),
    ("Krisentagebuch", RUNS_ON, "Anwendungsserver"),
    ("Meldewerk", RUNS_ON, "Datenbankserver"),
    ("Anmeldedienst", RUNS_ON, "Anwendungsserver"),
    ("Hygienekartei", RUNS_ON, "Notebooks im Außendienst"),
    ("Krisentagebuch", RUNS_ON, "Notebooks im Außendienst"),
    ("Postfach und Kalender", RUNS_ON, "Diensthandys"),
    ("Hygienekartei", RUNS_ON, "Dateiserver am Standort Hafenstraße"),
    ("Terminlotse", BY, "Rechenzentrum Nordmark"),
    ("Postfach und Kalender", BY, "Rechenzentrum Nordmark"),
    ("Befundbote", BY, "Fernwartung Küste"),
    ("Anwendungsserver", AT, "Hausnetz"),
    ("Datenbankserver", AT, "Hausnetz"),
    ("Arbeitsplätze in den Büros", AT, "Hausnetz"),
    ("Hausnetz", AT, "Internetanschluss"),
    ("Anwendungsserver", IN, "Serverraum im Keller"),
    ("Datenbankserver", IN, "Serverraum im Keller"),
    ("Arbeitsplätze in den Büros", IN, "Büros im Erdgeschoss"),
)

SETTLED: Sequence[tuple[str, Goal, ProtectionNeed, ReasonKind, str]] = (
    (
        "Anwendungsserver",
        Goal.AVAILABILITY,
        VERY_HIGH,
        ReasonKind.ACCUMULATION,
        "Fällt er aus, stehen vier Fachverfahren zugleich.",
    ),
    (
        "Internetanschluss",
        Goal.CONFIDENTIALITY,
        NORMAL,
        ReasonKind.DISTRIBUTION,
        "Über die Leitung geht alles verschlüsselt.",
    ),
)

ISSUE, BACK, RESET, SET = Step.ISSUE, Step.TAKE_BACK, Step.RESET, Step.INSTALL
FIELD, PHONES = "Notebooks im Außendienst", "Diensthandys"
PIECES: Sequence[Piece] = (
    Piece("NB-0001", "Notebook Außendienst", "Notebook", "Reise 14", 720, warranty=375, of=FIELD,
          steps=((ISSUE, 715, "Imke Brodersen"),)),
    Piece("NB-0002", "Notebook Außendienst", "Notebook", "Reise 14", 720, warranty=375, of=FIELD,
          steps=((ISSUE, 712, "Antje Reents"), (BACK, 95, "Lager IT"), (RESET, 94, "Lager IT"),
                 (ISSUE, 60, "Mahmoud Nasser"))),
    Piece("NB-0003", "Notebook Außendienst", "Notebook", "Reise 14", 720, warranty=375, of=FIELD,
          steps=((ISSUE, 700, "Hauke Dirksen"),)),
    Piece("NB-0004", "Notebook Außendienst", "Notebook", "Reise 14", 410, warranty=685, of=FIELD,
          steps=((ISSUE, 405, "Fenna Ubben"),)),
    Piece("NB-0005", "Notebook Außendienst", "Notebook", "Reise 15", 130, warranty=965, of=FIELD),
    Piece("NB-0006", "Notebook Schulung", "Notebook", "Reise 13", 1100, warranty=18, of=FIELD,
          steps=((ISSUE, 40, "Dilek Aydın, bis -6"),)),
    Piece("NB-0007", "Notebook", "Notebook", "Reise 12", 1600,
          steps=((ISSUE, 1590, "Olaf Gerdes"), (Step.REPORT_LOST, 34, "Nach der Fortbildung nicht mehr gefunden."))),
    Piece("NB-0008", "Notebook", "Notebook", "Reise 12", 1600,
          steps=((ISSUE, 1500, "Kerstin Poppinga"), (BACK, 210, "Lager IT"), (Step.RETIRE, 200, "Akku und Alter"))),
    Piece("NB-0009", "Notebook Krisenhilfe", "Notebook", "Reise 11", 2000, of=FIELD,
          steps=((ISSUE, 1990, "Fenna Ubben"), (BACK, 66, "Lager IT"), (Step.RETIRE, 62, "Zu alt für Updates"))),
    Piece("PC-0011", "Arbeitsplatz Empfang", "PC", "Ruhe 5", 800, steps=((SET, 795, "Raum 001, Empfang"),)),
    Piece("PC-0012", "Arbeitsplatz Sekretariat", "PC", "Ruhe 5", 800, steps=((SET, 795, "Raum 104"),)),
    Piece("PC-0013", "Arbeitsplatz Untersuchung", "PC", "Ruhe 5", 640, steps=((SET, 630, "Raum 012"),)),
    Piece("PC-0014", "Arbeitsplatz", "PC", "Ruhe 6", 6, stage=Stage.ORDERED),
    Piece("PC-0015", "Arbeitsplatz Sprechstunde", "PC", "Ruhe 3", 2400,
          steps=((SET, 2390, "Raum 014"), (BACK, 52, "Lager IT"), (Step.RETIRE, 48, "Ersetzt"))),
    Piece("PC-0016", "Arbeitsplatz Sprechstunde", "PC", "Ruhe 3", 2400,
          steps=((SET, 2390, "Raum 015"), (BACK, 52, "Lager IT"), (Step.RETIRE, 48, "Ersetzt"))),
    Piece("MH-0021", "Diensthandy", "Mobiltelefon", "Taschenboje 3", 500, of=PHONES,
          steps=((ISSUE, 495, "Imke Brodersen"),)),
    Piece("MH-0022", "Diensthandy", "Mobiltelefon", "Taschenboje 3", 500, of=PHONES,
          steps=((ISSUE, 495, "Hauke Dirksen"),)),
    Piece("MH-0023", "Diensthandy Bereitschaft", "Mobiltelefon", "Taschenboje 3", 500, of=PHONES,
          steps=((ISSUE, 490, "Swantje Focken"),)),
    Piece("MH-0024", "Diensthandy", "Mobiltelefon", "Taschenboje 2", 900, of=PHONES),
    Piece("SV-0031", "Anwendungsserver", "Server", "Anker 2", 690, warranty=405, of="Anwendungsserver",
          steps=((SET, 688, "Serverraum im Keller"),)),
    Piece("SV-0032", "Datenbankserver", "Server", "Anker 2", 690, warranty=405, of="Datenbankserver",
          steps=((SET, 688, "Serverraum im Keller"),)),
    Piece("SV-0033", "Dateiserver", "Server", "Anker 1", 1300, unit="hafen",
          of="Dateiserver am Standort Hafenstraße", steps=((SET, 1290, "Hafenstraße, Technikraum"),)),
    Piece("DR-0041", "Drucker Flur", "Drucker", "Letter 400", 560, steps=((SET, 555, "Flur im Erdgeschoss"),)),
    Piece("DR-0042", "Drucker Meldewesen", "Drucker", "Letter 200", 300,
          steps=((SET, 298, "Raum 118"), (Step.REPAIR, 9, "Papiereinzug"))),
)  # fmt: skip
