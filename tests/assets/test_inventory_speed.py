"""A machine with three thousand programs reports: it has to be quick, because its agent waits for the answer."""

import time
import zlib

from assets.commands.agent_tokens import make_token
from assets.intake.agents import answer
from assets.queries.agent_tokens import pass_of
from isms.db.reading import value
from tests.assets.facts import a_report
from tests.office import TODAY, Office

PROGRAMS = 3_000
SECONDS = 1.0


def programs(first: int) -> list[dict[str, str]]:
    numbers = range(first, first + PROGRAMS)
    told = {"publisher": "Beispiel", "comments": "x" * 200}
    return [{"name": f"paket-{number}", "version": f"1.{number % 7}", **told} for number in numbers]


async def test_three_thousand_programs_are_taken_in_within_a_second(office: Office):
    token = await pass_of(await make_token("Agenten", unit=office.unit, takes_in=True, by=office.brandt))
    assert token
    took = []
    for first in (0, 0, 30):
        content = zlib.compress(a_report(softwares=programs(first)))
        began = time.process_time()  # a busy machine is not a slow programme
        told = await answer(content, "application/x-compress-zlib", token, on=TODAY)
        took.append(time.process_time() - began)
        assert told["status"] == "ok"

    assert await value("SELECT count(*) FROM device_software WHERE gone_at IS NULL") == PROGRAMS
    assert await value("SELECT count(*) FROM device_software WHERE gone_at IS NOT NULL") == 30
    assert max(took) < SECONDS, took
