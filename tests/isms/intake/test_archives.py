"""ZIP archives that reach outside, unfold without end or contradict themselves are refused by entry."""

import os
import stat
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms.intake import Unreadable
from isms.intake.archives import Limits, unpack

REAL = os.environ.get("ISMS_TEST_DATA")


def make_zip(*members: tuple[str, bytes], mode: int = 0o644 | stat.S_IFREG) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            entry = zipfile.ZipInfo(name)
            entry.filename = name
            entry.external_attr = mode << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return made.getvalue()


def test_files_come_out_in_order_and_archives_inside_stay_closed():
    inner = make_zip(("../../evil", b"x"))

    found = list(unpack(make_zip(("b/", b""), ("b/ü.txt", b"1"), ("a.zip", inner))))

    assert found == [("b/ü.txt", b"1"), ("a.zip", inner)]


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../x", "a/../../x", "C:/x", "c:x", "a\\..\\x", "a\x00.txt", "a\n.txt", "\\\\server\\x"]
)
def test_names_that_reach_outside_are_refused(name: str):
    with pytest.raises(Unreadable, match="zeigt aus dem Archiv hinaus"):
        list(unpack(make_zip(("good.txt", b"1"), (name, b"2"))))


def test_links_are_refused():
    with pytest.raises(Unreadable, match="„link“ ist eine Verknüpfung"):
        list(unpack(make_zip(("link", b"/etc/passwd"), mode=0o777 | stat.S_IFLNK)))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["a.txt", "A.TXT"])
def test_a_name_that_comes_twice_is_refused(second: str):
    with pytest.raises(Unreadable, match="kommt zweimal vor"):
        list(unpack(make_zip(("a.txt", b"1"), (second, b"2"))))


def test_a_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(Unreadable, match="mehr als 200-mal"):
        list(unpack(make_zip(("zeros", bytes(50_000_000)))))


def test_an_archive_that_lies_about_its_size_is_refused():
    honest = make_zip(("zeros", bytes(3_000_000)))
    lying = honest.replace((3_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))

    with pytest.raises(Unreadable, match=r"beschädigt|größer als"):
        list(unpack(lying, Limits(total=1_000_000)))


def test_the_sum_of_many_is_limited():
    many = make_zip(*((f"{n}.bin", os.urandom(1000)) for n in range(20)))

    with pytest.raises(Unreadable, match=r"Das Archiv hat 20 Einträge\. Gelesen werden höchstens 10\."):
        list(unpack(many, Limits(members=10)))
    with pytest.raises(Unreadable, match="größer als"):
        list(unpack(many, Limits(total=10_000)))


def test_encrypted_entries_are_refused():
    content = bytearray(make_zip(("a", b"1")))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(Unreadable, match="„a“ ist verschlüsselt"):
        list(unpack(bytes(content)))


def test_a_flipped_byte_is_named_by_its_entry():
    content = bytearray(make_zip(("a", b"1"), ("b", os.urandom(500))))
    content[300] ^= 1

    with pytest.raises(Unreadable, match="„b“ ist beschädigt"):
        list(unpack(bytes(content)))


@given(st.binary(max_size=300))
def test_no_bytes_make_it_stumble(content: bytes):
    with pytest.raises(Unreadable):
        list(unpack(content))


@given(st.integers(0, 250), st.integers(1, 255))
def test_no_flipped_byte_makes_it_stumble(at: int, mask: int):
    content = bytearray(make_zip(("folder/a.txt", b"hello" * 20), ("b", b"world")))
    content[at % len(content)] ^= mask

    with suppress(Unreadable):
        list(unpack(bytes(content)))


@pytest.mark.skipif(not REAL, reason="ISMS_TEST_DATA is not set")
def test_a_real_archive_unpacks():
    assert len(list(unpack((Path(REAL or "") / "scorm-manifests" / "manifests_189.zip").read_bytes()))) >= 189
