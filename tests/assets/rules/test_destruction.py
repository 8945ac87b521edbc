from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.rules.destruction import CARRIERS, LEVELS_OF_CLASS, STARTER, Carrier, Fineness, check_fineness, check_order
from assets.rules.destruction import compared as laid_beside
from assets.rules.media import MediumKind
from assets.rules.protection import ProtectionNeed
from isms.rules.errors import Incomplete


@pytest.mark.parametrize("protection_class", range(5))
@pytest.mark.parametrize("security_level", range(9))
def test_a_class_allows_its_levels_only(protection_class: int, security_level: int):
    chosen = Fineness(protection_class, security_level)

    if security_level in LEVELS_OF_CLASS.get(protection_class, ()):
        check_fineness(chosen)
    else:
        with pytest.raises(Incomplete):
            check_fineness(chosen)


def test_the_starter_values_are_in_order_and_fit_personal_data():
    check_order(STARTER)
    assert all(one.security_level >= 3 for one in STARTER.values())
    assert all(STARTER[higher].satisfies(STARTER[lower]) for lower, higher in pairwise(ProtectionNeed))


def test_a_higher_need_is_not_destroyed_more_coarsely():
    with pytest.raises(Incomplete):
        check_order({**STARTER, ProtectionNeed.VERY_HIGH: Fineness(1, 3)})


def test_every_kind_of_medium_has_a_letter():
    assert set(CARRIERS) == set(MediumKind)
    assert Fineness(3, 5).named(CARRIERS[MediumKind.HDD]) == "H-5"
    assert set(CARRIERS.values()) == set(Carrier)


MARKS = st.lists(st.text("abc123", min_size=1, max_size=5), unique=True)


@given(MARKS, MARKS)
def test_a_certificate_confirms_misses_or_adds_every_mark_once(handed_over: list[str], certified: list[str]):
    found = laid_beside(handed_over, certified)

    assert sorted([*found.confirmed, *found.missing]) == sorted(handed_over)
    assert set(found.extra) == set(certified) - set(handed_over)
    assert found.is_complete is (set(handed_over) == set(certified))


def test_a_line_names_one_thing_so_twins_need_two():
    twins = ["PM9", "pm 9", "S4EV-1"]

    assert laid_beside(twins, ["PM9", "S4EV-1"]).missing == ("PM9", "pm 9")
    assert laid_beside(twins, ["PM9", "PM9", "S4EV-1"]).is_complete
    assert laid_beside(["S4EV-1"], ["S4EV-1", "S4EV-1"]).extra == ("S4EV-1",)


def test_blanks_and_case_do_not_make_another_serial_number():
    found = laid_beside(["WD-WX11 A90", "S4EV-1"], ["wd-wx11a90 ", "", "ZZ-9"])

    assert (found.confirmed, found.missing, found.extra) == (("WD-WX11 A90",), ("S4EV-1",), ("ZZ-9",))
