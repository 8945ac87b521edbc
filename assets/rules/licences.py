"""Licences: who or what one seat is for, and when no seat is left."""

from __future__ import annotations

from isms.rules.errors import Refused
from isms.rules.terms import Term
from isms.rules.texts import N_


class LicenceKind(Term):
    PERSON = "person", N_("je Person")
    DEVICE = "device", N_("je Gerät")
    SITE = "site", N_("für das ganze Amt, ohne Zählung")


def check_seat(name: str, kind: LicenceKind, *, seats: int, taken: int) -> None:
    """Refuse a seat beyond those that were bought."""
    if kind is LicenceKind.SITE:
        raise Refused(N_("„{name}“ gilt für das ganze Amt. Einzelne Plätze werden nicht vergeben."), name=name)
    if taken >= seats:
        raise Refused(
            N_(
                "Von „{name}“ ist kein Platz mehr frei; gekauft: {seats}. Geben Sie einen Platz frei, "
                "oder tragen Sie weitere gekaufte Plätze ein."
            ),
            seats=seats,
            name=name,
        )
