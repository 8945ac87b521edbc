import pytest

from assets.rules.media import (
    GIGABYTE,
    MediumFacts,
    MediumField,
    MediumKind,
    alike,
    completed,
    differences_between,
    real_serial,
    renewed,
)

SSD = MediumFacts(MediumKind.SSD, "S4EV-1", "Nordwind", "Spur 5", 512 * GIGABYTE, encrypted=None)


@pytest.mark.parametrize(
    "text", ["", " ", "0000 0000", "N/A", "none", "Default string", "To be filled by O.E.M.", "--"]
)
def test_placeholders_are_no_serial_numbers(text: str):
    assert real_serial(text) == ""


def test_a_serial_number_keeps_its_letters():
    assert real_serial("  WD-WX11 \n A90 ") == "WD-WX11 A90"


def test_only_what_both_know_can_differ():
    told = MediumFacts(MediumKind.NVME, "s4ev-1", "", "Spur 6", 510 * GIGABYTE, encrypted=True)

    assert [one.field for one in differences_between(SSD, told)] == [MediumField.KIND, MediumField.MODEL]


def test_capacities_differ_only_where_more_than_rounding_does():
    assert alike(SSD, MediumFacts(MediumKind.SSD, capacity_bytes=512_110_190_592))
    assert not alike(SSD, MediumFacts(MediumKind.SSD, capacity_bytes=480 * GIGABYTE))


def test_gaps_are_filled_and_what_is_known_stays():
    told = MediumFacts(MediumKind.SSD, "S4EV-1", "Andere", "", None, encrypted=True)

    assert completed(SSD, told) == MediumFacts(MediumKind.SSD, "S4EV-1", "Nordwind", "Spur 5", 512 * GIGABYTE, True)
    assert renewed(SSD, told).maker == "Andere"
    assert renewed(SSD, told).model == "Spur 5"
