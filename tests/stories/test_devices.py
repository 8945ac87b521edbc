"""At the counter and in the storeroom, in a real browser: with a drawn name, without any script, by keyboard."""

import json
import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect

from isms.demo import PASSWORD
from tests.chromium import PHONE, ChromiumWalker, overflow, violations
from tests.stories.screenshots import demo

HOLDER = "Imke Brodersen"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with demo(tmp_path_factory.mktemp("demo")) as base:
        yield base


@pytest.fixture
def walker(chromium: Browser, office: str) -> Iterator[ChromiumWalker]:
    with closing(ChromiumWalker(chromium, office, javascript=True, look=lambda page: None)) as walking:
        yield walking


def enter(walker: ChromiumWalker, login: str) -> None:
    """Somebody else sits down."""
    walker.forget()
    walker.open("/sign-in")
    walker.fill("Anmeldename", login)
    walker.fill("Passwort", PASSWORD)
    walker.press("Anmelden")
    walker.sees("Meine Aufgaben")


def scan(walker: ChromiumWalker, number: str, label: str = "Gerät scannen oder tippen") -> None:
    walker.fill(label, number)
    walker.page.keyboard.press("Enter")


def draw(page: Page) -> None:
    """A name on the canvas, as a finger or a mouse draws it."""
    paper = page.locator("#field-person_drawing")
    paper.scroll_into_view_if_needed()
    box = paper.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + 20 + 12 * step, box["y"] + 60 + (20 if step % 2 else -20))
    page.mouse.up()


@pytest.mark.parametrize(
    ("javascript", "numbers"), [(True, ("MH-0024", "DK-0051")), (False, ("MH-0051", "NB-0051"))], ids=["js", "no js"]
)
def test_two_devices_over_the_counter_and_back(
    chromium: Browser, office: str, javascript: bool, numbers: tuple[str, str]
):
    with closing(ChromiumWalker(chromium, office, javascript=javascript, look=lambda page: None)) as walker:
        listed_at_the_counter(walker, numbers)
        sign(walker, javascript=javascript)
        walker.press("Ausgeben")
        walker.sees(f"2 Geräte sind an {HOLDER} ausgegeben.", "unterschrieben", *numbers, "Ladegerät und Hülle")
        assert walker.page.locator(".house-signature").count() == int(javascript)
        assert walker.download("Als PDF").startswith(b"%PDF-")

        walker.open("/returns/new")
        scan(walker, numbers[0], "Gerät scannen")
        walker.sees(f"Von {HOLDER}", *numbers)
        for number in numbers:
            walker.page.get_by_label(re.compile(number)).and_(walker.page.locator("[type=checkbox]")).check()
        walker.fill("Gerät scannen oder unten ankreuzen", "")
        walker.choose("Ohne Unterschrift")
        walker.press("Zurücknehmen")
        walker.sees("Rückgabe", HOLDER, *numbers)
        assert walker.download("Als PDF").startswith(b"%PDF-")
        assert walker.troubles == []


def listed_at_the_counter(walker: ChromiumWalker, numbers: tuple[str, str]) -> None:
    """Both on the list, a third refused, and what was typed kept when the signature is missing."""
    enter(walker, "it")
    walker.open("/handovers")
    walker.look_up("Wer steht vor Ihnen?", "Imke", HOLDER)
    walker.press("Weiter")
    walker.sees(f"An {HOLDER}", f"{HOLDER} fehlt noch:", "SHA-256")
    for number in numbers:
        scan(walker, number)
        walker.sees(number)
    scan(walker, "NB-0001")
    walker.sees("kann nicht ausgegeben werden: Das Gerät ist ausgegeben.", "Auf dem Protokoll: 2")
    walker.fill("Zubehör", "Ladegerät und Hülle")
    walker.fill("Gerät scannen oder tippen", "")
    walker.choose("Jetzt den eigenen Namen eintragen")
    walker.press("Ausgeben")
    walker.sees("Auf dem Protokoll: 2", *numbers, "Bitte")
    expect(walker.page.get_by_label("Zubehör").first).to_have_value("Ladegerät und Hülle")


