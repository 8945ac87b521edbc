"""The command line, as the office's IT uses it: in a process of its own, on a database of its own."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]


class Terminal:
    """Runs `isms` in an empty folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        known = {"PATH": os.environ["PATH"], "PYTHONPATH": str(HOUSE), "DATABASE_URL": "sqlite:///data/isms.sqlite"}
        return subprocess.run(
            [sys.executable, "-m", "isms.cli", *words],
            cwd=self.folder,
            env=known | environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


def test_every_command_explains_itself(terminal: Terminal):
    listed = terminal.run("--help").stdout
    commands = re.findall(r"^  ([a-z]+) ", listed.partition("Commands:")[2], re.MULTILINE)

    assert {"setup", "serve", "demo", "person", "import", "doctor", "permissions"} <= set(commands)
    for command in ("setup", "import"):
        assert "--help" in terminal.run(command, "--help").stdout


def test_setting_up_shows_the_one_time_link_until_there_is_an_office(terminal: Terminal):
    first, again = terminal.run("setup"), terminal.run("setup")
    terminal.run("demo")
    settled = terminal.run("setup")

    assert "/set-up?token=" in first.stdout
    assert "/set-up?token=" in again.stdout
    assert "/set-up?token=" not in settled.stdout
    assert (terminal.folder / "data").stat().st_mode & 0o077 == 0


def test_the_demonstration_is_loaded_once(terminal: Terminal):
    first, again = terminal.run("demo"), terminal.run("demo")

    assert first.returncode == again.returncode == 0
    assert "isb" in first.stdout
    assert "wird geladen" in first.stdout
    assert "wird geladen" not in again.stdout


def test_the_demonstration_does_not_listen_to_other_machines(terminal: Terminal):
    terminal.run("demo")
    answer = terminal.run("serve", "--host", "0.0.0.0")

    assert answer.returncode != 0
    assert "lauscht nur auf 127.0.0.1" in answer.stderr


def test_a_port_in_use_is_said_before_anything_is_loaded(terminal: Terminal):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        answer = terminal.run("serve", "--demo", "--port", port)

    assert answer.returncode != 0
    assert f"Unter 127.0.0.1:{port} läuft schon etwas." in answer.stderr
    assert "geladen" not in answer.stdout


def test_nonsense_in_the_settings_is_one_sentence(terminal: Terminal):
    answer = terminal.run("doctor", ISMS_UPLOAD_LIMIT_MB="viel")

    assert answer.returncode != 0
    assert "upload_limit_mb" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_somebody_is_added_with_a_role_and_a_temporary_password(terminal: Terminal):
    terminal.run("demo")
    words = ("person", "add", "--name", "Ubbo Emmius", "--login", "emmius", "--role", "security_officer")
    good = terminal.run(*words, "--password", "Deich Ebbe Silbermöwe")
    twice = terminal.run(*words, "--password", "Deich Ebbe Silbermöwe")
    weak = terminal.run(*words[:4], "--login", "emmius2", "--password", "passwort1234")

    assert good.returncode == 0, good.stderr
    assert "Diesen Anmeldenamen hat schon jemand." in twice.stderr
    assert "häufiger Passwörter" in weak.stderr or "mindestens" in weak.stderr


def test_the_permission_table_is_markdown(terminal: Terminal):
    table = terminal.run("permissions").stdout

    assert table.startswith("| Recht | Leitung | ISB |")
    assert "| Personen, Einheiten, Rollen und Konten verwalten |" in table


def test_an_unknown_kind_of_file_names_the_known_ones(terminal: Terminal):
    terminal.run("demo")
    (terminal.folder / "x.csv").write_text("a;b\n")
    answer = terminal.run("import", "nonsense", "x.csv")

    assert answer.returncode != 0
    assert "„nonsense“ gibt es nicht. Möglich ist:" in answer.stderr
