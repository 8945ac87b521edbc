"""Files that are something else than the form asks for, and files that are too large."""

from isms.intake import Unreadable
from isms.rules import media
from isms.rules.texts import N_

FOREIGN = {
    media.PDF: N_("Das ist eine PDF-Datei. Erwartet wird {wanted}."),
    media.ZIP: N_("Das ist ein ZIP-Archiv oder eine Excel-Arbeitsmappe. Erwartet wird {wanted}."),
    media.OLD_OFFICE: N_("Das ist eine Datei eines Büroprogramms (etwa .xls oder .doc). Erwartet wird {wanted}."),
    media.PROGRAM: N_("Das ist ein Programm. Erwartet wird {wanted}."),
    media.XML: N_(
        "Das ist eine XML- oder HTML-Datei. Solche Dateien werden hier nicht gelesen. Erwartet wird {wanted}."
    ),
}


def refuse_foreign(content: bytes, *, wanted: str) -> None:
    """Raise Unreadable for bytes that are plainly no text; `wanted` names what to upload instead."""
    seen = media.looks_like(content[: media.HEAD_BYTES])
    if seen in FOREIGN:
        raise Unreadable(FOREIGN[seen], wanted=wanted)
    if seen in (media.PNG, media.JPEG, media.WEBP, media.TIFF):
        raise Unreadable(N_("Das ist ein Bild. Erwartet wird {wanted}."), wanted=wanted)


def refuse_oversized(content: bytes, limit: int) -> None:
    if len(content) > limit:
        raise Unreadable(
            N_("Die Datei hat {size} MB. Gelesen werden höchstens {limit} MB. Teilen Sie sie auf."),
            size=-(-len(content) // 1_000_000),
            limit=limit // 1_000_000,
        )
    if not content.strip():
        raise Unreadable(N_("Die Datei ist leer."))
