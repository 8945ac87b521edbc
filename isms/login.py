"""Signing in and out: argon2id, sessions of our own in the database, throttling without lock-out."""

from __future__ import annotations

import asyncio
import hmac
import secrets
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from isms.db import execute
from isms.db.reading import Row, row, rows
from isms.people import ACTOR, ACTOR_JOINS, Actor, ActorRow, assemble
from isms.rules.errors import Complaint, Refused, TooMany
from isms.rules.passwords import complaint_about
from isms.rules.texts import N_
from isms.rules.throttling import (
    FORGOTTEN_AFTER,
    FREE_FOR_ACCOUNT,
    FREE_FOR_ACCOUNT_AT_ADDRESS,
    FREE_FOR_ADDRESS,
    still_to_wait,
)
from isms.settings import Settings
from isms.texts import office_day

HASHER = PasswordHasher()
HASHING = asyncio.Semaphore(2)
SEEN_EVERY = timedelta(minutes=5)
WRONG = N_("Anmeldename und Passwort passen nicht zusammen.")


class Visitor(Row):
    """A signed-in browser: whose it is, and the token that its forms carry."""

    session: int
    csrf: str
    actor: Actor


class _Account(Row):
    id: int
    password_hash: str | None
    left_on: date | None


async def sign_in(login: str, password: str, *, address: str, browser: str, settings: Settings, secret: bytes) -> str:
    """Open a session and hand out its token. Raises Refused (one sentence for every reason) or TooMany."""
    names = _throttles(login, address, secret)
    account = await row(_Account, "SELECT id, password_hash, left_on FROM person WHERE login = {}", login.lower())
    await _try(account, password, names)
    assert account
    await execute("DELETE FROM throttle WHERE name = {}", names[0][0])
    await _rehash(account, password)
    return await open_session(account.id, browser=browser, settings=settings)


async def _try(account: _Account | None, password: str, names: list[tuple[str, int]]) -> None:
    """Raises Refused or TooMany. Tries at the same moment wait here, or all would pass before the first one counts."""
    async with HASHING:
        now = datetime.now(UTC)
        await _hold_back(names, now)
        good = await asyncio.to_thread(_verified, account.password_hash if account else None, password)
        if not account or not good or (account.left_on and account.left_on < office_day(now)):
            await _count_failure(names, now)
            raise Refused(WRONG)


async def open_session(person: int, *, browser: str, settings: Settings) -> str:
    """A new session with a new token: nothing that a browser brought along is kept."""
    token, now = secrets.token_urlsafe(32), datetime.now(UTC)
    await execute(
        """INSERT INTO session (token_hash, person, csrf, browser, started_at, seen_at, ends_at)
           VALUES ({}, {}, {}, {}, {}, {}, {})""",
        digest(token),
        person,
        secrets.token_hex(16),
        browser[:80],
        now,
        now,
        now + timedelta(hours=settings.session_hours),
    )
    return token


class _SessionRow(ActorRow):
    session: int
    csrf: str
    seen_at: datetime


SESSION = f"""SELECT s.id AS session, s.csrf, s.seen_at, {ACTOR}
    FROM session s JOIN person p ON p.id = s.person {ACTOR_JOINS}
    WHERE s.token_hash = {{}} AND s.ended_at IS NULL AND s.ends_at > {{}} AND s.seen_at > {{}}
    AND (p.left_on IS NULL OR p.left_on >= {{}}) ORDER BY m.id"""


async def visitor(token: str, *, now: datetime, settings: Settings) -> Visitor | None:
    """Who this browser is signed in as, in one query; None when the session ended, idled too long or never was."""
    today = office_day(now)
    idle_since = now - timedelta(minutes=settings.session_idle_minutes)
    found = await rows(_SessionRow, SESSION, today, today, digest(token), now, idle_since, today)
    if not found:
        return None
    first = found[0]
    if now - first.seen_at > SEEN_EVERY:
        await execute("UPDATE session SET seen_at = {} WHERE id = {}", now, first.session)
    return Visitor(session=first.session, csrf=first.csrf, actor=assemble(found))


async def prefer(who: Actor, *, language: str, theme: str) -> None:
    """Keep the language and the theme that somebody chose for themselves; empty leaves it."""
    await execute(
        """UPDATE person SET language = CASE WHEN {} IN ('de', 'en') THEN {} ELSE language END,
           theme = CASE WHEN {} IN ('light', 'dark', 'system') THEN {} ELSE theme END WHERE id = {}""",
        language,
        language,
        theme,
        theme,
        who.id,
    )


