"""What is written down when a device changes hands, and what makes it hold: frozen terms, signatures, fingerprints.

Everything that is signed is canonical JSON (sorted members, no spaces, UTF-8), kept as it was, and known by its
SHA-256: anybody can compute the fingerprint again from what the page shows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from isms.rules.chain import canonical
from isms.rules.errors import Incomplete
from isms.rules.terms import Term
from isms.rules.texts import N_

WIDTH, HEIGHT = 600, 200
"""The paper a signature is drawn on, in its own units."""
LONGEST_DRAWING = 9_500
FEWEST_POINTS = 8
_DRAWING = re.compile(r"(?:M\d{1,3} \d{1,3}(?:L\d{1,3} \d{1,3})*){1,400}")
_POINT = re.compile(r"(\d{1,3}) (\d{1,3})")


class TermsKind(Term):
    DEVICE = "device", N_("Überlassung von Geräten")
    PRIVATE = "private", N_("Nutzung privater Geräte")


class ProtocolKind(Term):
    """What was written down."""

    HANDOVER = "handover", N_("Übergabeprotokoll")
    RETURN = "return", N_("Rückgabebeleg")
    REGISTRATION = "registration", N_("Anmeldung eines privaten Geräts")
    CONFIRMATION = "confirmation", N_("Bestätigung der Geräte")


class Party(Term):
    """Whose signature it is: of the person who has or had the device, or of whoever acts for the office."""

    PERSON = "person", N_("Beschäftigte Person")
    OFFICE = "office", N_("Für das Amt")


class Method(Term):
    """How somebody signed."""

    DRAWN = "drawn", N_("auf diesem Bildschirm gezeichnet")
    OWN_LOGIN = "own_login", N_("mit der eigenen Anmeldung bestätigt")
    TYPED = "typed", N_("Name in Anwesenheit der ausgebenden Person eingetragen")


class Answer(Term):
    """What somebody says about a device that the register has with them."""

    HAVE = "have", N_("habe ich")
    NO_LONGER = "no_longer", N_("habe ich nicht mehr")
    UNKNOWN = "unknown", N_("kenne ich nicht")
    DIFFERS = "differs", N_("stimmt so nicht")


@dataclass(frozen=True)
class Signed:
    """A signature as it arrived: how, under which name, and the drawing as path data."""

    method: Method
    name: str = ""
    drawing: str = ""


@dataclass(frozen=True)
class Sealed:
    """Something written down for good, and its fingerprint in hexadecimal."""

    content: str
    sha256: str


def sealed(content: Mapping[str, object]) -> Sealed:
    written = canonical(content)
    return Sealed(written.decode(), sha256(written).hexdigest())


def fingerprint(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def check_signed(signed: Signed, field: str) -> None:
    """Raise Incomplete for a drawing that is none, and for an empty name. Complaints beside `field`."""
    if signed.method is Method.DRAWN:
        _check_drawing(signed.drawing, field)
    if signed.method is Method.TYPED and len(signed.name.strip()) < 3:
        raise Incomplete({f"{field}_name": N_("Bitte lassen Sie die Person ihren vollen Namen eintragen.")})


def _check_drawing(drawing: str, field: str) -> None:
    points = [(int(x), int(y)) for x, y in _POINT.findall(drawing)]
    inside = all(x <= WIDTH and y <= HEIGHT for x, y in points)
    if len(drawing) > LONGEST_DRAWING:
        raise Incomplete({field: N_("Die Zeichnung hat zu viele Punkte. Bitte löschen Sie sie und zeichnen Sie neu.")})
    if len(points) < FEWEST_POINTS or not inside or not _DRAWING.fullmatch(drawing):
        raise Incomplete(
            {field: N_("Bitte lassen Sie die Person im Feld unterschreiben, oder wählen Sie einen anderen Weg.")}
        )


def drawing_svg(drawing: str) -> str:
    """The drawn signature as a picture that stands alone."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"><path d="{drawing}" fill="none" '
        'stroke="black" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )
