"""Whatever is done to a package, verification names it."""

import os
import stat
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isms.evidence.verify import Verdict, verify
from isms.rules.chain import Head
from tests.isms.evidence.package import NAME, make_log, make_package, packed, unpacked


def said(verdict: Verdict) -> list[str]:
    return [str(finding) for finding in verdict.findings]


@pytest.mark.parametrize("form", [packed, unpacked])
def test_a_sound_package_passes(tmp_path: Path, form: Callable[[bytes, Path], Path]):
    verdict = verify(form(make_package(left_out=2), tmp_path), make_log(7)[2])

    assert said(verdict) == []
    assert verdict.passes
    assert verdict.entries == 7
    assert verdict.head == make_log(7)[2]
    assert verdict.info["Source-Organization"] == "Musterkreis"
    assert not verdict.is_signed


def test_an_empty_trail_passes(tmp_path: Path):
    assert said(verify(packed(make_package(count=0), tmp_path))) == []


def test_every_flipped_byte_of_an_unpacked_package_is_named_by_its_file(tmp_path: Path):
    folder = unpacked(make_package(), tmp_path)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "tagmanifest-sha256.txt":
            content = path.read_bytes()
            path.write_bytes(bytes([content[0] ^ 1]) + content[1:])

            assert f"„{path.relative_to(folder)}“ ist verändert" in " ".join(said(verify(folder)))
            path.write_bytes(content)
    assert verify(folder).passes


@given(at=st.integers(0, 10_000), mask=st.integers(1, 255))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_flipped_byte_of_a_tag_file_passes(tmp_path: Path, at: int, mask: int):
    folder = tmp_path / NAME
    if not folder.exists():
        unpacked(make_package(count=2), tmp_path)
    path = folder / ["tagmanifest-sha256.txt", "manifest-sha256.txt", "bag-info.txt", "bagit.txt"][at % 4]
    content = path.read_bytes()
    flipped = bytearray(content)
    flipped[at % len(content)] ^= mask

    path.write_bytes(bytes(flipped))
    verdict = verify(folder)
    path.write_bytes(content)

    assert not verdict.passes


@given(at=st.integers(0, 20_000), mask=st.integers(1, 255))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_flipped_byte_of_the_zip_changes_what_passes(tmp_path: Path, at: int, mask: int):
    """Bytes that are nobody's content (a date, a spare bit) may flip; then the content is what it was."""
    sound = make_package(count=2)
    flipped = bytearray(sound)
    flipped[at % len(sound)] ^= mask
    path = packed(bytes(flipped), tmp_path)

    if verify(path).passes:
        with zipfile.ZipFile(path) as changed, zipfile.ZipFile(BytesIO(sound)) as original:
            assert {n.split("/", 1)[1]: changed.read(n) for n in changed.namelist()} == {
                n.split("/", 1)[1]: original.read(n) for n in original.namelist()
            }


def test_missing_and_added_files_are_named(tmp_path: Path):
    folder = unpacked(make_package(), tmp_path)
    (folder / "data" / "register" / "devices.csv").unlink()
    (folder / "data" / "added.txt").write_text("x")
    (folder / "note.txt").write_text("x")

    found = said(verify(folder))

    assert "„data/register/devices.csv“ fehlt im Paket." in found
    assert "„data/added.txt“ gehört nicht ins Paket: Es steht in keinem Verzeichnis." in found
    assert "„note.txt“ gehört nicht ins Paket: Es steht in keinem Verzeichnis." in found


@pytest.mark.parametrize("name", ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"])
def test_missing_tag_files_are_named(tmp_path: Path, name: str):
    folder = unpacked(make_package(), tmp_path)
    (folder / name).unlink()

    assert f"„{name}“ fehlt im Paket." in said(verify(folder))


TAMPERED: dict[str, tuple[Callable[[list[str]], list[str]], str]] = {
    "dropped": (lambda lines: lines[:3] + lines[4:], "Eintrag 4 der Prüfspur fehlt."),
    "dropped stretch": (lambda lines: lines[:2] + lines[5:], "Die Einträge 3 bis 5 der Prüfspur fehlen."),
    "cut": (lambda lines: lines[:5], "Die Prüfspur ist am Ende abgeschnitten: Die Einträge 6 bis 7 fehlen."),
    "swapped": (
        lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]],
        "Eintrag 3 der Prüfspur steht an der falschen Stelle.",
    ),
    "changed": (
        lambda lines: [*lines[:2], lines[2].replace("issued", "stolen"), *lines[3:]],
        "Eintrag 3 der Prüfspur ist verändert.",
    ),
    "repeated": (lambda lines: [*lines[:3], lines[2], *lines[3:]], "Eintrag 3 der Prüfspur steht zweimal da."),
    "nonsense": (
        lambda lines: [*lines[:2], "?", *lines[3:]],
        "An der Stelle von Eintrag 3 steht keine lesbare Zeile der Prüfspur.",
    ),
}


