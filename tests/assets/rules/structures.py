"""Structures of any shape for property tests, and what the rules ask of one."""

from hypothesis import strategies as st

from assets.rules.proposals import Proposal, Standing
from assets.rules.protection import Goal, Protection, ProtectionNeed, Structure

NEED = st.sampled_from(ProtectionNeed)
PROTECTION = st.builds(Protection, NEED, NEED, NEED)
SETTLED = st.dictionaries(st.sampled_from(Goal), NEED, max_size=2)


@st.composite
def structures(draw, most=9, links=20):
    keys = list(range(draw(st.integers(1, most))))
    key = st.sampled_from(keys)
    own = {name: draw(PROTECTION) for name in keys}
    pairs = draw(st.sets(st.tuples(key, key).filter(lambda pair: pair[0] != pair[1]), max_size=links))
    relied_on_by = {name: sorted(source for source, target in pairs if target == name) for name in keys}
    return Structure(own, relied_on_by, draw(st.dictionaries(key, SETTLED, max_size=3)))


@st.composite
def proposals(draw, structure):
    keys = st.sampled_from(sorted(structure.own))
    pairs = st.tuples(keys, keys).filter(lambda pair: pair[0] != pair[1])
    existing = [(source, target) for target, sources in structure.relied_on_by.items() for source in sources]
    several = len(structure.own) > 1
    return Proposal(
        own=draw(st.dictionaries(keys, PROTECTION, max_size=2)),
        settled=draw(
            st.dictionaries(keys, st.dictionaries(st.sampled_from(Goal), st.none() | NEED, max_size=2), max_size=2)
        ),
        linked=draw(st.lists(pairs, max_size=2)) if several else (),
        unlinked=draw(st.lists(st.sampled_from(existing), max_size=2, unique=True)) if existing else (),
        gone=draw(st.sets(keys, max_size=1)),
    )


def afterwards(structure, proposal):
    """The structure as it would be, thought through object by object."""
    own = {key: need for key, need in {**structure.own, **proposal.own}.items() if key not in proposal.gone}
    links = [(source, target) for target, sources in structure.relied_on_by.items() for source in sources]
    for link in proposal.unlinked:
        links.remove(link)
    links = [link for link in (*links, *proposal.linked) if not set(link) & set(proposal.gone)]
    settled = {
        key: {
            goal: need
            for goal, need in {**structure.settled.get(key, {}), **proposal.settled.get(key, {})}.items()
            if need is not None
        }
        for key in own
    }
    return Structure(own, {key: [source for source, target in links if target == key] for key in own}, settled)


def told(structure, stored=None):
    """How the objects of a structure stand, for whoever asks."""
    stored = stored or structure.inherit()
    relies_on: dict[int, list[int]] = {key: [] for key in structure.own}
    for target, sources in structure.relied_on_by.items():
        for source in sources:
            relies_on[source].append(target)

    def tell(asked):
        return {
            key: Standing(
                own=structure.own[key],
                stored=stored[key],
                settled=structure.settled.get(key, {}),
                relied_on_by=tuple(structure.relied_on_by.get(key, ())),
                relies_on=tuple(relies_on[key]),
            )
            for key in asked
        }

    return tell
