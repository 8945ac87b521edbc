"""The wheel is all that an office needs: installed somewhere else, it answers without a checkout and without Node."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files

ASKED = """
import asyncio, datetime, httpx, pathlib
from isms import db
from isms.app import build_app, join
from isms.db.schema import migrate
from isms.pdf import Paper, Prose, paper
from isms.settings import Settings
from isms.templates import asset

async def main():
    db.use(db.connect("sqlite:///office.sqlite"))
    async with db.opened():
        await migrate()
        settings = Settings(data_folder=pathlib.Path("data"))
        app = build_app(settings)
        app.state.house = await join(settings)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office") as client:
            for path in ("/sign-in", asset("kern.css"), asset("htmx.js"), asset("house.css")):
                answer = await client.get(path)
                print(answer.status_code, len(answer.content) > 1000)
    made = await paper(Paper("A", "B", [Prose(["C"])]), made_at=datetime.datetime.now(datetime.UTC))
    print(made[:4].decode(), b"FiraSans" in made)

asyncio.run(main())
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", target], cwd=ROOT, check=True)
    (built,) = target.glob("*.whl")
    return built


def test_the_wheel_carries_everything_that_is_read_at_run_time(wheel: Path):
    packed = set(zipfile.ZipFile(wheel).namelist())

    wanted = {
        str(path.relative_to(ROOT)) for ending in ("yaml", "md", "po", "css", "js", "svg") for path in data(ending)
    }
    wanted |= {
        "isms/" + str(path.relative_to(ROOT))
        for ending in ("html", "typ")
        for path in files(f"*.{ending}", "templates")
    }

    assert wanted - packed == set()
    assert any(name.startswith("isms/static/vendor/kern.") for name in packed)
    assert not any(name.startswith("tests/") for name in packed)


def data(ending: str) -> list[Path]:
    return files(f"*.{ending}", "isms", "assets", "risks", "training")


def test_an_installed_wheel_serves_from_an_empty_folder(wheel: Path, tmp_path: Path):
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "installed")
    (tmp_path / "office").mkdir()

    answered = subprocess.run(
        [sys.executable, "-P", "-c", ASKED],
        cwd=tmp_path / "office",
        env=os.environ | {"PYTHONPATH": str(tmp_path / "installed")},
        capture_output=True,
        text=True,
    )

    assert answered.stdout.splitlines()[-5:] == ["200 True"] * 4 + ["%PDF True"], answered.stderr
