"""From the command line: hand out evidence, verify it, back up and restore, with clear ends."""

import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from isms import db
from isms.cli import main
from isms.commands.founding import found_office
from isms.db.schema import migrate

ON = date(2026, 8, 20)


async def _found() -> None:
    async with db.opened():
        await migrate()
        await found_office("Gesundheitsamt Seestadt", on=ON)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An installation of its own with one office."""
    before = db.engine()
    monkeypatch.setenv("ISMS_DATA_FOLDER", str(tmp_path / "data"))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/data/isms.sqlite")
    db.use(db.connect(f"sqlite:///{tmp_path}/data/isms.sqlite"))
    asyncio.run(_found())
    yield tmp_path
    db.use(before)


def isms(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def packages(folder: Path) -> list[Path]:
    return list(folder.glob("nachweis-*.zip"))


def test_a_package_is_written_and_verifies(folder: Path):
    exported = isms("export", "evidence", folder)
    [package] = packages(folder)
    verified = isms("verify", package)

    assert exported.exit_code == 0, exported.output
    head = exported.output.strip().rsplit(": ", 1)[1]
    assert verified.exit_code == 0, verified.output
    assert head in verified.output
    assert "nicht signiert" in verified.output
    assert isms("verify", package, "--head", head).exit_code == 0


def test_a_flipped_byte_ends_with_a_sentence_and_not_with_zero(folder: Path):
    isms("export", "evidence", folder)
    [package] = packages(folder)
    content = bytearray(package.read_bytes())
    content[content.index(b"data/index.html") + 40] ^= 1
    package.write_bytes(bytes(content))

    verified = isms("verify", package)

    assert verified.exit_code == 1
    assert "data/index.html" in verified.output
    assert "Das Paket ist nicht in Ordnung" in verified.output


def test_a_head_of_another_trail_does_not_pass(folder: Path):
    isms("export", "evidence", folder)

    verified = isms("verify", packages(folder)[0], "--head", f"1 {'a' * 64}")

    assert verified.exit_code == 1
    assert "nicht die, deren Kopf Sie kennen" in verified.output


def test_the_database_is_verified_too(folder: Path):
    verified = isms("verify", "--database")

    assert verified.exit_code == 0, verified.output
    assert "Gesundheitsamt Seestadt: 1 Einträge" in verified.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("verify",), "Nennen Sie entweder ein Paket oder --database."),
        (("verify", "--database", "--head", "nonsense"), "Ein Kopf sieht so aus"),
        (("export", "evidence", "--unit", 99), "Welches Amt?"),
        (("export", "evidence", "--as-of", "2999-01-01"), "Der Stand liegt in der Zukunft."),
    ],
)
def test_what_makes_no_sense_is_said(folder: Path, arguments: tuple[object, ...], said: str):
    result = isms(*arguments)

    assert result.exit_code != 0
    assert said in result.output
    assert "Traceback" not in result.output


def test_a_backup_comes_back_in_an_empty_place_and_only_there(folder: Path, monkeypatch: pytest.MonkeyPatch):
    file = folder / "backup.zip"

    assert isms("backup", file).exit_code == 0
    assert "nicht leer" in isms("restore", file).output
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{folder}/other.sqlite")
    monkeypatch.setenv("ISMS_DATA_FOLDER", str(folder / "other"))
    restored = isms("restore", file)

    assert restored.exit_code == 0, restored.output
    assert "Wiederhergestellt." in restored.output
    assert file.stat().st_mode & 0o077 == 0
    assert isms("verify", "--database").exit_code == 0
