"""An import from end to end in a real browser: mapped, looked at, carried out, taken back; each page fits everybody."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.chromium import ChromiumWalker, overflow, violations
from tests.office import PASSWORD
from tests.stories.serving import served

LIST = """Nummer;Was;Gerätetyp;Farbe;Gekauft am
IMP-1;Notebook Labor;Reise 13;grau;1/2/25
IMP-2;Drucker Labor;D 5;weiß;2/3/25
;ohne Nummer;D 5;weiß;
"""
CHOICES = {"inventory_number": "Nummer", "name": "Was", "model": "Gerätetyp"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("office")) as base:
        yield base


def wrong_with(walker: ChromiumWalker) -> list[str]:
    """What axe finds in light and in dark, and what does not fit on a narrow screen."""
    found: list[str] = []
    for scheme in ("light", "dark"):
        walker.page.evaluate(f"document.documentElement.setAttribute('data-kern-theme', '{scheme}')")
        found += violations(walker.page)
    return [*found, *overflow(walker.page)]


def test_an_import_is_mapped_looked_at_carried_out_and_taken_back(chromium: Browser, office: str, tmp_path: Path):
    file = tmp_path / "geraete.csv"
    file.write_text(LIST, encoding="utf-8")
    found: list[str] = []
    with closing(ChromiumWalker(chromium, office, javascript=True, look=lambda page: None)) as walker:
        walker.open("/sign-in")
        walker.fill("Anmeldename", "brandt")
        walker.fill("Passwort", PASSWORD)
        walker.press("Anmelden")
        walker.sees("Meine Aufgaben")
        walker.open("/imports/new?kind=devices")
        found += wrong_with(walker)
        walker.attach("Datei", file)
        walker.press("Datei prüfen")
        walker.sees("Spalten zuordnen", "So beginnt die Datei")
        found += wrong_with(walker)
        for name, column in CHOICES.items():
            walker.page.locator(f"select[name='column.{name}']").select_option(column)
        walker.press("Zuordnung übernehmen")
        walker.sees("Was steht zuerst?")
        found += wrong_with(walker)
        walker.page.locator("select[name='answer.days']").select_option("day_first")
        walker.press("Antworten übernehmen")
        walker.sees("IMP-1", "Die Inventarnummer fehlt.", "„Farbe“")
        found += wrong_with(walker)
        walker.press("Import ausführen")
        walker.sees("Der Import ist ausgeführt.", "„Was“ als Bezeichnung")
        found += wrong_with(walker)
        walker.follow("Import zurücknehmen")
        walker.sees("Es ist noch nichts geändert.", "IMP-2 Drucker Labor")
        found += wrong_with(walker)
        walker.press("Import zurücknehmen")
        walker.sees("Dieser Import ist zurückgenommen.")
        found += wrong_with(walker)
        walker.open("/imports")
        walker.sees("zurückgenommen")
        found += [*wrong_with(walker), *walker.troubles]

    assert found == []