def sign(walker: ChromiumWalker, *, javascript: bool) -> None:
    if not javascript:
        walker.choose("Jetzt den eigenen Namen eintragen")
        walker.fill("Name, von der Person selbst eingetragen", HOLDER)
        return
    draw(walker.page)
    expect(walker.page.get_by_label("Jetzt hier unterschreiben")).to_be_checked()
    assert [*violations(walker.page), *overflow(walker.page)] == []


def test_the_receiver_confirms_on_their_own_phone_by_keyboard(walker: ChromiumWalker):
    enter(walker, "it")
    walker.open("/handovers")
    walker.look_up("Wer steht vor Ihnen?", "Imke", HOLDER)
    walker.press("Weiter")
    scan(walker, "NB-0005")
    walker.sees("Auf dem Protokoll: 1")
    walker.choose("Später mit der eigenen Anmeldung bestätigen")
    walker.press("Ausgeben")
    walker.sees("wartet auf Bestätigung")
    protocol = walker.where()

    enter(walker, "mitarbeit")
    page = walker.page
    page.set_viewport_size(PHONE)
    expect(page.get_by_role("link", name=re.compile("Bestätigen Sie den Empfang: NB-0005"))).to_be_visible()
    page.get_by_role("link", name=re.compile("Bestätigen Sie den Empfang: NB-0005")).focus()
    page.keyboard.press("Enter")
    walker.sees("Bestätigen Sie den Empfang", "NB-0005")
    assert walker.where() == protocol
    assert [*violations(page), *overflow(page)] == []
    page.get_by_role("button", name="Empfang bestätigen").focus()
    page.keyboard.press("Enter")
    walker.sees("unterschrieben")
    walker.misses("wartet auf Bestätigung")
    walker.open("/")
    walker.misses("Bestätigen Sie den Empfang: NB-0005")
    assert walker.troubles == []


def test_a_notebook_leaves_the_house_with_its_file(walker: ChromiumWalker):
    device = retired(walker, "NB-0001")
    erased(walker, device)
    checked(walker, device)
    asked_for(walker, device)
    stays_until_approved(walker, device)

    enter(walker, "leitung")
    walker.open(f"{device}/dossier")
    walker.follow("Über die Freigabe entscheiden")
    walker.choose("freigegeben")
    walker.press("Entscheiden")
    walker.sees("Alles ist nachgewiesen und freigegeben.")

    enter(walker, "it")
    take_step(walker, f"{device}/steps/dispose", {"Warum?": "Wertstoffhof Seestadt"})
    walker.sees("ist entsorgt.")
    walker.open(f"{device}/dossier")
    assert walker.download("Als PDF").startswith(b"%PDF-")
    told = json.loads(walker.download("Als JSON"))
    assert set(told["states"].values()) == {"proven"}
    assert all(point["done"] for point in told["checklist"])
    assert walker.troubles == []


def retired(walker: ChromiumWalker, number: str) -> str:
    """Taken back and out of use by IT; answers with the page of the device."""
    enter(walker, "it")
    walker.open(f"/devices?q={number}")
    device = walker.page.locator("tbody a[href^='/devices/']").first.get_attribute("href")
    assert device
    take_step(walker, f"{device}/steps/take_back")
    take_step(walker, f"{device}/steps/retire", {"Warum?": "Display gebrochen"})
    return device


