"""Storage media: what kinds there are, how two accounts of one are compared, and what counts as a serial number."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from assets.rules.lifecycle import Stage
from isms.rules.terms import Term
from isms.rules.texts import N_

OUT_OF_THE_HOUSE = frozenset({Stage.DISPOSED, Stage.SOLD, Stage.GIVEN_BACK})
"""Stages in which a device has left the house for good, and what is in it with it."""
GIGABYTE = 10**9

NO_SERIAL = re.compile(r"(?i)[0\s.\-_x:]*|n/?a|none|null|unknown|unbekannt|default string|to be filled.*|not specified")


class MediumKind(Term):
    """What holds the data; it decides how data can be removed from it for good."""

    HDD = "hdd", N_("Festplatte")
    SSD = "ssd", N_("SSD")
    NVME = "nvme", N_("NVMe-SSD")
    FLASH = "flash", N_("USB-Stick oder Speicherkarte")
    PHONE = "phone", N_("Speicher eines Mobilgeräts")
    OPTICAL = "optical", N_("CD, DVD oder Blu-ray")
    TAPE = "tape", N_("Magnetband")
    FILM = "film", N_("Film oder Röntgenbild")
    PAPER = "paper", N_("Papier")


class MediumSource(Term):
    """Who says so: a person, or a program that read it from the device."""

    TYPED = "typed", N_("von Hand erfasst")
    INVENTORY = "inventory", N_("aus der Inventur des Geräts")


class MediumField(Term):
    KIND = "kind", N_("Art")
    SERIAL = "serial", N_("Seriennummer")
    MAKER = "maker", N_("Hersteller")
    MODEL = "model", N_("Modell")
    CAPACITY = "capacity_bytes", N_("Größe")
    ENCRYPTED = "encrypted", N_("Verschlüsselt")


@dataclass(frozen=True)
class MediumFacts:
    """What is told about a medium. `capacity_bytes` and `encrypted` are None where nobody knows."""

    kind: MediumKind
    serial: str = ""
    maker: str = ""
    model: str = ""
    capacity_bytes: int | None = None
    encrypted: bool | None = None


@dataclass(frozen=True)
class Difference:
    """A field in which a program's account differs from what stands in the register."""

    field: MediumField
    stored: object
    told: object


def real_serial(text: str) -> str:
    """The serial number without surrounding blanks; empty for the placeholders that makers and programs write."""
    plain = " ".join(text.split())
    return "" if NO_SERIAL.fullmatch(plain) else plain


def differences_between(stored: MediumFacts, told: MediumFacts) -> list[Difference]:
    """Where both accounts say something and it is not the same. Capacities within one in a hundred are the same:
    some count what is formatted, some what is sold."""
    found = []
    for field in MediumField:
        old, new = getattr(stored, field.value), getattr(told, field.value)
        if _known(old) and _known(new) and not _same(field, old, new):
            found.append(Difference(field, old, new))
    return found


def completed(stored: MediumFacts, told: MediumFacts) -> MediumFacts:
    """What is stored, with its gaps filled from what is told. Nothing that is known is overwritten."""
    values = {}
    for field in fields(MediumFacts):
        old, new = getattr(stored, field.name), getattr(told, field.name)
        values[field.name] = old if _known(old) else new
    return MediumFacts(**values)


def renewed(stored: MediumFacts, told: MediumFacts) -> MediumFacts:
    """What is told, with its gaps filled from what is stored: the newer account of the same program."""
    return completed(told, stored)


def alike(one: MediumFacts, other: MediumFacts) -> bool:
    """Whether two accounts without a serial number may be of the same medium."""
    return one.kind is other.kind and not differences_between(one, other)


def _known(value: object) -> bool:
    return value is not None and value != ""


def _same(field: MediumField, old: object, new: object) -> bool:
    if field is MediumField.CAPACITY and isinstance(old, int) and isinstance(new, int):
        return abs(old - new) * 100 <= max(old, new)
    if isinstance(old, str) and isinstance(new, str):
        return old.casefold() == new.casefold()
    return old == new
