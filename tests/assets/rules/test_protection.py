import time
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.rules.circles import circles
from assets.rules.protection import Goal, Protection, ProtectionNeed, Shift, Structure, shifts
from tests.assets.rules.structures import PROTECTION, structures

NORMAL, HIGH, VERY_HIGH = ProtectionNeed
URGENT = Protection(availability=VERY_HIGH)
SECRET = Protection(confidentiality=VERY_HIGH, integrity=HIGH)


def needs_of(own, relied_on_by=None, settled=None):
    names = set(own) | set(relied_on_by or {}) | {name for names in (relied_on_by or {}).values() for name in names}
    structure = Structure({name: own.get(name, Protection()) for name in names}, relied_on_by or {}, settled or {})
    return structure, structure.inherit()


def test_what_runs_on_a_server_decides_what_the_server_needs():
    _, needs = needs_of(own={"records": SECRET, "phones": URGENT}, relied_on_by={"server": ["records", "phones"]})

    assert needs["server"] == Protection(VERY_HIGH, HIGH, VERY_HIGH)


def test_needs_are_handed_down_all_the_way():
    _, needs = needs_of(own={"records": SECRET}, relied_on_by={"server": ["records"], "room": ["server"]})

    assert needs["room"] == SECRET


def test_what_a_person_settled_is_what_gets_handed_down():
    _, needs = needs_of(
        own={"hotline": URGENT},
        relied_on_by={"one of two nodes": ["hotline"], "rack": ["one of two nodes"]},
        settled={"one of two nodes": {Goal.AVAILABILITY: NORMAL}},
    )

    assert needs["one of two nodes"] == needs["rack"] == Protection()


def test_accumulation_raises_above_every_source():
    _, needs = needs_of(
        own={"a": Protection(confidentiality=HIGH), "b": Protection(confidentiality=HIGH)},
        relied_on_by={"server": ["a", "b"], "room": ["server"]},
        settled={"server": {Goal.CONFIDENTIALITY: VERY_HIGH}},
    )

    assert needs["room"].confidentiality == VERY_HIGH
    assert needs["a"].confidentiality == HIGH


def test_a_need_is_settled_for_one_goal_and_inherited_for_the_others():
    _, needs = needs_of(
        own={"records": Protection(VERY_HIGH, VERY_HIGH, VERY_HIGH)},
        relied_on_by={"server": ["records"]},
        settled={"server": {Goal.AVAILABILITY: NORMAL}},
    )

    assert needs["server"] == Protection(VERY_HIGH, VERY_HIGH, NORMAL)


def test_a_settled_need_does_not_stop_what_arrives_on_another_way():
    _, needs = needs_of(
        own={"records": SECRET},
        relied_on_by={"left": ["records"], "right": ["records"], "room": ["left", "right"]},
        settled={"left": {Goal.CONFIDENTIALITY: NORMAL}},
    )

    assert (needs["left"].confidentiality, needs["room"].confidentiality) == (NORMAL, VERY_HIGH)


def test_objects_in_a_circle_need_the_same():
    structure, needs = needs_of(
        own={"b": URGENT, "d": SECRET},
        relied_on_by={"a": ["c"], "b": ["a"], "c": ["b", "d"], "e": ["c"]},
    )

    assert needs["a"] == needs["b"] == needs["c"] == needs["e"] == URGENT | SECRET
    assert needs["d"] == SECRET
    assert circles(structure.relied_on_by) == [frozenset("abc")]


def test_a_settled_need_breaks_a_circle():
    _, needs = needs_of(
        own={"a": URGENT},
        relied_on_by={"a": ["c"], "b": ["a"], "c": ["b"]},
        settled={"b": {Goal.AVAILABILITY: HIGH}},
    )

    assert [needs[key].availability for key in "abc"] == [VERY_HIGH, HIGH, HIGH]


def test_without_a_circle_there_is_nothing_to_report():
    assert circles({"b": ["a"], "c": ["a", "b"], "d": ["c"]}) == []


def test_a_chain_is_longer_than_the_stack():
    chain = {at + 1: [at] for at in range(50_000)}

    assert circles(chain) == []
    assert circles({**chain, 0: [50_000]}) == [frozenset(range(50_001))]


