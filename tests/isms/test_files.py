"""Evidence files lie under their hash, whole or not at all, and leave only as downloads."""

import os
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from isms.files import Folder, keep, read, served
from isms.intake import Unreadable
from isms.rules.errors import Missing

PDF = b"%PDF-1.7\n" + bytes(600_000)


@pytest.fixture
def store(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "files")


def test_what_is_kept_lies_under_its_hash(store: Folder):
    kept = keep(store, "C:\\Scans\\Prüfbericht.pdf", BytesIO(PDF), limit=1_000_000)

    assert kept.sha256 == sha256(PDF).hexdigest()
    assert (kept.size, kept.name, kept.media_type) == (len(PDF), "Prüfbericht.pdf", "application/pdf")
    assert store.exists(kept.sha256)
    assert b"".join(read(store, kept.sha256)) == PDF


def test_the_same_bytes_lie_there_once(store: Folder):
    first = keep(store, "a.pdf", BytesIO(PDF), limit=1_000_000)
    second = keep(store, "b.pdf", BytesIO(PDF), limit=1_000_000)

    assert first.sha256 == second.sha256
    assert len([path for path in store.root.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("leer.pdf", b"", "Die Datei „leer.pdf“ ist leer."),
        ("groß.pdf", PDF + PDF, "„groß.pdf“ ist größer als 1 MB."),
        ("rechnung.pdf", b"MZ\x90\0", "„rechnung.pdf“ wird nicht angenommen"),
        ("seite.html", b"<html>", "Möglich ist: .pdf, .png"),
    ],
)
def test_what_is_refused_leaves_nothing_behind(store: Folder, name: str, content: bytes, said: str):
    with pytest.raises(Unreadable) as refused:
        keep(store, name, BytesIO(content), limit=1024 * 1024)

    assert said in str(refused.value)
    assert not [path for path in store.root.rglob("*") if path.is_file()]


def test_what_is_not_there_is_missing(store: Folder):
    with pytest.raises(Missing):
        store.open("0" * 64)


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "0" * 63, "A" * 64])
def test_only_hashes_name_a_place(store: Folder, digest: str):
    with pytest.raises(ValueError, match="not a SHA-256"):
        store.exists(digest)


def test_files_leave_as_downloads_and_never_as_an_active_type():
    headers = served('Prüf"bericht\r\n.pdf', "text/html")

    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"].startswith(
        "attachment; filename=\"Pruef-bericht.pdf\"; filename*=UTF-8''Pr%C3%BCf"
    )
    assert "\n" not in headers["Content-Disposition"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_name_cannot_turn_its_letters_around(store: Folder):
    assert keep(store, "gnp\u202efdp.pdf", BytesIO(PDF), limit=1_000_000).name == "gnpfdp.pdf"


def test_what_a_killed_process_left_half_written_goes(store: Folder):
    keep(store, "a.pdf", BytesIO(PDF), limit=1_000_000)
    old, new = store.root / "unfinished" / "old", store.root / "unfinished" / "new"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))

    keep(store, "a.pdf", BytesIO(PDF), limit=1_000_000)

    assert not old.exists()
    assert new.exists()
