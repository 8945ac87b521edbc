"""What is written down about each kind of target object beyond what all have in common (BSI 200-2, section 8.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assets.rules.kinds import Kind
from isms.rules.texts import N_


@dataclass(frozen=True)
class Field:
    """A field of the form by the name of its column, with its label and an example."""

    name: str
    label: str
    hint: str = ""


ADMINISTRATOR = Field("administrator", N_("Administriert von"))
PROVIDER = Field("provider_operated", N_("Wird von einem Dienstleister betrieben"))
MAKER = Field("vendor", N_("Hersteller"))
SYSTEM = (
    Field("variety", N_("Typ"), N_("Zum Beispiel Server, Client, Drucker.")),
    Field("platform", N_("Plattform oder Betriebssystem"), N_("Zum Beispiel Debian 12 oder Windows 11.")),
    MAKER,
    ADMINISTRATOR,
    PROVIDER,
)

FIELDS: Mapping[Kind, tuple[Field, ...]] = {
    Kind.PROCESS: (Field("variety", N_("Art des Prozesses"), N_("Zum Beispiel Kernprozess.")), PROVIDER),
    Kind.INFORMATION: (Field("variety", N_("Form"), N_("Zum Beispiel elektronisch oder auf Papier.")),),
    Kind.APPLICATION: (
        Field("vendor", N_("Hersteller oder Träger")),
        Field("release", N_("Version"), N_("Zum Beispiel 4.2.")),
        ADMINISTRATOR,
        PROVIDER,
    ),
    Kind.IT_SYSTEM: SYSTEM,
    Kind.ICS: SYSTEM,
    Kind.IOT: SYSTEM,
    Kind.NETWORK: (
        Field("variety", N_("Art des Netzes"), N_("Zum Beispiel LAN, WLAN, Internetanschluss.")),
        ADMINISTRATOR,
        PROVIDER,
    ),
    Kind.COMMUNICATION_LINK: (
        Field("variety", N_("Art der Verbindung"), N_("Zum Beispiel VPN, Standleitung, Funk.")),
        Field("critical", N_("Kritisch, weil"), N_("K2 bis K4 ergeben sich auch von selbst aus dem Schutzbedarf.")),
        PROVIDER,
    ),
    Kind.ROOM: (Field("variety", N_("Art des Raums"), N_("Zum Beispiel Büro, Serverraum, Archiv.")), PROVIDER),
    Kind.BUILDING: (Field("variety", N_("Art des Gebäudes"), N_("Zum Beispiel Dienstgebäude.")), PROVIDER),
    Kind.SITE: (Field("variety", N_("Anschrift"), N_("Zum Beispiel Hafenstraße 1, 26000 Seestadt.")), PROVIDER),
    Kind.SERVICE_PROVIDER: (Field("variety", N_("Leistung"), N_("Zum Beispiel Rechenzentrum, Fernwartung.")),),
    Kind.ROLE: (Field("variety", N_("Art der Rolle"), N_("Zum Beispiel Nutzende, Administration, Leitung.")),),
}

EXAMPLES: Mapping[Kind, str] = {
    Kind.PROCESS: N_("Eine Aufgabe des Amts oder ein Fachverfahren, zum Beispiel Meldewesen Infektionsschutz."),
    Kind.INFORMATION: N_("Was geschützt werden soll, zum Beispiel Befunde oder Personalakten."),
    Kind.APPLICATION: N_("Ein Programm oder ein Dienst, zum Beispiel die Meldesoftware."),
    Kind.IT_SYSTEM: N_("Ein Gerät oder eine Gruppe gleicher Geräte, zum Beispiel Notebooks im Außendienst."),
    Kind.ICS: N_("Eine Steuerung von Anlagen, zum Beispiel die Gebäudeleittechnik."),
    Kind.IOT: N_("Ein vernetztes Ding, zum Beispiel ein Kühlschrankfühler oder eine Kamera."),
    Kind.NETWORK: N_("Ein Netz oder ein Netzabschnitt, zum Beispiel das Hausnetz."),
    Kind.COMMUNICATION_LINK: N_("Ein Weg von einem zum anderen, zum Beispiel das VPN zum Rechenzentrum."),
    Kind.ROOM: N_("Ein Raum oder gleiche Räume, zum Beispiel der Serverraum."),
    Kind.BUILDING: N_("Ein Haus, zum Beispiel das Dienstgebäude."),
    Kind.SITE: N_("Ein Ort des Amts, zum Beispiel die Nebenstelle."),
    Kind.SERVICE_PROVIDER: N_("Wer etwas für das Amt betreibt oder pflegt, zum Beispiel das Rechenzentrum."),
    Kind.ROLE: N_("Menschen in einer Aufgabe, zum Beispiel die Administration."),
}
