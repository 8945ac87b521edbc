"""Support ends: what is known about a product's releases, and what that means on a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from isms.rules.terms import Term
from isms.rules.texts import N_


class Aspect(Term):
    """What of a thing may run out of support."""

    SYSTEM = "system", N_("Betriebssystem")
    HARDWARE = "hardware", N_("Gerät")
    PRODUCT = "product", N_("Produkt")


class Verdict(Term):
    """Whether it is known which release something is."""

    MATCHED = "matched", N_("zugeordnet")
    AMBIGUOUS = "ambiguous", N_("mehrdeutig")
    UNKNOWN = "unknown", N_("nicht erkannt")


class Basis(Term):
    """Who says so. What a person decided stays until a person takes it back."""

    REPORTED = "reported", N_("aus der Meldung des Geräts")
    CURATED = "curated", N_("von Hand zugeordnet")


class Standing(Term):
    """Where support stands on a day."""

    OVER = "over", N_("abgelaufen")
    SOON = "soon", N_("läuft bald aus")
    FINE = "fine", N_("im Support")
    OPEN = "open", N_("Ende noch nicht bekannt")
    UNKNOWN = "unknown", N_("nicht bekannt")


@dataclass(frozen=True)
class Release:
    """A release with the last day of its support. `ended` counts where there is no date: over, or not yet;
    `extended_until` is the end of support that costs extra or that others give."""

    product: str
    title: str
    cycle: str
    label: str = ""
    ends_on: date | None = None
    ended: bool | None = None
    extended_until: date | None = None
    latest: str = ""
    released_on: date | None = None

    @property
    def name(self) -> str:
        """As people say it: „Debian 12“, „Microsoft Windows 11 24H2 (E)“."""
        shown = self.label or self.cycle
        overlaps = shown.partition(" ")[0].casefold() in self.title.casefold().split()
        return shown if overlaps else f"{self.title} {shown}"


@dataclass(frozen=True)
class Match:
    """What a rule found; `choices` are the releases between which it can't decide."""

    verdict: Verdict
    release: Release | None = None
    choices: tuple[Release, ...] = ()


UNKNOWN = Match(Verdict.UNKNOWN)
SOON_DAYS = 90


def standing(ends_on: date | None, ended: bool | None, *, on: date, days: int = SOON_DAYS) -> Standing:
    """Where support stands on a day; the last day is still in support (method D16: over means end < today)."""
    if ends_on is not None:
        if ends_on < on:
            return Standing.OVER
        return Standing.SOON if ends_on <= on + timedelta(days=days) else Standing.FINE
    if ended is None:
        return Standing.UNKNOWN
    return Standing.OVER if ended else Standing.OPEN


def decided(found: Iterable[Release]) -> Match:
    """One release is an answer, none is none, and several that differ are a question for a person."""
    choices = tuple(dict.fromkeys(found))
    if len(choices) == 1:
        return Match(Verdict.MATCHED, choices[0])
    return Match(Verdict.AMBIGUOUS, choices=choices) if choices else UNKNOWN


NUMBER = re.compile(r"\d+(?:[.\-_]\d+)*")
PACK = re.compile(r"(?<=\d)[\s.\-]*(?:sp|service pack\s*)(?=\d)", re.IGNORECASE)


def release_of(version: str, releases: Sequence[Release]) -> Release | None:
    """The release that a version belongs to: „12.5“ is of „12“, „22.04.3 LTS“ of „22.04“, „15-SP5“ of „15.5“."""
    cycles = {_key(release.cycle): release for release in releases}
    if exact := cycles.get(_key(version)):
        return exact
    number = NUMBER.search(PACK.sub(".", version))
    if number and (exact := cycles.get(_key(number[0]))):
        return exact
    parts = _key(number[0]).split(".") if number else []
    for length in range(len(parts), 0, -1):
        begun = ".".join(parts[:length])
        if any(cycle.startswith(f"{begun}.") for cycle in cycles):
            return None  # „22.9“ is not „22“ where „22.1“ is a release of its own
        if found := cycles.get(begun):
            return found
    return None


def _key(text: str) -> str:
    return re.sub(r"[\s\-_.]+", ".", text.strip().casefold()).strip(".")


@dataclass(frozen=True)
class Ending:
    """All that is held of a support end of one thing; two that are equal say the same."""

    aspect: Aspect
    verdict: Verdict
    basis: Basis
    product: str = ""
    title: str = ""
    cycle: str = ""
    label: str = ""
    ends_on: date | None = None
    ended: bool | None = None
    extended_until: date | None = None
    agreed: bool = False
    edition: int | None = None
    reported: str = ""
    choices: tuple[str, ...] = ()
    reason: str = ""
    decided_by: int | None = None

    def says(self) -> tuple[object, ...]:
        """What people would call a change: not only that newer data said the same."""
        return (self.verdict, self.basis, self.product, self.cycle, self.ends_on, self.ended)


def ending(aspect: Aspect, match: Match, *, edition: int | None, reported: str) -> Ending:
    """What a rule's finding means for a thing."""
    if match.release is None:
        names = tuple(one.name for one in match.choices)
        return Ending(aspect, match.verdict, Basis.REPORTED, reported=reported, choices=names)
    return _of(aspect, Basis.REPORTED, match.release, edition=edition, reported=reported)


def settled(aspect: Aspect, release: Release, *, edition: int | None, reason: str, by: int) -> Ending:
    """What a person decided: this release it is."""
    found = _of(aspect, Basis.CURATED, release, edition=edition, reported="")
    return replace(found, reason=reason, decided_by=by)


def anew(before: Ending, release: Release, *, edition: int) -> Ending:
    """What a person decided, with what newer data say about that release."""
    newer = _of(before.aspect, before.basis, release, edition=edition, reported=before.reported)
    day = before.ends_on if before.agreed else newer.ends_on
    return replace(newer, reason=before.reason, decided_by=before.decided_by, ends_on=day, agreed=before.agreed)


def _of(aspect: Aspect, basis: Basis, release: Release, *, edition: int | None, reported: str) -> Ending:
    return Ending(
        aspect=aspect,
        verdict=Verdict.MATCHED,
        basis=basis,
        product=release.product,
        title=release.title,
        cycle=release.cycle,
        label=release.name[:160],
        ends_on=release.ends_on,
        ended=release.ended,
        extended_until=release.extended_until,
        edition=edition,
        reported=reported,
    )


def listed_on(ends_on: date | None, ended: bool | None) -> date:
    """Where it stands in a list: what is over without a day comes first, what has no known end last."""
    return ends_on or (date.min if ended else date.max)
