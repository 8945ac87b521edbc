"""What the demo office tells of its risks: sentences of a fictional office, on objects by kind and rank."""

from collections.abc import Sequence
from dataclasses import dataclass

from assets.rules.kinds import Kind
from risks.rules.levels import Frequency, Impact
from risks.rules.requirements import Implementation
from risks.rules.treatment import Decision, Treatment

Valued = tuple[Frequency, Impact, str]
RARE, MEDIUM, OFTEN, VERY_OFTEN = Frequency
NEGLIGIBLE, LIMITED, CONSIDERABLE, EXISTENTIAL = Impact
YES, PARTLY, NO = Implementation.YES, Implementation.PARTLY, Implementation.NO


@dataclass(frozen=True)
class Told:
    """A risk on the object of a kind; `days` ago recorded, reviewed in so many days. Owners by their login.

    Measures are (title, who, due in days); an acceptance is (reason, days ago, until in days).
    """

    kind: Kind
    rank: int
    threat: str
    title: str
    owner: str
    days: int
    review_in: int
    description: str = ""
    without: Valued | None = None
    existing: Valued | None = None
    treatment: Decision | None = None
    measures: Sequence[tuple[str, str, int]] = ()
    treated: Valued | None = None
    accepted: tuple[str, int, int] | None = None
    closed: str = ""
    controls: Sequence[str] = ()


