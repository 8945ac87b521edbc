"""Lines of a list of links: what their columns are called, and how the words for a link are read."""

from __future__ import annotations

from collections.abc import Mapping

from assets.rules.cells import Unreadable
from assets.rules.kinds import LinkKind
from isms.rules.texts import N_

LABELS: Mapping[str, str] = {
    "source": N_("Von (Kurzbezeichnung oder Name)"),
    "kind": N_("Art der Verknüpfung"),
    "target": N_("Nach (Kurzbezeichnung oder Name)"),
}
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "source": ("quelle", "von", "source", "from", "zielobjekt"),
    "kind": ("art", "verknüpfung", "beziehung", "kind", "link", "relation"),
    "target": ("ziel", "nach", "target", "to"),
}
NO_KIND = N_("Die Verknüpfung „{text}“ gibt es nicht. Möglich ist zum Beispiel: {ways}.")
READ_FORWARD = {kind.label.casefold(): kind for kind in LinkKind} | {kind.value: kind for kind in LinkKind}
READ_BACK = {kind.back.casefold(): kind for kind in LinkKind}


def link_kind(cell: str) -> tuple[LinkKind, bool]:
    """The kind of link, and whether it is told from its other end: „IT-001 trägt AW-001“ is „AW-001 läuft auf IT-001“.

    Raises Unreadable.
    """
    words = " ".join(cell.split()).casefold()
    if words in READ_FORWARD:
        return READ_FORWARD[words], False
    if words in READ_BACK:
        return READ_BACK[words], True
    raise Unreadable(NO_KIND, text=words[:40], ways=tuple(LinkKind))
