"""The audit trail as a chain of lines: each holds the hash of the exact bytes of the one before."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

GENESIS = "0" * 64
NONCE_BYTES = 16

_TEXT = rb'"[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*"'
_LINE = re.compile(
    rb'\{"action":(?P<action>%b),"actor":(?P<actor>%b),"object":(?P<object>%b)'
    rb',"payload_sha256":"(?P<payload>[0-9a-f]{64})","prev":"(?P<prev>[0-9a-f]{64})"'
    rb',"seq":(?P<seq>[1-9][0-9]{0,17}),"ts":(?P<ts>%b)\}' % ((_TEXT,) * 4)
)
_HEAD = re.compile(r"(0|[1-9][0-9]{0,17}) ([0-9a-f]{64})\n?")


class Flaw(StrEnum):
    """What is wrong with a stretch of the chain."""

    CHANGED = "changed"  # its successor (or the head) knows other bytes
    UNREADABLE = "unreadable"  # not a line of an audit trail at all
    MISSING = "missing"  # dropped between others
    CUT = "cut"  # dropped at the end: the head knows of them
    ADDED = "added"  # behind the end that the head knows
    MISPLACED = "misplaced"  # swapped: stands behind a later one
    REPEATED = "repeated"


@dataclass(frozen=True)
class Break:
    """One flaw, from entry `seq` to entry `last` (the same, unless a stretch is meant)."""

    seq: int
    reason: Flaw
    last: int


@dataclass(frozen=True)
class Head:
    """How many entries a chain has, and the hash of the last one's bytes."""

    count: int
    hash: str

    def __str__(self) -> str:
        return f"{self.count} {self.hash}"

    @classmethod
    def read(cls, text: str) -> "Head":
        """`<n> <hash>` as in head.txt; raises ValueError on anything else."""
        found = _HEAD.fullmatch(text)
        if not found:
            raise ValueError(text)
        return cls(int(found[1]), found[2])


@dataclass(frozen=True)
class Link:
    """What the chain needs of a line: its number, the hash that it states and the one that it has."""

    seq: int
    prev: str
    payload_sha256: str
    hash: str


EMPTY = Head(0, GENESIS)


def line(*, seq: int, ts: str, action: str, actor: str, object: str, payload_sha256: str, prev: str) -> str:
    """Canonical JSON: sorted members, no spaces, UTF-8. Store and export it verbatim."""
    return canonical(
        {
            "action": action,
            "actor": actor,
            "object": object,
            "payload_sha256": payload_sha256,
            "prev": prev,
            "seq": seq,
            "ts": ts,
        }
    ).decode()


def link(of: str | bytes) -> str:
    """SHA-256 of a line's exact bytes, without the line feed: the next line's `prev`."""
    return sha256(of.encode() if isinstance(of, str) else of).hexdigest()


def payload(details: Mapping[str, object], nonce: bytes) -> tuple[bytes, str]:
    """What a line vouches for without telling it: the bytes and their SHA-256.

    The 128-bit nonce keeps anyone from guessing short values from the hash, so
    that erasing the payload really erases what it said.
    """
    if len(nonce) != NONCE_BYTES:
        raise ValueError(f"a nonce has {NONCE_BYTES} bytes, not {len(nonce)}")
    content = canonical({"details": details, "nonce": nonce.hex()})
    return content, sha256(content).hexdigest()


def canonical(value: object) -> bytes:
    # A lone surrogate cannot be UTF-8; backslashreplace turns it into the JSON escape of itself.
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_plain)
    return text.encode("utf-8", "backslashreplace")


def read(of: str | bytes) -> Link | None:
    """A line taken apart, or None if it isn't one."""
    content = of.encode() if isinstance(of, str) else of
    found = _LINE.fullmatch(content)
    if not found or not _is_utf8(content):
        return None
    return Link(
        seq=int(found["seq"]),
        prev=found["prev"].decode(),
        payload_sha256=found["payload"].decode(),
        hash=sha256(content).hexdigest(),
    )


