"""Nothing in the tree points to the machine that it was written on, or to one package index."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT, expect_none, here

ELSEWHERE = re.compile(
    r"""(?<![\w.}/-])/(?:home|root|work|opt|Users|mnt)/[\w.-]+    # a folder of some machine
      | \b(?:[\w-]+\.)*(?:pypi|pythonhosted|npmjs|yarnpkg)\.(?:org|com|io)\b   # one package index
      | ^--?(?:extra-)?index-url""",
    re.VERBOSE | re.MULTILINE,
)
TEXT = {".py", ".html", ".css", ".js", ".toml", ".lock", ".json", ".yml", ".yaml", ".md", ".txt", ".cfg", ".po", ""}


AT_THE_TOP = {
    *("isms", "assets", "risks", "training", "templates", "tests", ".ci"),
    *("pyproject.toml", "README.md", "Makefile", "package.json", "package-lock.json", "publiccode.yml", ".gitignore"),
    *(f"requirements{name}.lock" for name in ("", "-test", "-build", "-node")),
}


def points_elsewhere(path: str, text: str) -> Iterator[str]:
    for found in ELSEWHERE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield f"{path}:{line} names {found[0]!r}, which only this machine or one package index knows: say it relatively"


def tracked() -> list[Path]:
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("this folder is no git checkout, so nothing says which files belong to the project")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_nothing_points_to_this_machine():
    texts = [path for path in tracked() if path.is_file() and path.suffix in TEXT]

    expect_none(offence for path in texts for offence in points_elsewhere(here(path), path.read_text("utf-8")))


@pytest.mark.parametrize(
    "planted", ["open('" + "/home" + "/me/notes.txt')", "https://" + "pypi" + ".org/simple", "--index-" + "url x"]
)
def test_a_path_of_this_machine_is_found(planted: str):
    assert list(points_elsewhere("isms/x.py", planted))


def test_addresses_of_the_application_are_fine():
    assert not list(points_elsewhere("isms/x.py", 'href="/risks/17" get("/health/live") sqlite:///data/isms.sqlite'))
