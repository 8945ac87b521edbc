"""One measurement: clients ask for some seconds; the server's CPU time is read before and after."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.bench.serving import Server

ROUNDS = 3
SECONDS = 2.0


@dataclass(frozen=True)
class Case:
    """What is asked. `{n}` in path and body is another number for every request, in the path below `different`."""

    title: str
    path: str
    method: str = "GET"
    body: str = ""
    expected: int = 200
    different: int = 1000


@dataclass(frozen=True)
class Figures:
    """Requests per second, milliseconds, and milliseconds of the server's CPU per request."""

    rate: float
    p50: float
    p99: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.rate:7.0f}/s  p50 {self.p50:7.2f}  p99 {self.p99:7.2f}  CPU {self.cpu:5.2f} ms"


@dataclass
class Loader:
    """Asks one server as one visitor; numbers go on from measurement to measurement."""

    server: Server
    headers: Sequence[str]
    seconds: float = SECONDS
    number: int = 0

    def measure(self, case: Case, clients: int) -> Figures:
        """The medians of some rounds, after a short one that does not count."""
        self._round(case, clients, self.seconds / 4)
        rounds = [self._round(case, clients, self.seconds) for _ in range(ROUNDS)]
        return Figures(*(median(getattr(one, name) for one in rounds) for name in Figures.__annotations__))

    def _round(self, case: Case, clients: int, seconds: float) -> Figures:
        before = self.server.cpu_ms
        answer = self._ask(case, clients, seconds)
        latencies, cpu = sorted(answer["latencies"]), self.server.cpu_ms - before
        self.number = answer["next"]
        count = len(latencies)
        return Figures(count / answer["seconds"], latencies[count // 2], latencies[int(count * 0.99)], cpu / count)

    def _ask(self, case: Case, clients: int, seconds: float) -> dict[str, Any]:
        plan = vars(case) | {
            "host": "127.0.0.1",
            "port": self.server.port,
            "clients": clients,
            "seconds": seconds,
            "first": self.number,
            "headers": list(self.headers),
        }
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.load"],
            input=json.dumps(plan).encode(),
            stdout=subprocess.PIPE,
            check=True,
            env=os.environ | {"PYTHONPATH": os.getcwd()},
        )
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer
