"""A package is plain BagIt: the same input gives the same bytes, and other programs verify it."""

import re
import subprocess
import sys
import tracemalloc
import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from isms.evidence.bag import Bag
from isms.evidence.verify_text import CHAIN, CHECKS
from tests.isms.evidence.package import NAME, make_package, unpacked


def shell(script: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True, check=False)


def test_the_same_input_gives_the_same_bytes():
    assert make_package() == make_package()


def test_everything_lies_sorted_in_one_folder_with_fixed_dates():
    with zipfile.ZipFile(BytesIO(make_package())) as archive:
        members = archive.infolist()

    names = [member.filename for member in members]
    assert names == sorted(names)
    assert {name.split("/")[0] for name in names} == {NAME}
    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}


def test_bagit_says_the_package_is_valid(tmp_path: Path):
    folder = unpacked(make_package(), tmp_path)

    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "bagit", "--validate", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "is valid" in done.stderr


def test_the_commands_of_verify_txt_find_nothing(tmp_path: Path):
    folder = unpacked(make_package(), tmp_path)
    text = (folder / "VERIFY.txt").read_text(encoding="utf-8")

    for check in CHECKS:
        done = shell(check, folder)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert check in text
    assert "audit log: ok, 7 entries" in shell(CHAIN, folder).stdout
    assert re.sub(r"^ {4}", "", text, flags=re.M).find(CHAIN) > 0


@pytest.mark.parametrize(
    "spoil",
    [
        "printf x >> data/index.html",
        "printf x >> VERIFY.txt",
        "printf x > data/added.txt",
        "rm data/register/devices.csv",
    ],
)
def test_the_commands_of_verify_txt_find_what_was_done(tmp_path: Path, spoil: str):
    folder = unpacked(make_package(), tmp_path)
    shell(spoil, folder)

    assert any(shell(check, folder).returncode for check in CHECKS)


def test_the_loop_of_verify_txt_finds_a_dropped_line(tmp_path: Path):
    folder = unpacked(make_package(), tmp_path)
    shell("sed -i 4d data/audit-log/audit-log.jsonl", folder)

    assert shell(CHAIN, folder).stdout.strip() == "broken: 4"


@pytest.mark.parametrize("path", ["", "/a", "../a", "a//b", "ä.txt", "a b", "a/../b", ".hidden", "a/"])
def test_only_plain_paths_go_in(path: str):
    with Bag() as bag, pytest.raises(ValueError, match="no path for a package"):
        bag.add(path, b"")


def test_two_files_may_be_written_at_once():
    with Bag() as bag:
        with bag.file("a.csv") as rows, bag.file("a.json") as objects:
            for _ in range(300_000):
                rows.write(b"1;2\n")
                objects.write(b"[1,2]\n")
        out = BytesIO()
        bag.write(out, name="n", info={})

    with zipfile.ZipFile(out) as archive:
        assert archive.read("n/data/a.csv") == b"1;2\n" * 300_000
        assert archive.read("n/data/a.json") == b"[1,2]\n" * 300_000


def test_a_large_package_takes_little_memory():
    tracemalloc.start()
    with Bag() as bag, TemporaryFile() as out:
        for number in range(4):
            with bag.file(f"{number}.csv") as part:
                for _ in range(200):
                    part.write(bytes(100_000))
        bag.write(out, name="n", info={})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 8_000_000
