"""The catalogue, and a figure that moves when somebody learns."""

from pathlib import Path

from tests.stories.chapters.entrance import sign_in
from tests.stories.walker import Walker

CATALOGUE = "bsi/2026-06-30/Anwenderkataloge/Grundschutz++"


def the_isb_imports_the_catalogue(at: Walker, data: Path) -> None:
    (catalogue,) = (data / CATALOGUE).glob("*catalog.json")
    sign_in(at, "yildiz")
    at.follow("Kataloge")
    at.follow("Katalog importieren")
    at.attach("Datei", catalogue)
    at.press("Datei prüfen")
    at.sees("Es ist noch nichts gespeichert")
    at.press("Import ausführen")
    at.sees("Der Import ist ausgeführt.")

    at.follow("Anforderungen")
    at.search("Anforderungen durchsuchen", "Phishing")
    at.sees("SENS.7")


def the_figure_stands_at_nought(at: Walker) -> None:
    sign_in(at, "yildiz")
    show_the_requirement(at)
    at.sees("Gefälschte Nachrichten werden geübt", "0 von")


def the_figure_has_moved(at: Walker) -> None:
    sign_in(at, "yildiz")
    show_the_requirement(at)
    at.sees("Gefälschte Nachrichten werden geübt", "1 von")


def show_the_requirement(at: Walker) -> None:
    at.follow("Anforderungen")
    at.search("Anforderungen durchsuchen", "SENS.7.8")
    at.sees("SENS.7.8")
    at.follow("Gefälschte E-Mails")
    at.sees("Was die Register dazu sagen")
