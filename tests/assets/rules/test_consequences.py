from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.rules.consequences import consequences
from assets.rules.proposals import Proposal
from assets.rules.protection import Goal, Protection, ProtectionNeed, Shift, Structure, shifts
from tests.assets.rules.structures import afterwards, proposals, structures, told

NORMAL, HIGH, VERY_HIGH = ProtectionNeed
SECRET = Protection(confidentiality=VERY_HIGH)
SETTLED = {Goal.CONFIDENTIALITY: HIGH}


def carried_out(steps, tell):
    """Take the steps, told at once about every object that they ask for."""
    try:
        asked = next(steps)
        while True:
            asked = steps.send(tell(asked))
    except StopIteration as over:
        return over.value


def what_follows(structure, proposal, stored=None):
    return carried_out(consequences(proposal), told(structure, stored))


def of(own, relied_on_by, settled=None):
    names = set(own) | set(relied_on_by) | {name for names in relied_on_by.values() for name in names}
    return Structure({name: own.get(name, Protection()) for name in names}, relied_on_by, settled or {})


class TestWhatFollows:
    def test_more_need_above_reaches_what_is_below(self):
        structure = of({}, {"app": ["records"], "server": ["app"], "other": ["phones"]})

        found = what_follows(structure, Proposal(own={"records": SECRET}))

        assert [one.shift.key for one in found] == ["app", "records", "server"]
        assert found[2].origins[Goal.CONFIDENTIALITY].path == ("records", "app", "server")

    def test_a_settled_need_in_the_middle_stops_it(self):
        structure = of({}, {"app": ["records"], "server": ["app"]}, {"app": {Goal.CONFIDENTIALITY: NORMAL}})

        assert [one.shift.key for one in what_follows(structure, Proposal(own={"records": SECRET}))] == ["records"]

    def test_taking_it_back_lets_it_through(self):
        structure = of({"records": SECRET}, {"app": ["records"], "server": ["app"]}, {"app": SETTLED})

        found = what_follows(structure, Proposal(settled={"app": {Goal.CONFIDENTIALITY: None}}))

        assert [one.shift for one in found] == [
            Shift("app", Protection(confidentiality=HIGH), SECRET),
            Shift("server", Protection(confidentiality=HIGH), SECRET),
        ]

    def test_a_second_way_holds_what_the_first_one_lets_go(self):
        structure = of({"records": SECRET}, {"left": ["records"], "right": ["records"], "room": ["left", "right"]})

        found = what_follows(structure, Proposal(unlinked=[("records", "left")]))

        assert [one.shift.key for one in found] == ["left"]

    def test_a_circle_does_not_hold_itself_up(self):
        structure = of({"records": SECRET}, {"a": ["records", "c"], "b": ["a"], "c": ["b"]})

        found = what_follows(structure, Proposal(unlinked=[("records", "a")]))

        assert {one.shift.key: one.shift.after for one in found} == dict.fromkeys("abc", Protection())

    def test_two_links_between_the_same_objects_end_one_by_one(self):
        structure = of({"records": SECRET}, {"server": ["records", "records"]})

        assert what_follows(structure, Proposal(unlinked=[("records", "server")])) == []
        assert what_follows(structure, Proposal(unlinked=[("records", "server")] * 2))

    def test_what_is_gone_hands_nothing_down_and_is_not_listed(self):
        structure = of({"records": SECRET}, {"app": ["records"], "server": ["app"]})

        found = what_follows(structure, Proposal(gone=["app"]))

        assert [one.shift.key for one in found] == ["server"]


def everything(structure, proposal):
    after = afterwards(structure, proposal)
    needs = after.inherit()
    before = {key: need for key, need in structure.inherit().items() if key in needs}
    return after, needs, shifts(before, needs)


@settings(max_examples=400)
@given(st.data())
def test_looking_at_what_may_move_gives_what_computing_everything_gives(data):
    structure = data.draw(structures(most=12, links=40))
    proposal = data.draw(proposals(structure))
    after, needs, moved = everything(structure, proposal)

    found = what_follows(structure, proposal)

    assert [one.shift for one in found] == sorted(moved, key=lambda shift: shift.key)
    for one in found:
        for goal, origin in one.origins.items():
            assert origin == after.explain(one.shift.key, goal, needs)


@given(st.data())
def test_a_change_that_is_stored_already_is_found_by_what_it_touched(data):
    structure = data.draw(structures())
    proposal = data.draw(proposals(structure))
    after, _, moved = everything(structure, proposal)
    below = {target for gone in proposal.gone for target, names in structure.relied_on_by.items() if gone in names}
    touched = {*proposal.named, *below} - set(proposal.gone)

    found = what_follows(after, Proposal(touched=touched), structure.inherit())

    assert [one.shift for one in found] == sorted(moved, key=lambda shift: shift.key)


@given(structures())
def test_nothing_moves_where_nothing_changed(structure):
    assert what_follows(structure, Proposal(touched=set(structure.own))) == []


@given(st.data())
def test_links_may_be_made_in_any_order(data):
    structure = data.draw(structures())
    proposal = data.draw(proposals(structure))
    backwards = Proposal(linked=proposal.linked[::-1], unlinked=proposal.unlinked[::-1], own=proposal.own)

    there = what_follows(structure, Proposal(linked=proposal.linked, unlinked=proposal.unlinked, own=proposal.own))

    assert there == what_follows(structure, backwards)


@pytest.mark.parametrize("seed", range(3))
def test_in_a_tangle_of_5000_objects_only_a_few_are_asked_about(seed):
    chance = Random(seed)
    own = {key: Protection(*(chance.choice(list(ProtectionNeed)) for _ in Goal)) for key in range(5_000)}
    relied_on_by: dict[int, list[int]] = {key: [] for key in own}
    for _ in range(20_000):
        relied_on_by[chance.randrange(5_000)].append(chance.randrange(5_000))
    structure = Structure(own, relied_on_by)
    tell = told(structure)
    asked: set[int] = set()
    busiest = max(own, key=lambda key: sum(key in sources for sources in relied_on_by.values()))

    def telling(keys):
        asked.update(keys)
        return tell(keys)

    for need in (Protection(), Protection(VERY_HIGH, VERY_HIGH, VERY_HIGH)):
        carried_out(consequences(Proposal(own={busiest: need})), telling)

    assert len(asked) < 500
