"""A file is what its bytes show; what only its name says is a contradiction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms.rules.media import kind_of, looks_like, safe_name

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("name", "head", "media_type"),
    [
        ("Bericht.PDF", b"%PDF-1.7\n", "application/pdf"),
        ("foto.jpeg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("bild.webp", b"RIFF\0\0\0\0WEBPVP8", "image/webp"),
        ("liste.csv", "a;ü\n".encode("cp1252"), "text/csv"),
        ("liste.csv", "a;ü\n".encode("utf-16"), "text/csv"),
        ("notiz.txt", b"Hallo", "text/plain"),
        ("mail.eml", b"From: a@example.org\n", "message/rfc822"),
        ("plan.docx", b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("alles.zip", b"PK\x03\x04", "application/zip"),
    ],
)
def test_files_that_are_what_they_say_are_kept(name: str, head: bytes, media_type: str):
    kind = kind_of(name, head)

    assert kind
    assert kind.media_type == media_type


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("rechnung.pdf", b"MZ\x90\0"),
        ("bild.png", b"<svg xmlns='...' onload='x'>"),
        ("bild.svg", b"<svg>"),
        ("seite.html", b"<!DOCTYPE html>"),
        ("notiz.txt", b"  <script>alert(1)</script>"),
        ("notiz.txt", "<html>".encode("utf-16")),
        ("notiz.txt", b"\0\1\2"),
        ("bild.png", b"%PDF-1.7"),
        ("alt.doc", b"\xd0\xcf\x11\xe0"),
        ("programm", b"\x7fELF"),
        ("ohne-endung", b"Hallo"),
        ("makro.docm", b"PK\x03\x04"),
        ("foto.jpg", PNG),
    ],
)
def test_contradictions_and_active_types_are_not(name: str, head: bytes):
    assert kind_of(name, head) is None


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Prüfbericht (3).pdf", "Pruefbericht-3.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\Größe.TXT", "Groesse.txt"),
        ("…", "datei"),
        ("", "datei"),
        (".htaccess", "datei.htaccess"),
        ('a"b\r\nSet-Cookie: x.pdf', "a-b-Set-Cookie-x.pdf"),
    ],
)
def test_names_become_plain(name: str, safe: str):
    assert safe_name(name) == safe


@given(st.text())
def test_any_name_becomes_plain(name: str):
    safe = safe_name(name)

    assert safe.isascii()
    assert safe
    assert not set(safe) & set("/\\\"' \r\n\t;:*?<>|")
    assert not safe.startswith((".", "-"))


@given(st.binary(max_size=100))
def test_no_bytes_make_it_stumble(head: bytes):
    looks_like(head)
