"""How often agents may knock: enough for a whole office on Monday morning, not enough to fill a disk."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

PER_TOKEN, PER_STRANGER = 1_200, 20
"""Messages within a minute: by one token, and without a valid one from one address."""
WINDOW = 60.0
MOST_NAMES = 10_000


@dataclass
class Pace:
    """Counts within the last minute, in this process. `clock` tells seconds."""

    clock: Callable[[], float]
    seen: dict[str, deque[float]] = field(default_factory=dict)

    def allows(self, name: str, limit: int) -> bool:
        """Count one more, unless there were too many."""
        now = self.clock()
        if name not in self.seen and len(self.seen) >= MOST_NAMES:
            self.seen.clear()  # forgetting lets some through once more; remembering all would fill the memory
        times = self.seen.setdefault(name, deque())
        while times and times[0] <= now - WINDOW:
            times.popleft()
        if len(times) >= limit:
            return False
        times.append(now)
        return True
