"""What the project says about itself in several places is the same everywhere, and what it stands on is pinned."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml

from tests.house.tree import ROOT, expect_none

PROJECT: Mapping[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PUBLIC: Mapping[str, Any] = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))
MANDATORY = (
    *("publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType"),
    *("description", "legal", "maintenance", "localisation"),
)
PIN = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==", re.M)


def unjustified(source: str) -> Iterator[str]:
    """Direct dependencies of the application without their sentence."""
    block = source.split("\ndependencies = [", 1)[-1].split("\n]", 1)[0]
    for line in filter(None, map(str.strip, block.splitlines())):
        if not re.search(r",\s+# .{15,}", line):
            yield f"{line}: say beside it in one sentence what it is for"


def unpinned(wanted: Iterable[str], lock: str) -> Iterator[str]:
    pinned = {plain(name) for name in PIN.findall(lock)}
    for requirement in wanted:
        name = plain(re.split(r"[\[<>=!~; ]", requirement)[0])
        if name not in pinned:
            yield f"{name} is not in the lock: make lock"


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def unhashed(lock: str) -> Iterator[str]:
    for entry in re.split(r"\n(?=\S)", lock.strip()):
        if PIN.match(entry) and "--hash=sha256:" not in entry:
            yield f"{entry.split()[0]} has no hash: make lock"


def test_every_dependency_says_what_it_is_for():
    expect_none(unjustified((ROOT / "pyproject.toml").read_text("utf-8")))


def test_every_dependency_is_pinned_with_a_hash():
    extra = PROJECT["optional-dependencies"]["test"]
    locks = {name: (ROOT / f"requirements{name}.lock").read_text("utf-8") for name in ("", "-test", "-build", "-node")}

    expect_none(unpinned(PROJECT["dependencies"], locks[""]))
    expect_none(unpinned([*PROJECT["dependencies"], *extra], locks["-test"]))
    expect_none(offence for lock in locks.values() for offence in unhashed(lock))


def test_the_front_end_is_pinned_exactly_and_names_no_host():
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]

    for name, version in wanted.items():
        found = lock[f"node_modules/{name}"]
        assert (found["version"], found["integrity"][:7], "resolved" in found) == (version, "sha512-", False)


def test_publiccode_holds_what_the_standard_asks_for():
    assert set(MANDATORY) <= set(PUBLIC)
    for text in PUBLIC["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]


def test_licence_and_version_are_the_same_everywhere():
    assert PROJECT["license"] == PUBLIC["legal"]["license"] == "EUPL-1.2"
    assert PROJECT["version"] == PUBLIC["softwareVersion"]
    assert "EUPL-1.2" in (ROOT / "README.md").read_text("utf-8")


def test_a_dependency_without_a_sentence_a_pin_or_a_hash_is_found():
    assert list(unjustified('\ndependencies = [\n    "requests>=2",\n]'))
    assert list(unpinned(["requests>=2"], "httpx==0.28 \\\n    --hash=sha256:aa"))
    assert list(unhashed("httpx==0.28\nclick==8"))
