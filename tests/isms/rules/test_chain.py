"""The chain names whoever changed, dropped, swapped or repeated a line."""

import json
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isms.rules import chain
from isms.rules.chain import EMPTY, GENESIS, Break, Flaw, Head

NONCE = bytes(16)


def make_chain(count: int) -> list[bytes]:
    lines: list[bytes] = []
    prev = GENESIS
    for seq in range(1, count + 1):
        _, digest = chain.payload({"title": f"Gerät {seq}"}, NONCE)
        text = chain.line(
            seq=seq,
            ts="2026-08-20T08:00:00Z",
            action="device.issued",
            actor="person:3",
            object=f"device:{seq}",
            payload_sha256=digest,
            prev=prev,
        )
        prev = chain.link(text)
        lines.append(text.encode())
    return lines


def head_of(lines: list[bytes]) -> Head:
    return Head(len(lines), chain.link(lines[-1])) if lines else EMPTY


def found(lines: list[bytes], head: Head | None = None) -> list[Break]:
    return list(chain.breaks(lines, head))


LINES = make_chain(9)
HEAD = head_of(LINES)


def test_a_line_is_canonical_json():
    assert list(json.loads(LINES[0])) == ["action", "actor", "object", "payload_sha256", "prev", "seq", "ts"]
    assert b" " not in LINES[0]
    assert json.loads(LINES[0])["prev"] == GENESIS
    assert all(json.loads(after)["prev"] == chain.link(before) for before, after in pairwise(LINES))


def test_an_untouched_chain_has_no_breaks():
    assert found(LINES, HEAD) == []
    assert found(LINES) == []
    assert found([], EMPTY) == []


def test_a_head_reads_back():
    assert Head.read(f"{HEAD}\n") == HEAD


@pytest.mark.parametrize("text", ["", "9", f"9  {'0' * 64}", f"09 {'0' * 64}", "9 abc", f"-1 {'0' * 64}"])
def test_what_is_no_head_is_refused(text: str):
    with pytest.raises(ValueError, match=r".*"):
        Head.read(text)


def test_a_dropped_line_is_named():
    assert found(LINES[:3] + LINES[4:], HEAD) == [Break(4, Flaw.MISSING, 4)]


def test_a_dropped_stretch_is_one_break():
    assert found(LINES[5:], HEAD) == [Break(1, Flaw.MISSING, 5)]


def test_a_cut_tail_is_named_by_the_head():
    assert found(LINES[:7], HEAD) == [Break(8, Flaw.CUT, 9)]
    assert found([], HEAD) == [Break(1, Flaw.CUT, 9)]


def test_a_line_behind_the_head_is_named():
    assert found(LINES, head_of(LINES[:8])) == [Break(9, Flaw.ADDED, 9)]


def test_two_swapped_lines_are_named():
    swapped = [*LINES[:3], LINES[4], LINES[3], *LINES[5:]]

    assert found(swapped, HEAD) == [Break(4, Flaw.MISPLACED, 4)]


def test_lines_swapped_far_apart_do_not_accuse_all_between():
    swapped = [LINES[8], *LINES[1:8], LINES[0]]

    assert found(swapped, HEAD) == [Break(2, Flaw.MISPLACED, 2), Break(1, Flaw.MISPLACED, 1)]


def test_a_repeated_line_is_named():
    assert found([*LINES[:4], LINES[3], *LINES[4:]], HEAD) == [Break(4, Flaw.REPEATED, 4)]


@pytest.mark.parametrize("at", range(9))
def test_a_changed_line_is_named_and_nobody_else(at: int):
    changed = list(LINES)
    changed[at] = changed[at].replace(b"issued", b"stolen")

    assert found(changed, HEAD) == [Break(at + 1, Flaw.CHANGED, at + 1)]


@pytest.mark.parametrize("at", range(9))
def test_a_changed_prev_accuses_the_line_that_holds_it(at: int):
    changed = list(LINES)
    old = json.loads(changed[at])["prev"].encode()
    changed[at] = changed[at].replace(old, b"f" * 64)

    assert found(changed, HEAD) == [Break(at + 1, Flaw.CHANGED, at + 1)]


