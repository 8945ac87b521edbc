"""How fast a list of devices is taken over through the pages: uploaded, looked at, carried out, and who waits for it.

`python -m tests.bench.importing` measures that alone, on an office of its own (ENGINE, ROWS as for all of it).
"""

import asyncio
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import httpx

from isms import db
from isms.db.schema import migrate
from isms.login import open_session
from isms.settings import Settings
from isms.web.gate import SESSION
from tests.bench.serving import Server, serving
from tests.browser import HEADER

HEAD = "Inventarnummer;Bezeichnung;Seriennummer;Hersteller;Modell;Kategorie;Standort;Kaufdatum;Kaufpreis"
SERVE = [sys.executable, "-m", "isms.cli", "serve", "--port", "{port}"]
PATIENCE = 600


def import_list(server: Server, session: str, *, rows: int, unit: int) -> Iterator[str]:
    """Lines to print: what each step took, what others waited meanwhile, and what memory it needed."""
    with _client(server, session) as client:
        token = re.search(HEADER, client.get("/imports").text)
        assert token, "no form token on the page"
        client.headers["X-CSRF-Token"] = token[1]
        before, cpu = server.rss_mb, server.cpu_ms
        with Others(server, session) as others:
            began = time.perf_counter()
            sent = {"file": ("geraete.csv", _csv(rows), "text/csv")}
            run = _expect(client.post("/imports", data={"kind": "devices", "unit": str(unit)}, files=sent), 303)
            uploaded = time.perf_counter()
            assert f"{rows:,}".replace(",", ".") in client.get(run).text
            looked = time.perf_counter()
            _expect(client.post(f"{run}/completion"), 303)
            done = time.perf_counter()
        yield f"import of {rows} rows: {done - began:.1f} s = upload {uploaded - began:.1f} s"
        yield f"  + preview {looked - uploaded:.1f} s + carrying out {done - looked:.1f} s"
        yield f"  the server's CPU {(server.cpu_ms - cpu) / 1000:.1f} s, the others' pages included"
        yield f"  others meanwhile: {others}"
        yield f"  memory {before:.0f} → {others.peak_mb:.0f} MB at most"


class Others:
    """Somebody else who opens the list of devices all the time."""

    def __init__(self, server: Server, session: str) -> None:
        self.server, self.session = server, session
        self.waits: list[float] = []
        self.peak_mb = 0.0
        self.over = Event()
        self.thread = Thread(target=self._look)

    def __enter__(self) -> "Others":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def __str__(self) -> str:
        waits = sorted(self.waits)
        middle, late = waits[len(waits) // 2], waits[len(waits) * 99 // 100]
        return f"{len(waits)} pages, p50 {middle * 1000:.0f} ms, p99 {late * 1000:.0f} ms, longest {waits[-1]:.2f} s"

    def _look(self) -> None:
        with _client(self.server, self.session) as client:
            while not self.over.wait(0.02):
                began = time.perf_counter()
                assert client.get("/devices").status_code == 200
                self.waits.append(time.perf_counter() - began)
                self.peak_mb = max(self.peak_mb, self.server.rss_mb)


def _client(server: Server, session: str) -> httpx.Client:
    return httpx.Client(base_url=f"http://127.0.0.1:{server.port}", cookies={SESSION: session}, timeout=PATIENCE)


def _expect(answer: httpx.Response, status: int) -> str:
    assert answer.status_code == status, answer.text[:500]
    return str(answer.headers["location"])


def _csv(rows: int) -> bytes:
    lines = [
        f"IMP-{number:06};Notebook {number};SN-IMP-{number};Nordwerk;Latitude 7;Notebook;Lager;01.03.2025;899,00"
        for number in range(rows)
    ]
    return "\n".join([HEAD, *lines]).encode()


def main() -> None:
    from tests.bench.__main__ import database, say

    rows = 100_000 // int(os.environ.get("ROWS", "1"))
    with tempfile.TemporaryDirectory(prefix="isms-bench-") as folder, database(Path(folder)) as url:
        session, unit = asyncio.run(_furnish(url))
        environment = {"DATABASE_URL": url, "ISMS_DATA_FOLDER": folder, "ISMS_LOG_LEVEL": "error"}
        with serving(SERVE, environment) as server:
            for line in import_list(server, session, rows=rows, unit=unit):
                say(line)


async def _furnish(url: str) -> tuple[str, int]:
    from tests.office import move_in

    db.use(db.connect(url))
    async with db.opened():
        await migrate()
        office = await move_in("nobody signs in by password here")
        return await open_session(office.brandt.id, browser="Bench", settings=Settings()), office.unit.id


if __name__ == "__main__":
    main()