RISKS: Sequence[Told] = (
    Told(
        kind=Kind.APPLICATION,
        rank=0,
        threat="G 0.25",
        title="Ausfall von {object}",
        owner="it",
        days=120,
        review_in=60,
        description="Fällt das Verfahren länger als einen Tag aus, bleiben Meldungen liegen, und Fristen laufen ab.",
        without=(VERY_OFTEN, CONSIDERABLE, "Ohne Sicherung und Wartung fiele das Verfahren mehrmals im Monat aus."),
        existing=(OFTEN, CONSIDERABLE, "Zwei Ausfälle im letzten Jahr, je einen halben Tag."),
        treatment=Decision(Treatment.REDUCE, "Ein zweiter Server übernimmt, wenn der erste ausfällt."),
        measures=(("Ersatzserver beschaffen und Umschaltung üben", "it", 45),),
        treated=(MEDIUM, LIMITED, "Die Umschaltung dauert höchstens zwei Stunden."),
        controls=("GA.NOT.2.2", "GA.NOT.1.4"),
    ),
    Told(
        kind=Kind.APPLICATION,
        rank=1,
        threat="G 0.19",
        title="Befunde aus {object} geraten an Unbefugte",
        owner="fachdienst",
        days=200,
        review_in=-12,
        description="Befunde gehen noch als Anhang hinaus; ein Zahlendreher in der Adresse genügt.",
        existing=(MEDIUM, EXISTENTIAL, "Ein Irrläufer im letzten Jahr, der noch abgefangen wurde."),
        treatment=Decision(Treatment.REDUCE, "Befunde gehen nur noch über ein gesichertes Postfach hinaus."),
        measures=(("Gesichertes Postfach für alle Labore einrichten", "it", -5),),
        controls=("GA.GES.2.1", "GA.GES.1.2"),
    ),
    Told(
        kind=Kind.APPLICATION,
        rank=2,
        threat="G 0.28",
        title="Bekannte Schwachstelle in {object} bleibt offen",
        owner="it",
        days=150,
        review_in=90,
        existing=(OFTEN, LIMITED, "Der Hersteller liefert Updates erst nach Wochen."),
        treatment=Decision(Treatment.ACCEPT, "Ein Wechsel des Verfahrens steht für das nächste Jahr fest."),
        accepted=("Bis zum Wechsel ist das Verfahren nur aus dem Amtsnetz zu erreichen.", 130, 240),
        controls=("GA.KON.2.1",),
    ),
    Told(
        kind=Kind.IT_SYSTEM,
        rank=0,
        threat="G 0.39",
        title="Schadprogramm verschlüsselt {object}",
        owner="it",
        days=260,
        review_in=30,
        description="Ein geöffneter Anhang reicht, um alles zu verschlüsseln, worauf das Konto schreiben darf.",
        without=(VERY_OFTEN, EXISTENTIAL, "Ohne Virenschutz und Schulung wäre es nur eine Frage der Zeit."),
        existing=(MEDIUM, EXISTENTIAL, "Virenschutz und Schulung greifen; die Sicherung hängt aber am selben Netz."),
        treatment=Decision(Treatment.REDUCE, "Eine Kopie der Sicherung liegt künftig ohne Netzverbindung im Tresor."),
        measures=(
            ("Wöchentliche Kopie auf Wechselplatten", "it", 20),
            ("Rücksicherung üben", "it", 120),
        ),
        treated=(RARE, CONSIDERABLE, "Mit der Kopie im Tresor ist nach zwei Tagen alles wieder da."),
        controls=("GA.NOT.1.2", "GA.NOT.1.4", "GA.KON.1.2", "GA.SEN.2.1"),
    ),
    Told(
        kind=Kind.IT_SYSTEM,
        rank=1,
        threat="G 0.30",
        title="Gemeinsames Administrationskonto auf {object}",
        owner="it",
        days=300,
        review_in=50,
        existing=(OFTEN, CONSIDERABLE, "Drei Personen und eine Fremdfirma kennen dasselbe Passwort."),
        treatment=Decision(Treatment.AVOID, "Das gemeinsame Konto ist gesperrt; jede Person hat ein eigenes."),
        measures=(("Eigene Administrationskonten einrichten", "it", 1),),
        closed="Das gemeinsame Konto gibt es nicht mehr; die Protokolle zeigen nur noch eigene Konten.",
        controls=("GA.ZUG.1.2", "GA.ZUG.1.1"),
    ),
    Told(
        kind=Kind.IT_SYSTEM,
        rank=2,
        threat="G 0.16",
        title="Diebstahl aus dem Auto: {object}",
        owner="it",
        days=90,
        review_in=75,
        existing=(MEDIUM, LIMITED, "Die Festplatten sind verschlüsselt; der Ersatz kostet Zeit und Geld."),
        treatment=Decision(Treatment.TRANSFER, "Die Versicherung deckt Geräte im Außendienst.", "Police EV-2210"),
        treated=(MEDIUM, NEGLIGIBLE, "Es bleibt der Aufwand, ein Ersatzgerät einzurichten."),
        controls=("GA.KON.1.3", "GA.MOB.1.3"),
    ),
    Told(
        kind=Kind.NETWORK,
        rank=0,
        threat="G 0.9",
        title="Leitungsausfall: {object}",
        owner="it",
        days=180,
        review_in=14,
        existing=(OFTEN, LIMITED, "Der Bagger kam in zwei Jahren dreimal."),
        treatment=Decision(Treatment.ACCEPT, "Eine zweite Leitung kostet mehr, als ein Tag auf Papier anrichtet."),
        accepted=("Für drei Tage reichen die Notfalllisten auf Papier.", 170, -4),
        controls=("GA.NOT.2.3",),
    ),
    Told(
        kind=Kind.ROOM,
        rank=0,
        threat="G 0.3",
        title="Wasser von oben: {object}",
        owner="verwaltung",
        days=75,
        review_in=100,
        description="Über dem Raum verläuft eine Heizungsleitung aus den siebziger Jahren.",
        existing=(RARE, EXISTENTIAL, "Bisher kein Schaden, aber die Leitung ist fünfzig Jahre alt."),
        treatment=Decision(Treatment.REDUCE, "Ein Wassermelder schlägt Alarm, und die Schränke stehen auf Sockeln."),
        measures=(("Wassermelder einbauen lassen", "isb", 30),),
        treated=(RARE, CONSIDERABLE, "Mit Melder und Sockel bleibt Zeit, die Technik zu retten."),
        controls=("GA.GEB.2.1",),
    ),
    Told(
        kind=Kind.SERVICE_PROVIDER,
        rank=0,
        threat="G 0.11",
        title="{object} fällt aus oder wird übernommen",
        owner="isb",
        days=60,
        review_in=150,
        existing=(RARE, CONSIDERABLE, "Kleiner Anbieter mit wenigen Köpfen; der Vertrag läuft noch drei Jahre."),
        controls=("GA.BES.2.5", "GA.KIC.2.2"),
    ),
    Told(
        kind=Kind.SERVICE_PROVIDER,
        rank=1,
        threat="G 0.32",
        title="Fernwartung ohne Aufsicht durch {object}",
        owner="it",
        days=30,
        review_in=45,
        existing=(OFTEN, CONSIDERABLE, "Der Zugang ist dauerhaft offen, niemand sieht zu."),
        controls=("GA.BES.2.3",),
    ),
    Told(
        kind=Kind.PROCESS,
        rank=0,
        threat="G 0.33",
        title="Personalausfall: {object}",
        owner="fachdienst",
        days=45,
        review_in=80,
        existing=(
            MEDIUM,
            CONSIDERABLE,
            "In der Grippewelle fehlte ein Drittel ohne eingearbeitete Vertretung.",
        ),
        treatment=Decision(Treatment.REDUCE, "Jede Aufgabe hat eine eingearbeitete Vertretung."),
        measures=(("Vertretungen benennen und einarbeiten", "fachdienst", 60),),
        controls=("GA.ORG.1.4",),
    ),
    Told(
        kind=Kind.PROCESS,
        rank=1,
        threat="G 0.42",
        title="Falscher Anrufer erfragt Daten: {object}",
        owner="fachdienst",
        days=4,
        review_in=20,
        description="Am Telefon gab sich jemand als Klinik aus und fragte nach Kontaktpersonen.",
        controls=("GA.GES.1.2", "GA.SEN.2.1"),
    ),
)

