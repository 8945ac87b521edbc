"""The audit trail of an institution, verbatim, with the payloads that may go out."""

from __future__ import annotations

import json

from isms.db.reading import stream, value
from isms.evidence.bag import Bag
from isms.evidence.order import Order
from isms.people import SYSTEM
from isms.rules import cells, chain
from isms.rules.chain import EMPTY, Head
from isms.rules.packages import names_somebody, words_of

PERSONAL, ERASED = "personal", "erased"

LAST = "SELECT max(seq) FROM audit_entry WHERE institution = {} AND at < {}"
LINK = "SELECT link FROM audit_entry WHERE institution = {} AND seq = {}"
ENTRIES = """SELECT e.seq, e.line, e.payload_sha256, p.content
    FROM audit_entry e LEFT JOIN audit_payload p ON p.sha256 = e.payload_sha256
    WHERE e.institution = {} AND e.seq <= {} ORDER BY e.seq"""
NAMES = "SELECT name, login, email FROM person WHERE name <> {}"


async def head_of(institution: int, order: Order) -> Head:
    """The end of the chain at the end of the day."""
    last = await value(LAST, institution, order.end)
    return Head(last, await value(LINK, institution, last)) if last else EMPTY


async def trail(bag: Bag, order: Order, head: Head) -> dict[str, int]:
    """Write every line up to the head. Answers how many payloads were left out, by reason."""
    words = set() if order.named else await _names()
    counts: dict[str, int] = {}
    bag.add("audit-log/head.txt", f"{head}\n".encode())
    with bag.file("audit-log/audit-log.jsonl") as log, bag.file("audit-log/left-out.csv") as left_out:
        left_out.write(cells.line(("seq", "payload_sha256", "reason")).encode())
        async for seq, line, digest, content in stream(ENTRIES, order.institution, head.count):
            log.write(f"{line}\n".encode())
            if reason := _reason(content, words):
                counts[reason] = counts.get(reason, 0) + 1
                left_out.write(cells.line((seq, digest, reason)).encode())
            else:
                bag.add(f"audit-log/payload/{digest}.json", content.encode())
    return counts


def _reason(content: str | None, words: set[str]) -> str:
    """Why a payload does not go out: it was erased, or it names somebody and the right does not reach that far."""
    if content is None:
        return ERASED
    if not words:
        return ""
    # The nonce is random hexadecimal, in which a name such as Ada may turn up.
    details = json.loads(content)["details"]
    concerns = "person" in details  # whom somebody excused, and the reason: the key is as good as a name
    return PERSONAL if concerns or names_somebody(chain.canonical(details).decode(), words) else ""


async def _names() -> set[str]:
    """Every word of a name, a login or the front part of an address."""
    texts: list[str] = []
    async for name, login, email in stream(NAMES, SYSTEM):
        texts += [name, login or "", (email or "").partition("@")[0]]
    return words_of(texts)
