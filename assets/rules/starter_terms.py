"""Terms to begin with, in our own words. An office changes them to its own; each version stays as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assets.rules.protocols import TermsKind

TITLES: Mapping[TermsKind, str] = {
    TermsKind.DEVICE: "Bedingungen für überlassene Geräte",
    TermsKind.PRIVATE: "Bedingungen für dienstlich genutzte private Geräte",
}


def _unfolded(text: str) -> str:
    """One paragraph a line, as it is shown and signed."""
    return re.sub(r"\n {2,}", " ", text).strip()


# German like the office's own later versions: what was signed is never translated.
TEXTS: Mapping[TermsKind, str] = {
    TermsKind.DEVICE: _unfolded("""\
1. Das Gerät gehört dem Amt oder wurde von ihm gemietet. Sie bekommen es für Ihre dienstliche Arbeit.
2. Geben Sie das Gerät nicht an andere weiter, auch nicht innerhalb des Amts. Die IT-Betreuung bucht jede Weitergabe.
3. Lassen Sie das Gerät unterwegs nicht unbeaufsichtigt. Sperren Sie den Bildschirm, wenn Sie den Platz verlassen.
4. Behalten Sie Passwörter und PINs für sich. Sie gehören nicht auf das Gerät und nicht in die Tasche.
5. Verschlüsselung, Virenschutz und Aktualisierungen bleiben eingeschaltet. Installieren Sie nur, was freigegeben ist.
6. Speichern Sie dienstliche Daten dort, wo das Amt es vorsieht. Das Gerät ist kein Archiv.
7. Melden Sie Verlust, Diebstahl und Schäden sofort der IT-Betreuung, auch am Abend und am Wochenende. Bei Verlust
   zählt jede Stunde: Das Amt hat für manche Meldungen nur 72 Stunden.
8. Geben Sie das Gerät mit allem Zubehör zurück, wenn die Frist endet, wenn Sie die Aufgabe wechseln oder das Amt
   verlassen. Sie bekommen darüber einen Beleg.
9. Für Schäden haften Sie nach den Regeln, die für Ihr Arbeits- oder Dienstverhältnis gelten, nicht darüber hinaus.
10. Im Register stehen: Ihr Name, das Gerät, die Tage der Ausgabe und Rückgabe und Ihre Unterschrift. Es zeigt nicht,
    wie Sie das Gerät nutzen.
"""),
    TermsKind.PRIVATE: _unfolded("""\
1. Das Gerät gehört Ihnen. Sie nutzen es freiwillig auch dienstlich und können das jederzeit beenden.
2. Das Amt sieht auf dem Gerät nur den dienstlichen Bereich. Private Inhalte liest es nicht und löscht es nicht.
3. Das Gerät ist durch PIN, Passwort oder Fingerabdruck gesperrt, verschlüsselt und auf dem Stand seines Herstellers.
4. Dienstliche Daten bleiben im dienstlichen Bereich. Andere Personen nutzen ihn nicht mit.
5. Melden Sie Verlust und Diebstahl sofort der IT-Betreuung. Sie sperrt die dienstlichen Zugänge.
6. Bevor Sie das Gerät verkaufen, weitergeben oder reparieren lassen, melden Sie es ab: Die dienstlichen Daten und
   Zugänge werden dann entfernt.
7. Endet Ihre Aufgabe oder Ihr Arbeitsverhältnis, melden Sie das Gerät ab.
8. Im Register stehen: Ihr Name, Art und Modell des Geräts, An- und Abmeldung und Ihre Unterschrift.
"""),
}
