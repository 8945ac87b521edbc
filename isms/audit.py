"""The audit trail: a change and its entry stand or fall together, and every entry holds the hash of the one before."""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from isms.db import execute, executemany, hold, transaction
from isms.db.reading import Row, one, row
from isms.people import Actor
from isms.rules import chain
from isms.rules.errors import Repeated


class Named(Protocol):
    """Whatever has a key: a record, a row, a person."""

    @property
    def key(self) -> str: ...


@dataclass
class Noted:
    """One entry to come: what happened to which record, and in whose chain (the unit's institution)."""

    action: str
    subject: str
    unit: int
    details: Mapping[str, object]


@dataclass
class Change:
    """The open change. `about` names a record that did not exist before; `also` notes a further record."""

    action: str
    unit: int
    by: Actor
    subject: str = ""
    details: dict[str, object] = field(default_factory=dict)
    further: list[Noted] = field(default_factory=list)

    def about(self, subject: Named | str) -> None:
        self.subject = _key(subject)

    def with_(self, **details: object) -> None:
        self.details |= details

    def also(self, action: str, subject: Named | str, *, unit: int | None = None, **details: object) -> None:
        self.further.append(Noted(action, _key(subject), unit or self.unit, details))

    def entries(self) -> list[Noted]:
        if not self.subject:
            raise RuntimeError(f"{self.action}: the change does not say which record it is about")
        return [Noted(self.action, self.subject, self.unit, self.details), *self.further]


class InBulk(str):
    """The key of what many thousand rows come with. Such a change joins the outer one without a savepoint, in which
    SQLite's full-text index would be written row by row: what fails in it has to undo the outer one, too."""


_open: ContextVar[bool] = ContextVar("inside a change", default=False)


@asynccontextmanager
async def change(
    action: str, subject: Named | str | None = None, *, by: Actor, unit: int | None = None, **details: object
) -> AsyncGenerator[Change]:
    """Let the enclosed writes and their audit entries stand or fall together.

    `unit` is the id of the unit whose record changes (default: the actor's): its institution's chain grows. `details`
    hold before and after, JSON-able; they are stored salted and apart. An inner change joins as a savepoint, unless
    its subject is `InBulk`. Raises Repeated when the form behind `by` was carried out before.
    """
    bulk = isinstance(subject, InBulk)
    made = Change(action, unit or by.unit, by, _key(subject) if subject else "", dict(details))
    outermost = not _open.get()
    token = _open.set(True)
    try:
        async with transaction() if outermost or not bulk else nullcontext():
            if outermost and by.once:
                await _only_once(by.once)
            yield made
            await _write(made.entries(), by)
    finally:
        _open.reset(token)


async def _only_once(token: str) -> None:
    if not await execute(INSERT_DONE, token, datetime.now(UTC)):
        raise Repeated


class _Last(Row):
    institution: int
    seq: int
    link: str


async def _write(noted: Sequence[Noted], by: Actor) -> None:
    """Append the entries, each to the chain of its institution; many of them cost two statements, not ten thousand."""
    ends = _Ends()
    written = [_linked(one, await ends.of(one.unit), by, ends) for one in noted]
    await executemany(INSERT_ENTRY, [entry for entry, _ in written])
    await executemany(INSERT_PAYLOAD, [payload for _, payload in written])


@dataclass
class _Ends:
    """Where each chain ends while entries are appended, by institution; a unit's institution is asked for once."""

    homes: dict[int, int] = field(default_factory=dict)
    ends: dict[int, _Last] = field(default_factory=dict)

    async def of(self, unit: int) -> _Last:
        if unit not in self.homes:
            last = await _last_of(unit)
            self.homes[unit] = last.institution
            self.ends.setdefault(last.institution, last)
        return self.ends[self.homes[unit]]


def _linked(noted: Noted, last: _Last, by: Actor, ends: _Ends) -> tuple[tuple[object, ...], tuple[object, ...]]:
    """The entry and its payload as they are stored; the chain ends with it from here on."""
    content, sha256 = chain.payload(noted.details, secrets.token_bytes(chain.NONCE_BYTES))
    at = datetime.now(UTC)
    text = chain.line(
        seq=last.seq + 1,
        ts=at.isoformat(timespec="microseconds"),
        action=noted.action,
        actor=by.key,
        object=noted.subject,
        payload_sha256=sha256,
        prev=last.link,
    )
    link = chain.link(text)
    ends.ends[last.institution] = _Last(institution=last.institution, seq=last.seq + 1, link=link)
    entry = (last.institution, last.seq + 1, at, by.id, noted.action, noted.subject, text, link, sha256)
    return entry, (sha256, last.institution, content.decode())


INSERT_DONE = "INSERT INTO done_form (token, at) VALUES ({}, {}) ON CONFLICT DO NOTHING RETURNING id"
INSERT_ENTRY = """INSERT INTO audit_entry
    (institution, seq, at, actor, action, subject, line, link, payload_sha256)
    VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {})"""
INSERT_PAYLOAD = "INSERT INTO audit_payload (sha256, institution, content) VALUES ({}, {}, {})"
LAST = "SELECT institution, seq, link FROM audit_entry WHERE institution = {} ORDER BY seq DESC LIMIT 1"


class _Home(Row):
    institution: int


async def _last_of(unit: int) -> _Last:
    """The end of the unit's chain. PostgreSQL has many writers at once: they queue for the institution."""
    home = await one(_Home, "SELECT institution FROM unit WHERE id = {} AND institution IS NOT NULL", unit)
    await hold(f"chain {home.institution}")
    last = await row(_Last, LAST, home.institution)
    return last or _Last(institution=home.institution, seq=0, link=chain.GENESIS)


def _key(subject: Named | str) -> str:
    return subject if isinstance(subject, str) else subject.key
