"""Which encoding a text file is written in, and where it breaks."""

import codecs
import re
from collections.abc import Mapping

from isms.intake import Unreadable
from isms.rules.texts import N_

UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

Note = tuple[str, Mapping[str, object]]


def decode(content: bytes) -> tuple[str, tuple[Note, ...]]:
    """UTF-8 with or without BOM, UTF-16 with BOM, else Windows-1252 with a warning that says so."""
    if content.startswith(UTF16):
        return _strictly(content, "utf-16", "UTF-16"), ()
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode(), ()
    except UnicodeDecodeError as error:
        if _is_broken_utf8(content):
            raise _undecodable(error.object, error.start, "UTF-8") from error
    warning = N_(
        "Die Datei ist nicht in UTF-8 geschrieben. Sie wurde als Windows-1252 gelesen: Prüfen Sie die Umlaute."
    )
    return _strictly(content, "cp1252", "Windows-1252"), ((warning, {}),)


def _strictly(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(error.object, error.start, name) from error


def _is_broken_utf8(content: bytes) -> bool:
    """Some letters are proper UTF-8, others are not: read as Windows-1252, every umlaut would silently be wrong."""
    return content.startswith(codecs.BOM_UTF8) or not content.decode("utf-8", "ignore").isascii()


def _undecodable(content: bytes, at: int, encoding: str) -> Unreadable:
    return Unreadable(
        N_(
            "In Zeile {row} steht ein Zeichen, das in {encoding} nicht vorkommt. "
            "Speichern Sie die Datei als „CSV UTF-8“."
        ),
        row=_row(content[:at].replace(b"\0", b"")),
        encoding=encoding,
    )


def refuse_nul(text: str) -> None:
    if (at := text.find("\0")) >= 0:
        raise Unreadable(
            N_("In Zeile {row} steht ein Nullzeichen. Speichern Sie die Datei als „CSV UTF-8“."),
            row=_row(text[:at].encode()),
        )


def _row(before: bytes) -> int:
    return len(re.findall(rb"\r\n|\r|\n", before)) + 1
