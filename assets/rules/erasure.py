"""How data is removed from a medium for good: levels, methods, and what is proposed for what was on it.

The levels are those of NIST SP 800-88; ASST.7.3 of Grundschutz++ asks for erasure that cannot be undone with
reasonable effort, also by forensic means.
"""

from __future__ import annotations

from collections.abc import Mapping

from assets.rules.media import MediumKind
from assets.rules.protection import ProtectionNeed
from isms.rules.errors import Complaint, Incomplete
from isms.rules.terms import Level, Term
from isms.rules.texts import N_


class ErasureLevel(Level):
    """How hard it is to get the data back: not with the device's own means, not in a laboratory, not at all."""

    CLEAR = 1, N_("Löschen (Clear)")
    PURGE = 2, N_("Unwiederbringlich löschen (Purge)")
    DESTROY = 3, N_("Vernichten (Destroy)")


class Method(Term):
    """In the order in which they are proposed: the gentlest that is enough comes first."""

    CRYPTO_ERASE = "crypto_erase", N_("Schlüssel vernichten (kryptografisch löschen)")
    SANITIZE = "sanitize", N_("Löschbefehl „Sanitize“ des Laufwerks")
    SECURE_ERASE = "secure_erase", N_("Löschbefehl „Secure Erase“ oder „Format“ des Laufwerks")
    OVERWRITE = "overwrite", N_("Überschreiben")
    FACTORY_RESET = "factory_reset", N_("Auf Werkszustand zurücksetzen")
    DEGAUSS = "degauss", N_("Entmagnetisieren")
    SHRED = "shred", N_("Zerkleinern")
    INCINERATE = "incinerate", N_("Verbrennen oder Einschmelzen")


CLEAR, PURGE, DESTROY = ErasureLevel
HDD, SSD, NVME, FLASH, PHONE, OPTICAL, TAPE, FILM, PAPER = MediumKind

# Overwriting does not reach what a flash drive keeps in reserve; its maker's commands differ in how far they reach.
REACHES: Mapping[Method, Mapping[MediumKind, ErasureLevel]] = {
    Method.CRYPTO_ERASE: dict.fromkeys((HDD, SSD, NVME, FLASH, PHONE, TAPE), PURGE),
    Method.SANITIZE: dict.fromkeys((HDD, SSD, NVME), PURGE),
    Method.SECURE_ERASE: {HDD: PURGE, SSD: CLEAR, NVME: CLEAR},
    Method.OVERWRITE: dict.fromkeys((HDD, SSD, NVME, FLASH, TAPE), CLEAR),
    Method.FACTORY_RESET: {PHONE: CLEAR},
    Method.DEGAUSS: {HDD: PURGE, TAPE: PURGE},
    Method.SHRED: dict.fromkeys(MediumKind, DESTROY),
    Method.INCINERATE: dict.fromkeys(MediumKind, DESTROY),
}


def reached(method: Method, kind: MediumKind, *, encrypted: bool | None) -> ErasureLevel | None:
    """How far a method goes on a kind of medium; None where it does nothing worth a proof.

    Destroying the key erases only what was encrypted with it: whoever does not know that counts as not encrypted.
    """
    if method is Method.CRYPTO_ERASE and not encrypted:
        return None
    return REACHES[method].get(kind)


def methods_for(kind: MediumKind, at_least: ErasureLevel, *, encrypted: bool | None) -> list[Method]:
    """What is adequate for a medium, the gentlest first."""
    return [method for method in Method if (reached(method, kind, encrypted=encrypted) or 0) >= at_least]


def proposed_level(kind: MediumKind, need: ProtectionNeed, *, encrypted: bool | None) -> ErasureLevel:
    """The level for what was on the medium: the lowest that is enough and that some method reaches on this kind.

    A very high need asks for destruction, unless the data was only ever there encrypted.
    """
    wanted = {
        ProtectionNeed.NORMAL: CLEAR,
        ProtectionNeed.HIGH: PURGE,
        ProtectionNeed.VERY_HIGH: PURGE if encrypted else DESTROY,
    }[need]
    levels = {reached(method, kind, encrypted=encrypted) for method in Method} - {None}
    return min(level for level in levels if level is not None and level >= wanted)


def possible_levels(kind: MediumKind, *, encrypted: bool | None, failed: bool) -> list[ErasureLevel]:
    """The levels that some method reaches; after a failed erasure only destruction is left."""
    if failed:
        return [DESTROY]
    return [level for level in ErasureLevel if any(reached(m, kind, encrypted=encrypted) == level for m in Method)]


def check_level(level: ErasureLevel, proposed: ErasureLevel, reason: str, *, possible: list[ErasureLevel]) -> None:
    """Raise Incomplete for a level that no method reaches, and for one below the proposed without a reason."""
    if level not in possible:
        raise Incomplete(
            {
                "level": Complaint(
                    N_("Das geht bei diesem Datenträger nicht. Möglich ist: {levels}."), {"levels": tuple(possible)}
                )
            }
        )
    if level < proposed and not reason.strip():
        raise Incomplete({"reason": N_("Weniger als vorgeschlagen braucht eine Begründung; sie steht im Nachweis.")})


def check_method(method: Method, kind: MediumKind, level: ErasureLevel, *, encrypted: bool | None) -> ErasureLevel:
    """The level that a method reaches. Raises Incomplete where that is less than what was decided."""
    found = reached(method, kind, encrypted=encrypted)
    if found is None or found < level:
        ways = tuple(methods_for(kind, level, encrypted=encrypted))
        text = N_("Dieses Verfahren genügt nicht für „{level}“. Möglich ist: {ways}.")
        raise Incomplete({"method": Complaint(text, {"level": level, "ways": ways})})
    return found


class Extent(Term):
    """How much of an erased medium was looked at."""

    SAMPLE = "sample", N_("Stichprobe")
    FULL = "full", N_("vollständig")
