"""What makes a password acceptable: length and not being common; no character classes, no expiry (NIST SP 800-63B)."""

from __future__ import annotations

from collections.abc import Collection

from isms.rules.errors import Complaint
from isms.rules.texts import N_

SHORTEST = 12
LONGEST = 200


def complaint_about(password: str, *, common: Collection[str], about: Collection[str] = ()) -> Complaint | None:
    """Why this password can't be used, or None. `about` are words around the person: login, name, office."""
    plain = password.casefold()
    if len(password) < SHORTEST:
        return Complaint(
            N_("Bitte wählen Sie mindestens {limit} Zeichen, zum Beispiel drei zufällige Wörter."), {"limit": SHORTEST}
        )
    if len(password) > LONGEST:
        return Complaint(N_("Bitte wählen Sie höchstens {limit} Zeichen."), {"limit": LONGEST})
    if len(set(plain)) < 5 or plain in common or _core(plain) in common:
        return Complaint(N_("Dieses Passwort steht auf Listen häufiger Passwörter. Bitte wählen Sie ein anderes."))
    if any(len(word) > 3 and _core(plain) == word.casefold() for word in about):
        return Complaint(N_("Dieses Passwort besteht aus Ihrem Namen oder dem Namen des Amtes. Bitte ein anderes."))
    return None


def _core(plain: str) -> str:
    """Without the digits and signs that people hang on."""
    return plain.strip("0123456789!?.,-_#*+$%&@ ")