def erased(walker: ChromiumWalker, device: str) -> None:
    walker.open(f"{device}/dossier")
    walker.follow("Verfahren festlegen")
    walker.choose("hoch")
    walker.fill("Was war darauf", "Termine mit Namen, nach Auskunft des Fachdienstes")
    walker.press("Weiter")
    walker.sees("Vorgeschlagen wird")
    walker.press("Verfahren festlegen")
    walker.sees("Das Verfahren steht fest.")
    walker.follow("Löschung eintragen")
    walker.press("Eintragen")
    walker.sees("Bitte")
    walker.choose("Löschbefehl „Sanitize“")
    walker.fill("Womit", "hdparm")
    walker.choose("gelungen")
    walker.press("Eintragen")
    walker.sees("Jetzt muss eine zweite Person prüfen.")
    walker.open(f"{device}/dossier")
    walker.misses("Löschung prüfen")


def checked(walker: ChromiumWalker, device: str) -> None:
    enter(walker, "isb")
    walker.open(f"{device}/dossier")
    walker.follow("Löschung prüfen")
    walker.choose("vollständig")
    walker.choose("Es sind keine Daten mehr da")
    walker.press("Prüfung eintragen")
    walker.sees("gelöscht und geprüft")


def asked_for(walker: ChromiumWalker, device: str) -> None:
    enter(walker, "it")
    walker.open(f"{device}/dossier")
    walker.follow("Beschriftungen entfernt")
    walker.press("Alles ist entfernt")
    walker.follow("Freigabe beantragen")
    walker.choose("Verwertung als Altgerät")
    walker.fill("Wer bekommt es?", "Wertstoffhof Seestadt")
    walker.press("Freigabe beantragen")
    walker.sees("Die Freigabe ist beantragt.")
    assert [*violations(walker.page), *overflow(walker.page)] == []


def stays_until_approved(walker: ChromiumWalker, device: str) -> None:
    """IT neither lets it go nor approves what it asked for."""
    walker.open(f"{device}/steps/dispose")
    walker.fill("Warum?", "Wertstoffhof")
    walker.press("Entsorgen")
    walker.sees("So darf es das Haus nicht verlassen. Es fehlt: Freigabe durch eine zweite Person")
    expect(walker.page.get_by_label("Warum?")).to_have_value("Wertstoffhof")
    walker.open(f"{device}/disposal-verdict")
    walker.sees("Dafür fehlt Ihnen das Recht.")


def take_step(walker: ChromiumWalker, path: str, typed: dict[str, str] | None = None) -> None:
    walker.open(path)
    for label, text in (typed or {}).items():
        walker.fill(label, text)
    walker.page.locator("main form button[type=submit]").last.click()
    walker.sees("ist ")


def test_a_need_in_the_middle_is_seen_before_it_is_saved(walker: ChromiumWalker):
    enter(walker, "isb")
    walker.open("/objects?q=Meldewerk")
    application = walker.page.locator("tbody a[href^='/objects/']").first.get_attribute("href")
    walker.open(f"{application}/settlements/new?goal=availability")
    walker.choose("sehr hoch")
    walker.press("Vorschau")
    walker.sees("Vorschau: Was sich ändern würde", "jetzt", "dann", "festgesetzt", "Noch ist nichts gespeichert.")
    moved = walker.page.locator("#preview tbody tr").count()
    assert moved > 1
    assert [*violations(walker.page), *overflow(walker.page)] == []
    below = walker.page.locator("#preview tbody tr", has_text="von AW-").first.inner_text().split()[0]
    walker.press("Festsetzen")
    walker.sees("Bitte")
    expect(walker.page.get_by_label("sehr hoch")).to_be_checked()
    walker.choose("andere Begründung")
    walker.fill("Begründung", "Ohne das Meldewerk steht die Nachverfolgung still")
    walker.press("Festsetzen")
    walker.sees("sehr hoch", "Ohne das Meldewerk steht die Nachverfolgung still")

    walker.open(f"/objects?q={below}")
    lower = walker.page.locator("tbody a[href^='/objects/']").first.get_attribute("href")
    assert lower
    walker.open(lower)
    walker.sees("sehr hoch", "Meldewerk")
    assert walker.page.locator("main svg[role=img]").count() > 0
    assert walker.troubles == []
