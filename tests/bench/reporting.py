"""How fast the report of a machine with 3,000 programs is taken in, first and again, as its agent sends it."""

import time
import zlib

from assets.commands.agent_tokens import make_token
from assets.intake.agents import answer
from assets.queries.agent_tokens import pass_of
from isms.db.reading import one, value
from isms.people import UNIT, UnitRow, actor
from isms.rules.roles import UnitKind
from tests.assets.facts import a_report
from tests.bench.builder import DAY

PROGRAMS = 3_000


async def report_in() -> tuple[float, float]:
    """Milliseconds for a new machine, and for the same report once more."""
    brandt = await actor(await value("SELECT id FROM person WHERE login = 'brandt'"), on=DAY)
    place = await one(UnitRow, f"{UNIT} WHERE kind = {{}} ORDER BY id LIMIT 1", UnitKind.DEPARTMENT)
    known = await pass_of(await make_token("Messung", unit=place, takes_in=True, by=brandt))
    assert known
    programs = [{"name": f"paket-{n}", "version": f"1.{n % 7}", "publisher": "Beispiel"} for n in range(PROGRAMS)]
    content = zlib.compress(a_report(softwares=programs))
    took = []
    for _ in range(2):
        began = time.perf_counter()
        told = await answer(content, "application/x-compress-zlib", known, on=DAY)
        took.append((time.perf_counter() - began) * 1000)
        assert told["status"] == "ok", told
    return took[0], took[1]