# Requirement, days ago, status, why.
CHECKS: Sequence[tuple[str, int, Implementation, str]] = (
    ("GA.ORG.1.1", 400, YES, "Leitlinie vom Januar, unterschrieben, mit Termin für die Durchsicht."),
    ("GA.ORG.1.2", 400, YES, "Bestellung liegt in der Personalakte."),
    ("GA.ORG.1.4", 90, PARTLY, "Für Infektionsschutz und IT benannt, für die übrigen Fachdienste noch nicht."),
    ("GA.RIS.1.1", 300, YES, "Häufigkeit und Schaden sind von der Leitung freigegeben."),
    ("GA.RIS.1.2", 120, PARTLY, "Die wichtigsten Verfahren sind bewertet, die kleinen folgen."),
    ("GA.GER.1.1", 200, YES, "Das Geräteverzeichnis wird hier geführt."),
    ("GA.GER.2.1", 200, YES, "Jede Ausgabe steht mit Person und Tag im Verzeichnis."),
    ("GA.SEN.1.1", 150, PARTLY, "Am Standort Hafenstraße fehlen noch Abschlüsse."),
    ("GA.NOT.1.1", 250, YES, "Sicherungskonzept Fassung 3."),
    ("GA.NOT.1.2", 250, NO, "Die Kopie hängt am selben Netz; Wechselplatten sind bestellt."),
    ("GA.NOT.1.4", 250, PARTLY, "Einzelne Dateien sind zurückgeholt worden, ein ganzer Server noch nie."),
    ("GA.KON.1.2", 300, YES, "Auf allen Arbeitsplätzen und Servern, zentral überwacht."),
    ("GA.KON.1.3", 180, YES, "Alle Notebooks sind verschlüsselt."),
    ("GA.KON.2.1", 100, PARTLY, "Betriebssysteme zügig, zwei Fachverfahren nur mit dem Hersteller."),
    ("GA.ZUG.1.3", 60, NO, "Für die Fernarbeit bestellt, für die Administration noch offen."),
    ("GA.BES.2.3", 25, NO, "Der Wartungszugang des Laborverfahrens ist dauerhaft offen."),
    ("GA.GES.2.2", 80, Implementation.NOT_NEEDED, "Das letzte Faxgerät ist abgebaut."),
)
