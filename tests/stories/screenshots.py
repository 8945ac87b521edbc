"""Takes the README's pictures anew: the walk through the fictional demo office, one picture per step."""

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize

from isms.demo import PASSWORD
from tests.chromium import PHONE, chromium, executable
from tests.house.tree import ROOT
from tests.stories.pixels import lighter
from tests.stories.serving import free_port, wait_for

PICTURES = Path(__file__).parent / "pictures"
HEAVIEST = 150_000
SCREEN = ViewportSize(width=1280, height=800)


@dataclass(frozen=True)
class Picture:
    """`steps` lead on from `path`: links by their words, buttons after „!“, words to wait for after „…“."""

    name: str
    login: str
    path: str
    steps: Sequence[str] = ()
    phone: bool = False
    dark: bool = False


WALK: Sequence[Picture] = (
    Picture("desk", "isb", "/"),
    Picture("overview", "leitung", "/overview", dark=True),
    Picture("requirements", "isb", "/requirements"),
    Picture("requirement", "isb", "/requirements?q=Grundschulung", ["Grundschulung bestehen"]),
    Picture("object", "isb", "/objects?q=Anwendungsserver", ["Anwendungsserver"]),
    Picture("risks", "isb", "/risks"),
    Picture("risk", "leitung", "/risks", ["Bekannte Schwachstelle in Terminlotse"]),
    Picture("network-plan", "isb", "/network-plan"),
    Picture("devices", "it", "/devices"),
    Picture("protocol", "it", "/handovers/1"),
    Picture("counting", "it", "/stocktakes", ["Jahresinventur", "Zählen"], phone=True),
    Picture("dossier", "isb", "/devices?q=NB-0009", ["Notebook Krisenhilfe", "Akte ansehen"]),
    Picture("support", "it", "/support"),
    Picture("course", "mitarbeit", "/", ["Schulung:"], phone=True),
    Picture("lesson", "mitarbeit", "/courses", ["Informationssicherheit", "Mit dem Lesen beginnen"], phone=True),
    Picture("evidence", "revision", "/evidence", ["!Paket erstellen", "…So prüfen Sie das Paket"]),
)


@contextmanager
def demo(folder: Path) -> Iterator[str]:
    """A fresh demo office, as `make run` serves it."""
    port = free_port()
    command = [sys.executable, "-m", "isms.cli", "serve", "--demo", "--port", str(port)]
    settings = os.environ | {"PYTHONPATH": str(ROOT), "ISMS_LOG_LEVEL": "warning"}
    process = subprocess.Popen(command, cwd=folder, env=settings, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def take(browser: Browser, base: str, picture: Picture) -> Path:
    scheme: Literal["light", "dark"] = "dark" if picture.dark else "light"
    size = PHONE if picture.phone else SCREEN
    context = browser.new_context(base_url=base, viewport=size, color_scheme=scheme, locale="de-DE")
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("Anmeldename").fill(picture.login)
    page.get_by_label("Passwort").first.fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").first.click()
    page.wait_for_url(re.compile(r"/(?!sign-in)"))
    page.goto(picture.path)
    for step in picture.steps:
        lead_on(page, step)
    target = PICTURES / f"{picture.name}.png"
    target.write_bytes(lighter(page.screenshot(animations="disabled")))
    context.close()
    return target


def lead_on(page: Page, step: str) -> None:
    if step.startswith("…"):
        page.get_by_text(step[1:]).first.wait_for()
        return
    if step.startswith("!"):
        page.get_by_role("button", name=step[1:]).first.click()
    else:
        page.get_by_role("link", name=step).first.click()
    page.wait_for_load_state("networkidle")


def main() -> None:
    if not executable():
        sys.exit("Chromium is not installed here: install Debian's package chromium.")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder)) as base, chromium() as browser:
        for picture in [one for one in WALK if not sys.argv[1:] or one.name in sys.argv[1:]]:
            taken = take(browser, base, picture)
            weight = taken.stat().st_size
            print(f"{taken.name}: {weight / 1000:.0f} kB{' (too heavy)' if weight > HEAVIEST else ''}")  # noqa: T201


if __name__ == "__main__":
    main()
