"""What ships as YAML holds together, fits the published catalogue and copies none of its sentences."""

import csv
import os
from pathlib import Path

import pytest

from isms.rules.errors import Refused
from risks.intake import packs


@pytest.fixture(scope="module")
def real_data() -> Path:
    folder = os.environ.get("ISMS_TEST_DATA")
    if not folder:
        pytest.skip("ISMS_TEST_DATA is not set")
    return Path(folder)


def test_there_are_47_elementary_threats() -> None:
    assert [threat.id for threat in packs.threats()] == [f"G 0.{number}" for number in range(1, 48)]


def test_the_threats_are_the_published_ones(real_data: Path) -> None:
    with (real_data / "bsi/extra/basethreats.csv").open(encoding="utf-8-sig", newline="") as file:
        published = [(row["ID"], row["Begriff"], row["uuid"].lower()) for row in csv.DictReader(file)]

    assert [(threat.id, threat.title, threat.uuid) for threat in packs.threats()] == published


def test_a_number_that_is_given_twice_is_named(tmp_path: Path) -> None:
    pack = tmp_path / "threats.yaml"
    pack.write_text(
        """threats:
  - {id: G 0.1, uuid: 71a82fa5-70f8-42a3-98a4-184e8369d977, title: Feuer}
  - {id: G 0.1, uuid: 1058f5c7-1857-4c18-8f2f-f6f47638bad6, title: Frost}
"""
    )

    with pytest.raises(Refused, match=r"„threats\.yaml“: Die Nummer „G 0\.1“ ist doppelt vergeben"):
        packs.threats(pack)
