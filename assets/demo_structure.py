"""What the demo office protects beside applications and systems: information, links, places, roles; all fictional."""

from collections.abc import Sequence

from assets.demo_things import HEALTH, HIGH, NORMAL, VERY_HIGH, Thing
from assets.rules.kinds import Kind, LinkKind

VPN, UPKEEP_LINE = "VPN zum Rechenzentrum Nordmark", "Fernwartungszugang"
HOUSE, HARBOUR = "Dienstgebäude Am Deich", "Standort Hafenstraße"
FINDINGS, STAFF = "Befunde und Meldedaten", "Personaldaten"
ADMINS, NIGHT = "Administration", "Rufbereitschaft Infektionsschutz"

FURTHER: Sequence[Thing] = (
    Thing(
        FINDINGS,
        Kind.INFORMATION,
        "hygiene",
        "fachdienst",
        "Was Ärztinnen, Ärzte und Labore melden, und was daraus wird.",
        (VERY_HIGH, HIGH, NORMAL),
        HEALTH,
        ("Daten",),
        personal_data=True,
        more={"variety": "elektronisch und auf Papier"},
        tags=("Schweigepflicht",),
    ),
    Thing(
        STAFF,
        Kind.INFORMATION,
        "verwaltung",
        "Birte Onken",
        own=(HIGH, HIGH, NORMAL),
        why="Beschäftigtendaten.",
        categories=("Daten",),
        personal_data=True,
        more={"variety": "elektronisch"},
    ),
    Thing(
        "Lüftungssteuerung",
        Kind.ICS,
        "verwaltung",
        "it",
        "Regelt Zuluft und Kälte im Impfbereich.",
        more={"variety": "Gebäudeleittechnik", "vendor": "Nordwind", "provider_operated": True},
        tags=("Umzug 2027",),
    ),
    Thing(
        "Fühler der Impfstoffkühlschränke",
        Kind.IOT,
        "hygiene",
        "it",
        "Melden zu hohe Temperaturen aufs Diensthandy.",
        number=8,
        more={"variety": "Temperaturfühler", "vendor": "Küstenkälte"},
    ),
    Thing(
        VPN,
        Kind.COMMUNICATION_LINK,
        "amt",
        "it",
        categories=("Externe Netzanschlüsse",),
        more={"variety": "VPN", "critical": "k1"},
    ),
    Thing(
        UPKEEP_LINE,
        Kind.COMMUNICATION_LINK,
        "amt",
        "it",
        "Nur nach Anruf und unter Aufsicht offen.",
        more={"variety": "Fernwartung", "critical": "k1 k5"},
        tags=("Umzug 2027",),
    ),
    Thing(HOUSE, Kind.BUILDING, "amt", "Birte Onken", categories=("Gebäude",), more={"variety": "Dienstgebäude"}),
    Thing(HARBOUR, Kind.SITE, "hafen", "Birte Onken", categories=("Standorte",), tags=("Umzug 2027",)),
    Thing("Technikraum Hafenstraße", Kind.ROOM, "hafen", "Birte Onken", more={"variety": "Technikraum"}),
    Thing(ADMINS, Kind.ROLE, "amt", "it", categories=("Administrierende",), number=2),
    Thing(NIGHT, Kind.ROLE, "hygiene", "fachdienst", categories=("Mitarbeitende",), number=4),
    Thing("Hygiene-Kartei", Kind.APPLICATION, "hygiene", "fachdienst", "Aus der alten Liste der Fachverfahren."),
)

FURTHER_LINKS: Sequence[tuple[str, LinkKind, str]] = (
    (FINDINGS, LinkKind.PROCESSED_BY, "Meldewerk"),
    (FINDINGS, LinkKind.PROCESSED_BY, "Befundbote"),
    (STAFF, LinkKind.PROCESSED_BY, "Lohnkonto"),
    ("Hausnetz", LinkKind.START_OF, VPN),
    ("Rechenzentrum Nordmark", LinkKind.END_OF, VPN),
    ("Terminlotse", LinkKind.USES, VPN),
    ("Postfach und Kalender", LinkKind.USES, VPN),
    ("Fernwartung Küste", LinkKind.START_OF, UPKEEP_LINE),
    ("Anwendungsserver", LinkKind.END_OF, UPKEEP_LINE),
    ("Lüftungssteuerung", LinkKind.CONNECTED_TO, "Hausnetz"),
    ("Lüftungssteuerung", LinkKind.LOCATED_IN, HOUSE),
    ("Fühler der Impfstoffkühlschränke", LinkKind.CONNECTED_TO, "Hausnetz"),
    ("Fühler der Impfstoffkühlschränke", LinkKind.LOCATED_IN, "Büros im Erdgeschoss"),
    ("Fühler der Impfstoffkühlschränke", LinkKind.LOCATED_IN, "Technikraum Hafenstraße"),
    ("Serverraum im Keller", LinkKind.LIES_IN, HOUSE),
    ("Büros im Erdgeschoss", LinkKind.LIES_IN, HOUSE),
    ("Dateiserver am Standort Hafenstraße", LinkKind.LOCATED_IN, "Technikraum Hafenstraße"),
    ("Technikraum Hafenstraße", LinkKind.LIES_IN, HARBOUR),
    (ADMINS, LinkKind.WORKS_WITH, "Anmeldedienst"),
    (NIGHT, LinkKind.WORKS_WITH, "Meldewerk"),
    ("Meldungen nach dem Infektionsschutzgesetz bearbeiten", LinkKind.CARRIED_OUT_BY, NIGHT),
)
