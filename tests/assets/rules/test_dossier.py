from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.rules.dossier import (
    SAFE,
    Dossier,
    LastErasure,
    MediumProof,
    MediumState,
    Need,
    check_leaving,
    check_other_person,
    may_be_requested,
    missing,
    state_of,
)
from assets.rules.erasure import ErasureLevel
from isms.rules.errors import Refused

CLEAR, PURGE, DESTROY = ErasureLevel
FINE = LastErasure(PURGE, succeeded=True, passed=True)


@pytest.mark.parametrize(
    ("proof", "state"),
    [
        (MediumProof(), MediumState.OPEN),
        (MediumProof(failed_before=True), MediumState.FAILED),
        (MediumProof(level=PURGE), MediumState.PLANNED),
        (MediumProof(level=DESTROY), MediumState.PLANNED),
        (MediumProof(level=DESTROY, by_provider=True), MediumState.TO_HAND_OVER),
        (MediumProof(level=PURGE, last=LastErasure(PURGE, succeeded=True)), MediumState.ERASED),
        (MediumProof(level=PURGE, last=LastErasure(CLEAR, succeeded=True, passed=True)), MediumState.PLANNED),
        (MediumProof(level=PURGE, last=LastErasure(PURGE, succeeded=False)), MediumState.FAILED),
        (MediumProof(level=PURGE, last=LastErasure(PURGE, succeeded=True, passed=False)), MediumState.FAILED),
        (MediumProof(level=PURGE, last=FINE), MediumState.PROVEN),
        (MediumProof(level=DESTROY, by_provider=True, handed_over=True), MediumState.HANDED_OVER),
        (MediumProof(level=DESTROY, by_provider=True, handed_over=True, certified=True), MediumState.DESTROYED),
    ],
)
def test_how_far_the_proof_is(proof: MediumProof, state: MediumState):
    assert state_of(proof) is state


def test_the_points_come_in_order_and_open_one_after_the_other():
    assert missing(Dossier()) == [Need.MEDIA, Need.ERASURE, Need.LABELS, Need.REQUEST, Need.APPROVAL]
    proven = Dossier(media=[MediumState.PROVEN], labels_removed=True)
    assert missing(proven) == [Need.REQUEST, Need.APPROVAL]
    assert may_be_requested(proven)


def test_a_device_without_medium_needs_the_rest_all_the_same():
    assert missing(Dossier(mediumless=True)) == [Need.LABELS, Need.REQUEST, Need.APPROVAL]


def test_what_is_to_be_destroyed_elsewhere_leaves_only_under_seal():
    ready = Dossier(media=[MediumState.TO_HAND_OVER], labels_removed=True, requested=True, approved=True)

    assert may_be_requested(ready)
    with pytest.raises(Refused, match="unter Siegel"):
        check_leaving(ready)


DOSSIERS = st.builds(
    Dossier,
    media=st.lists(st.sampled_from(MediumState), max_size=4),
    mediumless=st.booleans(),
    labels_removed=st.booleans(),
    requested=st.booleans(),
    approved=st.booleans(),
)


@given(DOSSIERS)
def test_nothing_leaves_without_approval_and_with_data_on_it(dossier: Dossier):
    try:
        check_leaving(dossier)
    except Refused:
        return
    assert dossier.approved
    assert dossier.requested
    assert dossier.labels_removed
    assert all(state in SAFE for state in dossier.media)
    assert dossier.media or dossier.mediumless


@given(DOSSIERS)
def test_one_more_medium_that_is_open_never_helps(dossier: Dossier):
    more = Dossier([*dossier.media, MediumState.OPEN], dossier.mediumless, *([True] * 3))

    with pytest.raises(Refused):
        check_leaving(more)


def test_two_eyes_are_not_four():
    check_other_person(1, 2, 3)
    for me, others in product((2, 3), ((2, 3),)):
        with pytest.raises(Refused, match="zweite Person"):
            check_other_person(me, *others)