@pytest.mark.parametrize(("change", "sentence"), TAMPERED.values(), ids=TAMPERED)
def test_a_tampered_trail_is_named_even_when_all_hashes_fit(
    tmp_path: Path, change: Callable[[list[str]], list[str]], sentence: str
):
    found = said(verify(packed(make_package(change=change), tmp_path)))

    assert sentence in found
    assert not [each for each in found if "Prüfsumme" in each]


def test_a_rewritten_trail_does_not_fit_the_head_that_the_auditor_knows(tmp_path: Path):
    known = Head(5, "a" * 64)

    assert said(verify(packed(make_package(), tmp_path), known)) == [
        "Die Prüfspur ist nicht die, deren Kopf Sie kennen: Eintrag 5 ist dort ein anderer."
    ]


def test_the_head_of_an_earlier_package_still_fits(tmp_path: Path):
    assert verify(packed(make_package(count=9), tmp_path), make_log(5)[2]).passes


def test_payloads_that_are_missing_without_a_reason_or_belong_to_nobody_are_named(tmp_path: Path):
    _, payloads, _ = make_log(8)
    lost, stranger = list(payloads)[2], list(payloads)[7]
    package = make_package(files={f"audit-log/payload/{stranger}.json": payloads[stranger]})
    folder = unpacked(package, tmp_path)
    (folder / "data" / "audit-log" / "payload" / f"{lost}.json").unlink()

    found = said(verify(folder))

    assert f"Zu „data/audit-log/payload/{stranger}.json“ gibt es keinen Eintrag in der Prüfspur." in found
    assert f"„data/audit-log/payload/{lost}.json“ fehlt, und „data/audit-log/left-out.csv“ sagt nicht warum." in found


def test_a_payload_under_a_false_name_is_named(tmp_path: Path):
    false = f"audit-log/payload/{'a' * 64}.json"

    found = said(verify(packed(make_package(files={false: b"{}"}), tmp_path)))

    assert f"„data/{false}“ heißt nicht wie sein Inhalt." in found


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_that_contradicts_itself_is_named(tmp_path: Path):
    path = packed(make_package(), tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(f"{NAME}/data/index.html", b"another one")
        archive.writestr("../evil", b"x")
        link = zipfile.ZipInfo(f"{NAME}/data/link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")

    found = said(verify(path))

    assert "„data/index.html“ steht zweimal im ZIP." in found
    assert "Das ZIP muss genau einen Ordner enthalten, in dem alles liegt." in found
    assert "Der Eintrag „../evil“ zeigt aus dem Archiv hinaus. Das Archiv wird nicht gelesen." in found
    assert any("ist eine Verknüpfung" in each for each in found)


def test_links_in_a_folder_are_named_and_not_followed(tmp_path: Path):
    folder = unpacked(make_package(), tmp_path)
    (folder / "data" / "index.html").unlink()
    os.symlink("/etc/hostname", folder / "data" / "index.html")

    found = said(verify(folder))

    assert "„data/index.html“ ist eine Verknüpfung und gehört nicht ins Paket." in found
    assert "„data/index.html“ fehlt im Paket." in found


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip at all", os.urandom(5000)])
def test_what_is_no_package_is_said(tmp_path: Path, content: bytes):
    path = tmp_path / "paket.zip"
    path.write_bytes(content)

    assert said(verify(path)) == ["„paket.zip“ lässt sich nicht als Paket lesen."]


def test_thousands_of_findings_are_counted_and_only_some_are_kept(tmp_path: Path):
    verdict = verify(packed(make_package(files={f"audit-log/payload/x{n}.json": b"" for n in range(600)}), tmp_path))

    assert verdict.count == 600
    assert len(verdict.findings) == 500
