"""A page as plain HTML shows it: its words, links, labels and forms."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNSEEN = {"script", "style", "head", "template", "option"}
BLOCKS = {"p", "div", "li", "tr", "td", "th", "h1", "h2", "h3", "dt", "dd", "section", "label", "button", "a", "br"}


@dataclass(eq=False)
class Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: "Element | None" = None
    children: "list[Element | str]" = field(default_factory=list)

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def all(self, *tags: str) -> "Iterator[Element]":
        """This element and everything below it, in reading order."""
        if not tags or self.tag in tags:
            yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.all(*tags)

    def above(self, tag: str) -> "Element | None":
        found: Element | None = self
        while found is not None and found.tag != tag:
            found = found.parent
        return found

    def words(self, unseen: frozenset[str] = frozenset()) -> str:
        """The text below, with single blanks."""
        return " ".join("".join(self._pieces(unseen)).split())

    def _pieces(self, unseen: frozenset[str]) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in unseen:
                yield from child._pieces(unseen)
                yield " " if child.tag in BLOCKS else ""


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.here = Element("page")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_endtag(self, tag: str) -> None:
        found = self.here.above(tag)
        if found is not None and found.parent is not None:
            self.here = found.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def parse(html: str) -> Element:
    builder = _Builder()
    builder.feed(html)
    return builder.root


def visible(page: Element) -> str:
    return page.words(frozenset(UNSEEN))


def labelled(page: Element, label: str) -> Element | None:
    """The field that a label names, by `for`, by holding it, or by aria-label."""
    fields = {one.get("id"): one for one in page.all("input", "select", "textarea") if one.get("id")}
    for found in page.all("label"):
        if found.words().startswith(label):
            inside = next(found.all("input", "select", "textarea"), None)
            return fields.get(found.get("for")) or inside
    return next((one for one in fields.values() if one.get("aria-label").startswith(label)), None)


def group(page: Element, legend: str) -> Element | None:
    """The group of fields under a heading."""
    for found in page.all("fieldset"):
        if any(heading.words().startswith(legend) for heading in found.all("legend")):
            return found
    return None


def filled(form: Element) -> list[tuple[str, str]]:
    """What a browser would send of a form as it stands; files and buttons aside."""
    pairs: list[tuple[str, str]] = []
    for one in form.all("input", "select", "textarea"):
        name, kind = one.get("name"), one.get("type", "text")
        if not name or kind in ("file", "submit", "button") or "disabled" in one.attributes:
            continue
        if one.tag == "select":
            pairs += [(name, value) for value in _chosen(one)]
        elif kind not in ("checkbox", "radio") or "checked" in one.attributes:
            pairs.append((name, one.words() if one.tag == "textarea" else one.get("value", _default(kind))))
    return pairs


def _default(kind: str) -> str:
    return "on" if kind in ("checkbox", "radio") else ""


def _chosen(select: Element) -> list[str]:
    options = list(select.all("option"))
    chosen = [one for one in options if "selected" in one.attributes]
    if not chosen and "multiple" not in select.attributes:
        chosen = options[:1]
    return [one.get("value", one.words()) for one in chosen]