def test_a_history_rewritten_from_the_start_does_not_fit_the_head():
    rewritten = make_chain(9)[:0]
    prev = GENESIS
    for seq in range(1, 10):
        text = chain.line(seq=seq, ts="", action="a.b", actor="", object="", payload_sha256=GENESIS, prev=prev)
        prev = chain.link(text)
        rewritten.append(text.encode())

    assert found(rewritten) == []
    assert found(rewritten, HEAD) == [Break(9, Flaw.CHANGED, 9)]


@pytest.mark.parametrize("junk", [b"", b"{}", b"\xff", b"[]", LINES[3] + b" ", LINES[3].replace(b"person", b"\xff")])
def test_what_is_no_line_is_named_by_its_place(junk: bytes):
    assert found([*LINES[:3], junk, *LINES[4:]], HEAD) == [Break(4, Flaw.UNREADABLE, 4)]


def test_two_flaws_that_touch_are_both_named():
    spoilt = [*LINES[:3], LINES[3].replace(b"issued", b"stolen"), LINES[4], b"?", *LINES[6:]]

    assert sorted(found(spoilt, HEAD), key=lambda each: each.seq) == [
        Break(4, Flaw.CHANGED, 4),
        Break(6, Flaw.UNREADABLE, 6),
    ]


@given(at=st.integers(0, len(b"\n".join(LINES)) - 1), mask=st.integers(1, 255))
@settings(max_examples=400)
def test_any_flipped_byte_is_found_near_its_line(at: int, mask: int):
    whole = bytearray(b"\n".join(LINES))
    number = whole[:at].count(b"\n") + 1
    whole[at] ^= mask

    breaks = found(bytes(whole).split(b"\n"), HEAD)

    assert any(number in range(each.seq, each.last + 1) for each in breaks)


@given(at=st.integers(0, 8))
def test_any_dropped_line_is_found(at: int):
    breaks = found(LINES[:at] + LINES[at + 1 :], HEAD)

    assert [(each.seq, each.last) for each in breaks] == [(at + 1, at + 1)]


@given(st.lists(st.integers(0, 8), min_size=2, max_size=2, unique=True))
def test_any_swap_is_found_and_names_one_of_the_two(pair: list[int]):
    swapped = list(LINES)
    swapped[pair[0]], swapped[pair[1]] = swapped[pair[1]], swapped[pair[0]]

    breaks = found(swapped, HEAD)

    assert {each.reason for each in breaks} == {Flaw.MISPLACED}
    assert min(pair) + 1 in {each.seq for each in breaks}


@given(at=st.integers(0, 8), to=st.integers(0, 9))
def test_any_repeated_line_is_found(at: int, to: int):
    breaks = found([*LINES[:to], LINES[at], *LINES[to:]], HEAD)

    assert any(each.reason in (Flaw.REPEATED, Flaw.MISPLACED) for each in breaks)


@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_only_the_whole_chain_in_order_passes(lines: list[bytes]):
    assert (found(lines, HEAD) == []) == (lines == LINES)


@given(
    details=st.dictionaries(st.text(), st.text() | st.integers() | st.none()), nonce=st.binary(min_size=16, max_size=16)
)
def test_a_payload_reads_back_and_depends_on_its_nonce(details: dict[str, object], nonce: bytes):
    content, digest = chain.payload(details, nonce)

    assert json.loads(content)["details"] == details
    assert digest == chain.link(content)
    assert digest != chain.payload(details, bytes(b ^ 1 for b in nonce))[1]


def test_a_payload_survives_a_lone_surrogate():
    content, _ = chain.payload({"name": "a\ud800b"}, NONCE)

    assert json.loads(content.decode())["details"]["name"] == "a\ud800b"


def test_dates_go_into_a_payload_and_other_things_do_not():
    assert b"2026-08-20" in chain.payload({"due_on": date(2026, 8, 20)}, NONCE)[0]
    with pytest.raises(TypeError):
        chain.payload({"to": object()}, NONCE)


def test_a_short_nonce_is_a_bug():
    with pytest.raises(ValueError, match="16 bytes"):
        chain.payload({}, b"short")
