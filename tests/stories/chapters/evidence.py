"""The auditor's package."""

import io
import subprocess
import time
import zipfile
from pathlib import Path

import bagit  # type: ignore[import-untyped]

from tests.stories.chapters.entrance import sign_in
from tests.stories.walker import Walker

PATIENCE = 60


def the_auditor_takes_it_home(at: Walker, folder: Path) -> None:
    """What was downloaded verifies with standard tools alone."""
    sign_in(at, "lindner")
    at.follow("Nachweise")
    at.press("Paket erstellen")
    at.sees("Nachweispaket")
    wait_until_made(at)
    content = at.download("nachweis-")

    bag = unpacked(content, folder / "taken home")
    bagit.Bag(str(bag)).validate()
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--check", "--quiet", "--strict", manifest], cwd=bag, check=True)


def wait_until_made(at: Walker) -> None:
    until = time.monotonic() + PATIENCE
    while not at.shows("So prüfen Sie das Paket") and time.monotonic() < until:
        time.sleep(0.3)
        at.open(at.where())
    at.sees("So prüfen Sie das Paket")


def unpacked(content: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    (bag,) = folder.iterdir()
    return bag
