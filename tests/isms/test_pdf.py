"""Papers: what they say, that they keep and read aloud, and that nothing typed in becomes markup."""

import asyncio
from datetime import UTC, datetime

import pytest

from isms.pdf import Facts, Paper, PdfError, Picture, Prose, Signature, Signatures, Table, paper, pdf
from tests.isms.pdfs import pages, text

NOON = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
STROKE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 8L8 1" stroke="black"/></svg>'


def a_paper(*blocks, **more) -> Paper:
    return Paper("Übergabe", "Gesundheitsamt Seestadt", blocks or (Prose(["Guten Tag"]),), **more)


async def test_a_paper_says_everything_that_its_blocks_say():
    made = await paper(
        a_paper(
            Facts([("Inventarnummer", "NB-0001")], "Gerät"),
            Table(["Nr.", "Zustand"], [["1", "gut"], ["2", "Kratzer"]], "Geräte", widths=[1, 4]),
            Picture(STROKE, "Ein Strich", width=20),
            Signatures([Signature("Ayşe Kaya", note="gezeichnet", svg=STROKE), Signature("Jonas Brandt", "IT")]),
            subtitle="Stand 25.11.2026",
            footer="Protokoll 12",
        ),
        made_at=NOON,
    )

    said = text(made)
    for word in ("Übergabe", "Gesundheitsamt Seestadt", "NB-0001", "Kratzer", "Ayşe Kaya", "Jonas Brandt, IT", "12"):
        assert word in said


async def test_a_paper_claims_to_keep_and_to_be_read_aloud():
    """The compiler refuses what would break these standards."""
    made = await paper(a_paper(), made_at=NOON)

    assert b"<pdfaid:part>2</pdfaid:part>" in made
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in made
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made


async def test_what_was_typed_is_never_markup():
    typed = 'x" #read("/pdf/house.typ") $a$ *fett* <b>'

    made = await paper(a_paper(Prose([typed]), Facts([(typed, typed)]), Table([typed], [[typed]])), made_at=NOON)

    assert text(made).count('#read("/pdf/house.typ") $a$ *fett* <b>') == 5


async def test_the_same_paper_has_the_same_bytes():
    one, two = await asyncio.gather(paper(a_paper(), made_at=NOON), paper(a_paper(), made_at=NOON))

    assert one == two


async def test_a_long_table_repeats_its_head_on_every_page():
    made = await paper(a_paper(Table(["Inventarnummer"], [[f"NB-{n:04}"] for n in range(100)])), made_at=NOON)

    shown = pages(made)
    assert len(shown) > 2
    assert all("Inventarnummer" in page for page in shown)


async def test_a_template_that_is_not_there_is_a_bug_and_says_so():
    with pytest.raises(PdfError, match="nowhere"):
        await pdf("nowhere", {}, made_at=NOON)
