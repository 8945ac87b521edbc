"""What kind of file something is, judged by its bytes and not by what it calls itself."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

HEAD_BYTES = 8192


@dataclass(frozen=True)
class Kind:
    """A kind of file: the type it is served as, and the name endings it may carry (the first one is usual)."""

    media_type: str
    endings: tuple[str, ...]


PDF = Kind("application/pdf", ("pdf",))
PNG = Kind("image/png", ("png",))
JPEG = Kind("image/jpeg", ("jpg", "jpeg"))
WEBP = Kind("image/webp", ("webp",))
TIFF = Kind("image/tiff", ("tif", "tiff"))
ZIP = Kind("application/zip", ("zip",))
DOCX = Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",))
XLSX = Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",))
PPTX = Kind("application/vnd.openxmlformats-officedocument.presentationml.presentation", ("pptx",))
ODT = Kind("application/vnd.oasis.opendocument.text", ("odt",))
ODS = Kind("application/vnd.oasis.opendocument.spreadsheet", ("ods",))
CSV = Kind("text/csv", ("csv",))
JSON = Kind("application/json", ("json",))
MARKDOWN = Kind("text/markdown", ("md",))
TEXT = Kind("text/plain", ("txt", "log"))
MAIL = Kind("message/rfc822", ("eml",))
SIGNATURE = Kind("application/pkcs7-signature", ("p7s", "p7m"))

# Known and never kept: they carry code or markup that a browser would run.
OLD_OFFICE = Kind("application/x-ole-storage", ("doc", "xls", "ppt", "msg"))
PROGRAM = Kind("application/x-executable", ("exe", "dll", "elf"))
XML = Kind("application/xml", ("xml", "svg", "html", "htm", "xhtml"))

ZIPS = (ZIP, DOCX, XLSX, PPTX, ODT, ODS)
TEXTS = (TEXT, CSV, JSON, MARKDOWN, MAIL)
KEPT = (PDF, PNG, JPEG, WEBP, TIFF, *ZIPS, *TEXTS, SIGNATURE)

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"\xd0\xcf\x11\xe0", OLD_OFFICE),
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"0\x82", SIGNATURE),
    (b"0\x80", SIGNATURE),
)
_MARKUP = re.compile(rb"\s*<(?:[?!/a-z])", re.IGNORECASE)
_TEXT_ENCODINGS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def looks_like(head: bytes) -> Kind | None:
    """The kind that the first bytes show; plain text of any sort is TEXT; None for unknown binary."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    text = _as_text(head)
    if text is None:
        return None
    return XML if _MARKUP.match(text) else TEXT


def kind_of(name: str, head: bytes) -> Kind | None:
    """The kind to keep a file as: its bytes must show what its name says. None: not on the list, or a contradiction."""
    seen = looks_like(head)
    named = named_kind(name)
    if seen in KEPT and (named is seen or (seen is ZIP and named in ZIPS) or (seen is TEXT and named in TEXTS)):
        return named
    return None


def named_kind(name: str) -> Kind | None:
    ending = PurePosixPath(name.lower()).suffix.removeprefix(".")
    return next((kind for kind in (*KEPT, OLD_OFFICE, PROGRAM, XML) if ending in kind.endings), None)


def safe_name(name: str, fallback: str = "datei") -> str:
    """A name that no file system, header or shell stumbles over: `Prüfbericht (3).pdf` → `Pruefbericht-3.pdf`."""
    plain = name.replace("\\", "/").rsplit("/", 1)[-1].translate(_LETTERS)
    stem, dot, ending = plain.rpartition(".")
    stem, ending = (stem, ending) if dot else (plain, "")
    kept = _UNSAFE.sub("-", stem).strip("-.")[:80] or fallback
    ending = _UNSAFE.sub("", ending).strip(".-").lower()[:8]
    return f"{kept}.{ending}" if ending else kept


def slug(text: str) -> str:
    """A text as part of a path: plain ASCII, at most eighty letters."""
    return _UNSAFE.sub("-", text.translate(_LETTERS)).strip("-.")[:80]


_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
_UNSAFE = re.compile(r"[^A-Za-z0-9._]+")


def _as_text(head: bytes) -> bytes | None:
    for bom, encoding in _TEXT_ENCODINGS.items():
        if head.startswith(bom):
            return head.decode(encoding, "ignore").encode("utf-8", "ignore")
    return None if b"\0" in head or _controls(head) else head


def _controls(head: bytes) -> bool:
    """Bytes that no text of any encoding holds."""
    return bool(re.search(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]", head))
