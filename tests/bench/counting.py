"""Taking stock of all devices at once: how long opening takes, and how fast ten scanners count."""

import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Mapping

from isms import db
from isms.db.reading import value
from isms.web.gate import SESSION
from tests.bench.measuring import Case, Loader
from tests.bench.serving import Server

SCANNERS = 10
OFFICE = "SELECT min(id) FROM unit WHERE kind = 'office'"


async def gather(url: str) -> int:
    """Put every device into one office, as if it were that large; answers with its unit."""
    db.use(db.connect(url))
    async with db.opened():
        office = int(await value(OFFICE))
        await db.execute("UPDATE device SET institution = {}, unit = {}", office, office)
        if isinstance(db.engine(), db.Postgres):
            await db.execute("ANALYZE device")
        return office


def take_stock(server: Server, session: str, token: str, office: int) -> None:
    headers = [f"Cookie: {SESSION}={session}", "Accept-Encoding: gzip", f"X-CSRF-Token: {token}"]
    began = time.perf_counter()
    one = _opened(server, session, token, {"name": "Messung", "unit": str(office), "_once": "bench-stocktake"})
    _say(f"{'opening a stocktake of all':34}{(time.perf_counter() - began) * 1000:7.0f} ms")
    scans = Case("scan", f"{one}/scans", "POST", "code=/devices/{n}&place=Lager&_once=scan-{n}", 303)
    loader = Loader(server, headers, number=1)
    for scanners in (1, SCANNERS):
        _say(f"{scans.title:26}{scanners:3} clients {loader.measure(scans, scanners)}")
    for case in (
        Case("count page", f"{one}/count"),
        Case("progress", f"{one}/progress"),
        Case("result, missing", f"{one}?finding=missing"),
        Case("result, wrong place", f"{one}?finding=wrong_place"),
    ):
        _say(f"{case.title:26}{1:3} clients {loader.measure(case, 1)}")


def _opened(server: Server, session: str, token: str, form: Mapping[str, str]) -> str:
    """Opens it as the form does; answers with the address of its page."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{server.port}/stocktakes/new",
        data=urllib.parse.urlencode(form).encode(),
        headers={"Cookie": f"{SESSION}={session}", "X-CSRF-Token": token},
    )
    with urllib.request.urlopen(request) as answer:
        page: str = urllib.parse.urlsplit(answer.url).path
    return page


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
