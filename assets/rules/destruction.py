"""Destruction by the book: protection class and security level of DIN 66399 (ISO/IEC 21964) for a kind of carrier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assets.rules.media import MediumKind
from assets.rules.protection import ProtectionNeed
from isms.rules.errors import Complaint, Incomplete
from isms.rules.terms import Term
from isms.rules.texts import N_


class Carrier(Term):
    """The letter of the standard: how information is held decides how small the pieces must be."""

    PAPER = "P", N_("P: Papier")
    FILM = "F", N_("F: Film, verkleinert")
    OPTICAL = "O", N_("O: optische Datenträger")
    MAGNETIC = "T", N_("T: Magnetbänder und Karten")
    HARD_DISK = "H", N_("H: Festplatten")
    ELECTRONIC = "E", N_("E: elektronische Datenträger, Flash")


CARRIERS: Mapping[MediumKind, Carrier] = {
    MediumKind.HDD: Carrier.HARD_DISK,
    MediumKind.SSD: Carrier.ELECTRONIC,
    MediumKind.NVME: Carrier.ELECTRONIC,
    MediumKind.FLASH: Carrier.ELECTRONIC,
    MediumKind.PHONE: Carrier.ELECTRONIC,
    MediumKind.OPTICAL: Carrier.OPTICAL,
    MediumKind.TAPE: Carrier.MAGNETIC,
    MediumKind.FILM: Carrier.FILM,
    MediumKind.PAPER: Carrier.PAPER,
}

LEVELS_OF_CLASS: Mapping[int, Sequence[int]] = {1: (1, 2, 3), 2: (3, 4, 5), 3: (5, 6, 7)}
"""Which security levels a protection class allows. Personal data asks for 3 at least in class 1."""


@dataclass(frozen=True)
class Fineness:
    """A protection class (1 to 3) with a security level (1 to 7)."""

    protection_class: int
    security_level: int

    def named(self, carrier: Carrier) -> str:
        """As it is ordered and printed on a certificate: „H-5“."""
        return f"{carrier.value}-{self.security_level}"

    def satisfies(self, asked: Fineness) -> bool:
        return self.protection_class >= asked.protection_class and self.security_level >= asked.security_level


STARTER: Mapping[ProtectionNeed, Fineness] = {
    ProtectionNeed.NORMAL: Fineness(1, 3),
    ProtectionNeed.HIGH: Fineness(2, 4),
    ProtectionNeed.VERY_HIGH: Fineness(3, 5),
}
"""What holds until an office settles its own values: personal data is everywhere here, so never below level 3."""


def check_fineness(chosen: Fineness) -> None:
    """Raise Incomplete for a level that the class does not allow."""
    levels = LEVELS_OF_CLASS.get(chosen.protection_class)
    if levels is None:
        raise Incomplete({"protection_class": N_("Bitte wählen Sie die Schutzklasse 1, 2 oder 3.")})
    if chosen.security_level not in levels:
        text = N_("Zur Schutzklasse {protection_class} gehören die Sicherheitsstufen {levels}.")
        values = {"protection_class": chosen.protection_class, "levels": tuple(levels)}
        raise Incomplete({"security_level": Complaint(text, values)})


def check_order(settled: Mapping[ProtectionNeed, Fineness]) -> None:
    """Raise Incomplete where a higher need would be destroyed more coarsely than a lower one."""
    for lower, higher in (
        (ProtectionNeed.NORMAL, ProtectionNeed.HIGH),
        (ProtectionNeed.HIGH, ProtectionNeed.VERY_HIGH),
    ):
        if not settled[higher].satisfies(settled[lower]):
            text = N_("Bei Schutzbedarf „{higher}“ darf nicht gröber vernichtet werden als bei „{lower}“.")
            raise Incomplete({"security_level": Complaint(text, {"higher": higher, "lower": lower})})


@dataclass(frozen=True)
class Returned:
    """What a certificate says about a manifest: which marks both name, which only one of them does."""

    confirmed: tuple[str, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing and not self.extra


def compared(handed_over: Sequence[str], certified: Sequence[str]) -> Returned:
    """Lay a certificate's serial numbers beside those of the manifest, whatever blanks and case they came with.

    A line proves one thing: where more things bear a mark than lines name it, none of them is confirmed, because
    nobody can say which.
    """
    told = Counter(_plain(mark) for mark in certified if mark.strip())
    ours = Counter(_plain(mark) for mark in handed_over)
    named = [mark for mark in handed_over if told[_plain(mark)] >= ours[_plain(mark)]]
    extra = {_plain(mark): mark.strip() for mark in certified if mark.strip()}
    return Returned(
        tuple(named),
        tuple(mark for mark in handed_over if mark not in named),
        tuple(mark for key, mark in extra.items() if told[key] > ours[key]),
    )


def _plain(mark: str) -> str:
    return "".join(mark.split()).casefold()
