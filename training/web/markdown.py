"""Lessons on screen: Markdown without raw HTML, with safe links, boxes, and headings below the page's own."""

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

DEEPEST = 4  # boxes within boxes; what is packed deeper stays code, or a lesson could nest without end
SAFE = ("http://", "https://", "mailto:", "course:")
# The words of a lesson are in its own language, whoever reads it.
LABELS = {
    "de": {"note": "Wichtig", "tip": "Tipp", "situation": "Aus dem Amt", "takeaway": "Das nehme ich mit"},
    "en": {"note": "Important", "tip": "Tip", "situation": "From the office", "takeaway": "What I take with me"},
}


@lru_cache(maxsize=512)
def lesson_html(text: str, language: str = "de") -> Markup:
    """A whole lesson. The page has the only h1; levels that the text skips are not skipped on screen."""
    return Markup(_markdown(language).render(text))  # noqa: S704 – raw HTML is switched off and everything is escaped


@lru_cache(maxsize=2048)
def line_html(text: str) -> Markup:
    """A question, an answer, a feedback: emphasis and links, no blocks."""
    return Markup(_markdown("de").renderInline(text))  # noqa: S704 – as above


@lru_cache(maxsize=8)
def _markdown(language: str) -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Lesson).enable("table")
    markdown.validateLink = is_safe  # type: ignore[method-assign, assignment]
    markdown.core.ruler.push("headings_below_the_page", _shift_headings)
    markdown.options["langPrefix"] = language
    return markdown


def is_safe(to: str) -> bool:
    """Pages of the web, mail, other courses, and lessons of the same course by their key."""
    if to.lower().startswith(SAFE):
        return True
    return not to.startswith(("/", "\\")) and ":" not in to


def _shift_headings(state: Any) -> None:
    headings = [token for token in state.tokens if token.type in ("heading_open", "heading_close")]
    ranks = {tag: 2 + rank for rank, tag in enumerate(sorted({token.tag for token in headings}))}
    deepest = 1
    for heading in headings:
        if heading.type == "heading_open":
            deepest = min(ranks[heading.tag], deepest + 1)
        heading.tag = f"h{deepest}"


class _Lesson(RendererHTML):
    """What differs from plain Markdown: links, pictures and fences."""

    def link_open(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[at]
        to = str(token.attrs.get("href", ""))
        if to.startswith("course:"):
            token.attrSet("href", f"/courses/named/{to.removeprefix('course:')}")
        elif to.startswith(("http://", "https://")):
            token.attrSet("rel", "noopener noreferrer nofollow external")
        return self.renderToken(tokens, at, options, env)

    def image(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        """No picture is fetched from anywhere; its words are shown instead."""
        return escape(tokens[at].content)

    def fence(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        """A fence with the name of a box becomes that box, with Markdown inside; others stay code."""
        kind, _, title = tokens[at].info.strip().partition(" ")
        content = tokens[at].content
        language = options["langPrefix"]
        labels = LABELS.get(language, LABELS["de"])
        if env.get("depth", 0) >= DEEPEST:
            kind = ""
        if kind == "expand":
            inside = _inside(content, language, env)
            return f'<details class="house-box"><summary>{escape(title)}</summary>{inside}</details>\n'
        if kind not in labels:
            return f"<pre><code>{escape(content)}</code></pre>\n"
        return (
            f'<div class="house-box house-box--{kind}" role="note" aria-label="{labels[kind]}">'
            f'<p class="house-box__label">{labels[kind]}</p>{_inside(content, language, env)}</div>\n'
        )


def _inside(content: str, language: str, env: EnvType) -> str:
    """A heading within a box is a line in bold: it must not cut the page's outline in two."""
    html = str(_markdown(language).render(content, {"depth": env.get("depth", 0) + 1}))
    for level in "23456":
        html = html.replace(f"<h{level}>", "<p><strong>").replace(f"</h{level}>", "</strong></p>")
    return html