class TestExplaining:
    def test_the_shortest_way_from_the_object_that_decides(self):
        structure, needs = needs_of(
            own={"records": SECRET},
            relied_on_by={"app": ["records"], "node": ["app"], "host": ["node", "app"], "room": ["host"]},
        )

        origin = structure.explain("room", Goal.CONFIDENTIALITY, needs)

        assert origin.path == ("records", "app", "host", "room")
        assert (origin.decided_by, origin.inherited, origin.settled) == ("records", True, False)

    def test_an_object_that_decides_for_itself(self):
        structure, needs = needs_of(own={"records": SECRET})

        origin = structure.explain("records", Goal.INTEGRITY, needs)

        assert (origin.path, origin.need, origin.inherited) == (("records",), HIGH, False)

    def test_a_person_decided(self):
        structure, needs = needs_of(
            own={"records": SECRET},
            relied_on_by={"server": ["records"], "room": ["server"]},
            settled={"server": {Goal.CONFIDENTIALITY: HIGH}},
        )

        origin = structure.explain("room", Goal.CONFIDENTIALITY, needs)

        assert (origin.path, origin.need, origin.settled) == (("server", "room"), HIGH, True)

    def test_a_circle_is_explained_without_walking_round(self):
        structure, needs = needs_of(own={"b": URGENT}, relied_on_by={"a": ["c"], "b": ["a"], "c": ["b"]})

        assert structure.explain("a", Goal.AVAILABILITY, needs).path == ("b", "c", "a")


def test_the_computed_need_ignores_what_was_settled_for_the_object_itself():
    structure, needs = needs_of(
        own={"records": SECRET},
        relied_on_by={"server": ["records"]},
        settled={"server": {Goal.CONFIDENTIALITY: NORMAL}},
    )

    assert structure.computed("server", needs) == SECRET


def test_a_preview_names_what_changes_and_nothing_else():
    before = {"a": SECRET, "b": Protection()}
    after = {"a": SECRET, "b": URGENT, "c": Protection()}

    assert shifts(before, after) == [Shift("b", Protection(), URGENT)]
    assert shifts(before, after)[0].goals == [Goal.AVAILABILITY]


# properties


def by_the_book(structure):
    """BSI 200-2's sentence, repeated until nothing moves: settled, or the maximum of own and what relies on it."""
    needs = {key: Protection(NORMAL, NORMAL, NORMAL) for key in structure.own}
    while True:
        after = {}
        for key in structure.own:
            need = structure.computed(key, needs)
            settled = structure.settled.get(key, {})
            after[key] = Protection(*(settled.get(goal, need[goal]) for goal in Goal))
        if after == needs:
            return needs
        needs = after


@given(structures())
def test_the_fast_way_gives_what_the_book_gives(structure):
    assert structure.inherit() == by_the_book(structure)


@given(structures())
def test_links_and_objects_may_come_in_any_order(structure):
    backwards = Structure(
        dict(reversed(structure.own.items())),
        {key: list(reversed(names)) for key, names in reversed(structure.relied_on_by.items())},
        structure.settled,
    )

    assert structure.inherit() == backwards.inherit()


@given(structures())
def test_handing_down_twice_changes_nothing(structure):
    needs = structure.inherit()

    assert Structure(needs, structure.relied_on_by, structure.settled).inherit() == needs


@given(structures(), st.data())
def test_more_need_above_never_means_less_below(structure, data):
    key = data.draw(st.sampled_from(sorted(structure.own)))
    raised = Structure(
        {**structure.own, key: structure.own[key] | data.draw(PROTECTION)}, structure.relied_on_by, structure.settled
    )

    before, after = structure.inherit(), raised.inherit()

    assert all(after[name][goal] >= before[name][goal] for name in before for goal in Goal)


@given(structures())
def test_every_need_can_be_explained(structure):
    needs = structure.inherit()
    for key in structure.own:
        for goal in Goal:
            origin = structure.explain(key, goal, needs)
            assert origin.path[-1] == key
            assert len(set(origin.path)) == len(origin.path)
            assert all(a in structure.relied_on_by[b] for a, b in zip(origin.path, origin.path[1:], strict=False))
            assert {needs[name][goal] for name in origin.path} == {origin.need}


@given(structures())
def test_members_of_an_unsettled_circle_need_the_same(structure):
    needs = Structure(structure.own, structure.relied_on_by).inherit()

    assert all(len({needs[key] for key in circle}) == 1 for circle in circles(structure.relied_on_by))


@pytest.mark.parametrize(("objects", "links"), [(5_000, 20_000)])
def test_a_large_office_is_computed_at_once(objects, links):
    chance = Random(7)
    relied_on_by: dict[int, list[int]] = {key: [] for key in range(objects)}
    for _ in range(links):
        relied_on_by[chance.randrange(objects)].append(chance.randrange(objects))
    own = {key: Protection(*(chance.choice(list(ProtectionNeed)) for _ in Goal)) for key in range(objects)}

    started = time.process_time()
    Structure(own, relied_on_by).inherit()
    circles(relied_on_by)

    assert time.process_time() - started < 1
