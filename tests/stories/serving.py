"""The application in a process of its own, on a free port, over a fresh SQLite in which the cast has moved in."""

import asyncio
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn

from isms import db
from isms.app import build_app
from isms.db.schema import migrate
from isms.login import hashed
from isms.settings import Settings
from tests.house.tree import ROOT
from tests.office import PASSWORD, move_in
from tests.visits import VISITED, note_visits

PATIENCE = 90  # the demo office is founded while one waits, on a machine that may have other things to do


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the application while the block lasts. What was visited there counts as visited here."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", __name__, str(folder), str(port)], cwd=ROOT)
    base = f"http://127.0.0.1:{port}"
    try:
        wait_for(base, process)
        yield base
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=PATIENCE)
    noted = folder / "visits.json"
    VISITED.update((method, path) for method, path in json.loads(noted.read_text()))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(base: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, "the application did not start; its reason stands above"
        try:
            if httpx.get(f"{base}/health/ready").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise TimeoutError(f"{base} was not ready after {PATIENCE} seconds")


def serve(folder: Path, port: int) -> None:
    settings = Settings(data_folder=folder / "data", office_name="Gesundheitsamt Seestadt")
    db.use(db.connect(f"sqlite:///{folder}/story.sqlite"))
    asyncio.run(furnish())
    with pytest.MonkeyPatch.context() as patch:
        note_visits(patch)
        uvicorn.run(build_app(settings), port=port, log_level="warning")
    (folder / "visits.json").write_text(json.dumps(sorted(VISITED)))


async def furnish() -> None:
    async with db.opened():
        await migrate()
        await move_in(await hashed(PASSWORD))


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]))
