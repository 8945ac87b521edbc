"""Tags: free words by which an office sorts its target objects."""

from __future__ import annotations

import re

from isms.rules.errors import Complaint, Incomplete
from isms.rules.texts import N_

LONGEST, MOST = 40, 20
BETWEEN = re.compile(r"[,;\n]")


def tags_of(typed: str) -> tuple[str, ...]:
    """The words between commas, each once whatever its capitals. Raises Incomplete for too long or too many."""
    words: dict[str, str] = {}
    for part in BETWEEN.split(typed):
        if word := " ".join(part.split()):
            words.setdefault(word.casefold(), word)
    if long := next((word for word in words.values() if len(word) > LONGEST), ""):
        said = N_("„{word}“ ist zu lang. Ein Schlagwort hat höchstens {limit} Zeichen.")
        raise Incomplete({"tags": Complaint(said, {"word": f"{long[:LONGEST]}…", "limit": LONGEST})})
    if len(words) > MOST:
        raise Incomplete({"tags": Complaint(N_("Bitte geben Sie höchstens {limit} Schlagwörter an."), {"limit": MOST})})
    return tuple(words.values())
