"""The audit trail as people read it: every entry a sentence with its subject as a link, newest first."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from string import Formatter

import msgspec
from markupsafe import Markup, escape

from isms import texts
from isms.area import Link
from isms.db.reading import Row, rows
from isms.house import House
from isms.people import Actor, ancestors
from isms.permissions import May
from isms.rules.roles import Reach
from isms.rules.terms import Level, Term
from isms.rules.texts import N_
from isms.veil import Veil, veil

PLAIN = N_("{actor} hat {subject} geändert.")
UNKNOWN = N_("einen Eintrag")
SOMEBODY = N_("Jemand")
INSTEAD = N_("{after} statt {before}")
PAGE = 50
OFFICIAL = "EXISTS (SELECT 1 FROM membership m WHERE m.person = e.actor AND m.role <> 'employee')"


@dataclass(frozen=True)
class Asked:
    """What a reader of the trail looks for; `before` is the id of the last entry of the page before."""

    subject: str = ""
    actor: str = ""
    action: str = ""
    since: date | None = None
    until: date | None = None
    before: int = 0


@dataclass(frozen=True)
class Line:
    """One change as a sentence."""

    id: int
    at: datetime
    sentence: Markup


class Entry(Row):
    id: int
    at: datetime
    action: str
    subject: str
    actor: int
    actor_name: str
    content: str | None

    @property
    def details(self) -> dict[str, object]:
        told: dict[str, object] = json.loads(self.content)["details"] if self.content else {}
        return told


ENTRIES = """SELECT e.id, e.at, e.action, e.subject, e.actor, p.name AS actor_name, y.content
    FROM audit_entry e JOIN person p ON p.id = e.actor JOIN unit u ON u.id = e.institution
    LEFT JOIN audit_payload y ON y.sha256 = e.payload_sha256"""


async def history(key: str, *, seen_by: Actor, house: House, limit: int = 20) -> list[Line]:
    """What happened to a record, for the page of somebody who may see the record.

    A requirement is there for all offices: what the others did with it stays with them.
    """
    near, args = _near(seen_by)
    sql = f"{ENTRIES} WHERE e.subject = {{}} AND {near} ORDER BY e.id DESC LIMIT {{}}"
    found = await rows(Entry, sql, key, *args, limit)
    return await _told(found, seen_by, house)


async def trail(asked: Asked, *, seen_by: Actor, house: House) -> list[Line]:
    """A page of the whole trail of the institutions whose trail this person may read, and one line more if there is."""
    where, args = seen_by.reach(May.SEE_TRAIL).where("u.path")
    conditions = [where]
    for condition, value in _narrowing(asked):
        conditions.append(condition)
        args.append(value)
    if asked.actor:
        condition, more = _findable(seen_by, house)
        conditions.append(condition)
        args += more
    sql = f"{ENTRIES} WHERE {' AND '.join(conditions)} ORDER BY e.id DESC LIMIT {PAGE + 1}"
    return await _told(await rows(Entry, sql, *args), seen_by, house)


def _narrowing(asked: Asked) -> list[tuple[str, object]]:
    """A condition with its value for everything that was asked for."""
    ways: list[tuple[str, object]] = [
        ("e.subject = {}", asked.subject),
        ("lower(p.name) LIKE {}", asked.actor and f"%{asked.actor.strip().lower()}%"),
        ("e.action = {}", asked.action),
        ("e.at >= {}", asked.since and _midnight(asked.since)),
        ("e.at < {}", asked.until and _midnight(asked.until + timedelta(days=1))),
        ("e.id < {}", asked.before),
    ]
    return [(condition, value) for condition, value in ways if value]


def _near(seen_by: Actor) -> tuple[str, list[object]]:
    """The institutions that a reader works for, is answerable to, or looks after."""
    above = sorted({one for path in (seen_by.path, *(held.path for held in seen_by.held)) for one in ancestors(path)})
    below = sorted({held.path for held in seen_by.held if held.reach is Reach.SUBTREE})
    ways = [f"u.path IN ({', '.join('{}' for _ in above)})", *("u.path LIKE {}" for _ in below)]
    return f"({' OR '.join(ways)})", [*above, *(f"{path}%" for path in below)]


def _findable(seen_by: Actor, house: House) -> tuple[str, list[object]]:
    """Entries that a search for a name may find: none whose actor this reader does not read."""
    acts = ["", *sorted(house.private_acts)]
    own = f"(e.actor = {{}} OR e.action NOT IN ({', '.join('{}' for _ in acts)}))"
    return own if seen_by.may(May.SEE_PEOPLE) else f"{own} AND {OFFICIAL}", [seen_by.id, *acts]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, texts.ZONE).astimezone(UTC)


async def _told(entries: Sequence[Entry], seen_by: Actor, house: House) -> list[Line]:
    links = await house.resolve(entry.subject for entry in entries)
    people = {link.title for key, link in links.items() if key.startswith("person:")}
    said = {word for entry in entries for word in (entry.actor_name, *_words_in(entry.details))}
    hiding = await veil(people | said, seen_by=seen_by, secret=house.secret)
    known = house.sentences
    return [
        _line(_discreet(entry, seen_by, house), known.get(entry.action, PLAIN), links.get(entry.subject), hiding)
        for entry in entries
    ]


def _discreet(entry: Entry, seen_by: Actor, house: House) -> Entry:
    if entry.actor == seen_by.id or entry.action not in house.private_acts:
        return entry
    return msgspec.structs.replace(entry, actor_name=texts._(SOMEBODY))


def _line(entry: Entry, text: str, subject: Link | None, hiding: Veil) -> Line:
    """The marked sentence in the reader's language; what the payload no longer tells is left as „…“."""
    told = Markup(escape(texts._(text)))  # noqa: S704  our own sentence, escaped; the values are escaped by format
    values: dict[str, object] = {name: "…" for name in _names(text)}
    values |= {name: _shown(name, value, hiding) for name, value in entry.details.items() if name in values}
    if subject and subject.title in hiding.hidden:
        subject = Link(hiding.name(subject.title), "")
    values |= {"actor": hiding.name(entry.actor_name), "subject": _linked(subject)}
    return Line(entry.id, entry.at, told.format(**values))


