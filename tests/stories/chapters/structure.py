"""What the office works with, and what it needs."""

from pathlib import Path

from tests.stories.chapters.entrance import sign_in
from tests.stories.walker import Walker

APPLICATION = "GA-Lotse travel-medicine"
SERVER = "Server Fachverfahren"


def the_isb_imports_the_applications(at: Walker, data: Path) -> None:
    sign_in(at, "yildiz")
    at.follow("Zielobjekte")
    at.follow("Zielobjekte importieren")
    at.attach("Datei", data / "health-office/anwendungen.csv")
    at.select("Für welche Einheit?", "Gesundheitsamt Seestadt")
    at.press("Datei prüfen")
    at.sees("Es ist noch nichts gespeichert", APPLICATION)
    at.press("Import ausführen")
    at.sees("Der Import ist ausgeführt.")


def the_isb_adds_the_server(at: Walker) -> None:
    sign_in(at, "yildiz")
    add(at, "IT-System", SERVER)

    show(at, APPLICATION)
    at.follow("Verknüpfen")
    at.choose("läuft auf", within=APPLICATION)
    at.look_up("Zielobjekt", SERVER, "IT-")
    at.press("Verknüpfen")
    at.sees(SERVER, "läuft auf")


def add(at: Walker, kind: str, name: str) -> None:
    at.follow("Zielobjekte")
    at.follow("Zielobjekt anlegen")
    at.follow(kind)
    at.fill("Name", name)
    at.select("Einheit", "Gesundheitsamt Seestadt")
    at.press("Zielobjekt anlegen")
    at.sees(name, "Stützt sich auf")


def show(at: Walker, name: str) -> None:
    at.follow("Zielobjekte")
    at.search("Kürzel, Name oder Beschreibung", name)
    at.follow(name)
    at.sees(name, "Stützt sich auf")


def the_isb_sets_a_need_and_sees_where_it_arrives(at: Walker) -> None:
    show(at, APPLICATION)
    at.follow("Schutzbedarf feststellen")
    at.choose("sehr hoch", within="Vertraulichkeit")
    at.choose("hoch", within="Integrität")
    at.choose("hoch", within="Verfügbarkeit")
    at.fill("Begründung", "Gesundheitsdaten, die unter die Schweigepflicht fallen.")
    at.press("Speichern")
    at.sees("Für dieses Zielobjekt selbst festgestellt von Sabine Yıldız")

    show(at, SERVER)
    at.sees("sehr hoch", "Bestimmt von", APPLICATION)