class SessionRow(Row):
    """A session as its owner sees it."""

    id: int
    browser: str
    started_at: datetime
    seen_at: datetime


async def sessions(of: Actor, *, now: datetime) -> list[SessionRow]:
    return await rows(
        SessionRow,
        """SELECT id, browser, started_at, seen_at FROM session
           WHERE person = {} AND ended_at IS NULL AND ends_at > {} ORDER BY seen_at DESC""",
        of.id,
        now,
    )


async def end_session(id: int, *, of: Actor) -> None:
    await execute(
        "UPDATE session SET ended_at = {} WHERE id = {} AND person = {} AND ended_at IS NULL",
        datetime.now(UTC),
        id,
        of.id,
    )


async def end_sessions(of: int, *, but: int | None = None) -> None:
    """End all sessions of a person, e.g. after a new password or when they leave; `but` may stay."""
    await execute(
        "UPDATE session SET ended_at = {} WHERE person = {} AND id <> {} AND ended_at IS NULL",
        datetime.now(UTC),
        of,
        but or 0,
    )


def unacceptable(password: str, *, about: Collection[str]) -> Complaint | None:
    """Why a password can't be chosen, measured against the list of common ones."""
    return complaint_about(password, common=common_passwords(), about=about)


async def is_password_of(person: int, password: str, *, secret: bytes) -> bool:
    """Whether this is somebody's password, e.g. before they choose a new one. Raises TooMany for who keeps guessing."""
    account = await row(_Account, "SELECT id, password_hash, left_on FROM person WHERE id = {}", person)
    try:
        await _try(account, password, [(_hidden(f"own {person}", secret), FREE_FOR_ACCOUNT_AT_ADDRESS)])
    except TooMany:
        raise
    except Refused:
        return False
    return True


async def hashed(password: str) -> str:
    async with HASHING:
        return await asyncio.to_thread(HASHER.hash, password)


def digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


@cache
def common_passwords() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # loaded when a password is chosen, not at start-up

    return frozenset(FREQUENCY_LISTS["passwords"])


@cache
def _nobodys_hash() -> str:
    """What an unknown login is measured against, so that it takes as long as a known one."""
    return HASHER.hash(secrets.token_hex(16))


def _verified(stored: str | None, password: str) -> bool:
    try:
        HASHER.verify(stored or _nobodys_hash(), password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


async def _rehash(account: _Account, password: str) -> None:
    if account.password_hash and HASHER.check_needs_rehash(account.password_hash):
        await execute(
            "UPDATE person SET password_hash = {} WHERE id = {} AND password_hash = {}",
            await hashed(password),
            account.id,
            account.password_hash,
        )


def _throttles(login: str, address: str, secret: bytes) -> list[tuple[str, int]]:
    """The counters of a try: account at this address, address, account; each with what is free of waiting."""
    kinds = [
        (f"pair {login.lower()} {address}", FREE_FOR_ACCOUNT_AT_ADDRESS),
        (f"address {address}", FREE_FOR_ADDRESS),
        (f"account {login.lower()}", FREE_FOR_ACCOUNT),
    ]
    return [(_hidden(name, secret), free) for name, free in kinds]


def _hidden(name: str, secret: bytes) -> str:
    return hmac.new(secret, name.encode(), sha256).hexdigest()


class _Count(Row):
    name: str
    failures: int
    last_at: datetime


async def _hold_back(names: list[tuple[str, int]], now: datetime) -> None:
    marks = ", ".join("{}" for _ in names)
    sql = f"SELECT name, failures, last_at FROM throttle WHERE name IN ({marks})"
    counts = await rows(_Count, sql, *(name for name, _ in names))
    free = dict(names)
    waits = [still_to_wait(count.failures, free[count.name], count.last_at, now) for count in counts]
    if any(waits):
        raise TooMany(max(waits))


async def _count_failure(names: list[tuple[str, int]], now: datetime) -> None:
    for name, _ in names:
        await execute(
            """INSERT INTO throttle (name, failures, last_at) VALUES ({}, 1, {})
               ON CONFLICT (name) DO UPDATE SET last_at = excluded.last_at,
               failures = CASE WHEN throttle.last_at < {} THEN 1 ELSE throttle.failures + 1 END""",
            name,
            now,
            now - FORGOTTEN_AFTER,
        )