def _words_in(details: object) -> Iterator[str]:
    """Every text among the details, at whatever depth: one of them may be a name."""
    if isinstance(details, str):
        yield details
    elif isinstance(details, Mapping | list):
        for item in details.values() if isinstance(details, Mapping) else details:
            yield from _words_in(item)


def _names(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name]


def _linked(subject: Link | None) -> object:
    if subject is None:
        return texts._(UNKNOWN)
    if not subject.href:
        return subject.title
    return Markup('<a class="kern-link kern-link--no-visited-state" href="{}">{}</a>').format(
        subject.href, subject.title
    )


def _shown(name: str, value: object, hiding: Veil) -> object:
    """A stored value as this reader writes it: `role` by the word of Role, dates as TT.MM.JJJJ, before and after."""
    if isinstance(value, Mapping) and {"before", "after"} <= set(value):
        both = {when: _shown(name, value[when], hiding) for when in ("before", "after")}
        return texts.say(INSTEAD, both)
    if isinstance(value, list):
        return ", ".join(str(_shown(name, item, hiding)) for item in value)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return texts.date_text(date.fromisoformat(value))
    if isinstance(value, str) and value in hiding.hidden:
        return hiding.name(value)
    return "–" if value is None else texts.shown(_word(name, value))


def _word(name: str, value: object) -> object:
    for kind in _kinds().get(name, ()):
        try:
            return kind(value)
        except ValueError:
            continue
    return value


@cache
def _kinds() -> Mapping[str, tuple[Callable[[object], object], ...]]:
    """Terms by the name that a detail of theirs has: `protection_need` for ProtectionNeed."""
    named: dict[str, tuple[Callable[[object], object], ...]] = {}
    for kind in (*_below(Term), *_below(Level)):
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
        named[name] = (*named.get(name, ()), kind)
    return named


def _below(kind: type) -> Iterator[type]:
    children: list[type] = kind.__subclasses__()
    for child in children:
        yield child
        yield from _below(child)
