"""Reading PDFs back: what a person would see on the pages."""

import pypdfium2


def pages(pdf: bytes) -> list[str]:
    """The text of every page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def text(pdf: bytes) -> str:
    return "\n".join(pages(pdf))
