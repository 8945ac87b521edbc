import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.rules.similar import ENOUGH, likeness, similar, similar_pairs


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Meldewesen", "meldewesen"),
        ("Meldewesen Infektionsschutz", "Infektionsschutz-Meldewesen"),
        ("Notebooks im Außendienst", "Notebooks Aussendienst"),
        ("Patientenakte", "Die Patientenakten"),
        ("Größenbuch", "Groessenbuch"),
        ("Anwendungsserver", "Anwendungserver"),
        ("Raum 101", "101. Raum"),
    ],
)
def test_names_that_probably_mean_the_same(one, other):
    assert likeness(one, other) >= ENOUGH


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Raum 101", "Raum 102"),
        ("Anwendungsserver", "Datenbankserver"),
        ("Meldewesen", "Impfbuch"),
        ("Windows 10", "Windows 11"),
        ("Hausnetz", "Serverraum"),
        ("", "Meldewesen"),
    ],
)
def test_names_that_do_not(one, other):
    assert likeness(one, other) < ENOUGH


def test_the_most_alike_comes_first():
    assert similar("Meldewesen", {1: "Meldewesen alt", 2: "Impfbuch", 3: "meldewesen"}) == [3, 1]


def test_pairs_are_found_among_many():
    names = {number: f"Server{'abcdefghij'[number % 10] * 6} {number}" for number in range(1000)}
    names |= {2000: "Schuleingangsakte", 2001: "Schuleingangsakten"}

    assert [(pair.first, pair.second) for pair in similar_pairs(names)] == [(2000, 2001)]


names = st.text(alphabet="abcäß 12", max_size=12)


@given(names, names)
def test_likeness_is_the_same_from_both_sides_and_full_to_itself(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1


@given(st.dictionaries(st.integers(1, 50), names, max_size=12))
def test_every_pair_is_as_alike_as_its_two_names(found):
    for pair in similar_pairs(found):
        assert pair.first < pair.second
        assert likeness(found[pair.first], found[pair.second]) == pair.alike >= ENOUGH
