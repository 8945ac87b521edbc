"""The design system's typeface, unpacked from what the browser gets so that a PDF can embed it."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from fontTools.ttLib import woff2

VENDOR = Path(__file__).parent.parent / "static" / "vendor"


@cache
def fonts() -> Path:
    """A folder with the fonts, for as long as this process lives. A fifth of a second the first time."""
    folder = Path(tempfile.mkdtemp(prefix="isms-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for packed in VENDOR.glob("fira-sans-*.woff2"):
        woff2.decompress(str(packed), str(folder / f"{packed.stem}.ttf"))
    return folder