def breaks(lines: Iterable[str | bytes], head: Head | None = None) -> Iterator[Break]:
    """Every flaw of a chain, in constant memory. Without a head a cut tail goes unnoticed."""
    walk = Walk(head)
    for content in lines:
        yield from walk.step(content)
    yield from walk.end()


class Walk:
    """A walk along a chain, one line at a time, for lines that have to be waited for."""

    def __init__(self, head: Head | None = None) -> None:
        self.known = head
        self.head = EMPTY
        self._order = _Order()
        self._links = _Links(head)

    def step(self, content: str | bytes) -> Iterator[Break]:
        found = read(content)
        if found is None:
            yield Break(self._order.next, Flaw.UNREADABLE, self._order.next)
            self._order.skip()
            yield from self._links.lose()
        else:
            self.head = Head(found.seq, found.hash)
            yield from self._order.flaws(found.seq)
            yield from self._links.flaws(found)

    def end(self) -> Iterator[Break]:
        yield from self._links.end()
        yield from self._order.end(self.known)


class _Order:
    """Which numbers have come, as the gaps between them: no memory per line."""

    def __init__(self) -> None:
        self.next = 1
        self.before = 0
        self.starts: list[int] = []
        self.ends: list[int] = []

    def skip(self) -> None:
        self.before = self.next
        self.next += 1

    def flaws(self, seq: int) -> Iterator[Break]:
        if seq >= self.next:
            self._jump(seq)
        elif not self._fill(seq):
            yield Break(seq, Flaw.REPEATED, seq)
        elif seq != self.before + 1:
            yield Break(seq, Flaw.MISPLACED, seq)
        self.before = seq

    def end(self, head: Head | None) -> Iterator[Break]:
        count = self.next - 1
        for start, end in zip(self.starts, self.ends, strict=True):
            yield Break(start, Flaw.MISSING, end)
        if head and head.count > count:
            yield Break(count + 1, Flaw.CUT, head.count)
        if head and head.count < count:
            yield Break(head.count + 1, Flaw.ADDED, count)

    def _jump(self, seq: int) -> None:
        if seq > self.next:
            self.starts.append(self.next)
            self.ends.append(seq - 1)
        self.next = seq + 1

    def _fill(self, seq: int) -> bool:
        at = bisect_right(self.starts, seq) - 1
        if at < 0 or self.ends[at] < seq:
            return False
        start, end = self.starts.pop(at), self.ends.pop(at)
        rest = [(a, b) for a, b in ((start, seq - 1), (seq + 1, end)) if a <= b]
        self.starts[at:at] = [a for a, _ in rest]
        self.ends[at:at] = [b for _, b in rest]
        return True


class _Links:
    """Whose bytes the successor does not confirm.

    Where two neighbours in a row are not confirmed, the later one is at fault:
    an altered `prev` contradicts the line before although that one is sound.
    """

    def __init__(self, head: Head | None) -> None:
        self.head = head
        self.before: Link | None = Link(0, "", "", GENESIS)
        self.accused: int | None = None

    def lose(self) -> Iterator[Break]:
        """An unreadable line stands here: it is named already, and vouches for nobody."""
        yield from self.end()
        self.before = None

    def flaws(self, found: Link) -> Iterator[Break]:
        follows = self.before is not None and self.before.seq + 1 == found.seq
        if self.before and follows and self.before.hash != found.prev:
            self.accused = self.before.seq
        elif self.accused is not None:
            yield self._accusation()
        self.before = found
        if self.head and found.seq == self.head.count and found.hash != self.head.hash:
            self.accused = found.seq

    def end(self) -> Iterator[Break]:
        if self.accused is not None:
            yield self._accusation()

    def _accusation(self) -> Break:
        # Nobody stands before the first entry: if its `prev` is wrong, it is the changed one itself.
        seq = max(self.accused or 0, 1)
        self.accused = None
        return Break(seq, Flaw.CHANGED, seq)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot go into the audit trail")
