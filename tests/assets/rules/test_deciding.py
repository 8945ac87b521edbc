"""Links that hand down the needs that count."""

from hypothesis import given
from hypothesis import strategies as st

from assets.rules.deciding import deciding, way_to
from assets.rules.protection import Goal, Protection, ProtectionNeed, Structure

NORMAL, HIGH, VERY_HIGH = ProtectionNeed
SECRECY = Goal.CONFIDENTIALITY
KEYS = range(9)


@st.composite
def structures(draw: st.DrawFn) -> Structure[int]:
    needs = st.sampled_from(ProtectionNeed)
    own = {key: Protection(draw(needs), NORMAL, draw(needs)) for key in KEYS}
    links = draw(st.dictionaries(st.sampled_from(KEYS), st.lists(st.sampled_from(KEYS), unique=True, max_size=4)))
    settled = draw(st.dictionaries(st.sampled_from(KEYS), st.dictionaries(st.sampled_from(Goal), needs, max_size=1)))
    return Structure(own, links, settled)


@given(structures())
def test_every_way_is_as_short_as_the_one_that_explains(structure: Structure[int]):
    needs = structure.inherit()
    links = deciding(structure, needs)

    for key in KEYS:
        for goal in Goal:
            if needs[key][goal] > NORMAL:
                told = structure.explain(key, goal, needs).path
                way = way_to(key, goal, links)
                assert len(way) == len(told)
                assert all(needs[one][goal] == needs[key][goal] for one in way)


def test_the_process_decides_what_its_server_needs():
    structure = Structure({1: Protection(HIGH), 2: Protection(), 3: Protection()}, {2: [1], 3: [2]})

    links = deciding(structure, structure.inherit())

    assert links == {(1, 2): (SECRECY,), (2, 3): (SECRECY,)}
    assert way_to(3, SECRECY, links) == [1, 2, 3]


def test_what_was_settled_for_an_object_comes_from_nowhere():
    structure = Structure({1: Protection(HIGH), 2: Protection()}, {2: [1]}, {2: {SECRECY: VERY_HIGH}})

    assert deciding(structure, structure.inherit()) == {}
