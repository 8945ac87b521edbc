import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.rules.erasure import (
    REACHES,
    ErasureLevel,
    Method,
    check_level,
    check_method,
    methods_for,
    possible_levels,
    proposed_level,
    reached,
)
from assets.rules.media import MediumKind
from assets.rules.protection import ProtectionNeed
from isms.rules.errors import Incomplete

CLEAR, PURGE, DESTROY = ErasureLevel
NORMAL, HIGH, VERY_HIGH = ProtectionNeed
KINDS, NEEDS, KNOWN = st.sampled_from(MediumKind), st.sampled_from(ProtectionNeed), st.sampled_from([None, False, True])


@pytest.mark.parametrize(
    ("kind", "need", "encrypted", "level"),
    [
        (MediumKind.HDD, NORMAL, None, CLEAR),
        (MediumKind.HDD, HIGH, None, PURGE),
        (MediumKind.HDD, VERY_HIGH, None, DESTROY),
        (MediumKind.HDD, VERY_HIGH, True, PURGE),
        (MediumKind.SSD, HIGH, False, PURGE),
        (MediumKind.SSD, VERY_HIGH, False, DESTROY),
        (MediumKind.NVME, VERY_HIGH, True, PURGE),
        (MediumKind.FLASH, NORMAL, None, CLEAR),
        (MediumKind.FLASH, HIGH, None, DESTROY),
        (MediumKind.FLASH, HIGH, True, PURGE),
        (MediumKind.PHONE, NORMAL, None, CLEAR),
        (MediumKind.PHONE, HIGH, None, DESTROY),
        (MediumKind.PHONE, HIGH, True, PURGE),
        (MediumKind.TAPE, HIGH, None, PURGE),
        (MediumKind.OPTICAL, NORMAL, None, DESTROY),
        (MediumKind.PAPER, NORMAL, None, DESTROY),
        (MediumKind.FILM, HIGH, None, DESTROY),
    ],
)
def test_what_is_proposed(kind: MediumKind, need: ProtectionNeed, encrypted: bool | None, level: ErasureLevel):
    assert proposed_level(kind, need, encrypted=encrypted) is level


@given(KINDS, NEEDS, NEEDS, KNOWN)
def test_a_higher_need_never_gets_a_weaker_level(kind: MediumKind, one: ProtectionNeed, other: ProtectionNeed, known):
    lower, higher = sorted((one, other))

    assert proposed_level(kind, lower, encrypted=known) <= proposed_level(kind, higher, encrypted=known)


@given(KINDS, NEEDS)
def test_not_knowing_of_encryption_never_lowers_the_level(kind: MediumKind, need: ProtectionNeed):
    unknown = proposed_level(kind, need, encrypted=None)

    assert unknown == proposed_level(kind, need, encrypted=False)
    assert unknown >= proposed_level(kind, need, encrypted=True)


@given(KINDS, NEEDS, KNOWN)
def test_every_proposal_can_be_carried_out(kind: MediumKind, need: ProtectionNeed, known):
    level = proposed_level(kind, need, encrypted=known)

    assert methods_for(kind, level, encrypted=known)
    assert level in possible_levels(kind, encrypted=known, failed=False)


@given(KINDS, KNOWN, st.sampled_from(Method), st.sampled_from(ErasureLevel))
def test_a_method_is_adequate_exactly_where_it_reaches_the_level(kind: MediumKind, known, method: Method, level):
    far = reached(method, kind, encrypted=known)

    assert (method in methods_for(kind, level, encrypted=known)) is (far is not None and far >= level)


@pytest.mark.parametrize("kind", [MediumKind.SSD, MediumKind.NVME, MediumKind.FLASH])
def test_overwriting_flash_is_no_purge(kind: MediumKind):
    assert reached(Method.OVERWRITE, kind, encrypted=None) is CLEAR
    with pytest.raises(Incomplete) as error:
        check_method(Method.OVERWRITE, kind, PURGE, encrypted=None)
    assert "method" in error.value.complaints


@pytest.mark.parametrize("known", [None, False])
def test_no_key_can_be_destroyed_that_was_never_there(known):
    assert reached(Method.CRYPTO_ERASE, MediumKind.SSD, encrypted=known) is None
    assert reached(Method.CRYPTO_ERASE, MediumKind.SSD, encrypted=True) is PURGE


def test_magnets_do_nothing_to_flash():
    assert set(REACHES[Method.DEGAUSS]) == {MediumKind.HDD, MediumKind.TAPE}


def test_less_than_proposed_needs_a_reason():
    with pytest.raises(Incomplete) as error:
        check_level(CLEAR, PURGE, " ", possible=list(ErasureLevel))
    assert set(error.value.complaints) == {"reason"}

    check_level(CLEAR, PURGE, "Es waren nur Vorlagen darauf.", possible=list(ErasureLevel))


def test_after_a_failed_erasure_only_destruction_is_left():
    assert possible_levels(MediumKind.SSD, encrypted=True, failed=True) == [DESTROY]
    with pytest.raises(Incomplete):
        check_level(PURGE, PURGE, "", possible=[DESTROY])
