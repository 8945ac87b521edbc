"""BITS, the training of the municipalities in Hugo's layout: every chapter with a number becomes a course."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

import yaml

from isms.rules.texts import N_
from training.intake.courses import Files
from training.intake.entries import Entry, Mistakes, read_entry, read_text
from training.intake.quizdown import BLOCK, questions
from training.intake.shortcodes import to_markdown, with_links, with_params
from training.rules.content import CourseText, LessonText, Mistake, QuestionText, Topic

CHAPTER = re.compile(r"(?P<number>\d+)[ _-]+lektion[ _-]+(?P<name>.+)", re.IGNORECASE)
FRONT = re.compile(r"\A---\n(?P<front>.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
PAGE = ".de.md"
ATTRIBUTION = (
    "BITS – Behörden-IT-Sicherheitstraining, Kommunal Agentur NRW GmbH und Dr. Lutz Gollan, "
    "lizenziert unter CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/deed.de). "
    "Für diese Anwendung umgeformt: Hinweiskästen, Verweise und Quizfragen."
)
# What BITS fills in from config.toml; an archive that brings the file overrides these.
PARAMS = {
    "BITS": "BITS",
    "BITS_Titel": "Behörden-IT-Sicherheitstraining",
    "BITS_Password_Length": "zehn",
    "Einrichtung": "Behörde",
    "Einrichtungen": "Behörden",
    "Ver": "",
    "Release": "",
}
NO_FRONT = N_("Am Anfang der Seite fehlen die Angaben zwischen zwei Zeilen „---“, mindestens „title: …“.")
NO_PAGES = N_("Das Kapitel hat keine Seite mit Text.")


@dataclass(frozen=True)
class Chapter:
    """A chapter as a course, or what is wrong with it; `lost` are links that lead nowhere here."""

    folder: str
    title: str
    course: CourseText | None
    mistakes: tuple[Mistake, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass
class _Reading:
    """What is known while a chapter is read, and what turned up."""

    params: Mapping[str, str]
    keys: Mapping[str, str]
    mistakes: list[Mistake] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Page:
    """A Markdown file with its front matter read and its place in the chapter."""

    name: str
    title: str
    weight: int
    text: str
    first_line: int


def is_bits(files: Files) -> bool:
    return any(_chapter_of(name) for name in files)


def chapters(files: Files) -> list[Chapter]:
    """Every numbered chapter in order. A chapter with a mistake is named and does not stop the others."""
    params = params_of(files)
    by_folder: dict[str, dict[str, bytes]] = {}
    for name, content in files.items():
        if (folder := _chapter_of(name)) and name.endswith(PAGE):
            by_folder.setdefault(folder, {})[name] = content
    keys = {slug(folder): _course_key(folder) for folder in by_folder}
    return [_chapter(folder, by_folder[folder], _Reading(params, keys)) for folder in sorted(by_folder, key=_number)]


def left_out(files: Files) -> list[str]:
    """Folders beside the chapters that hold pages, too: the introduction, the contacts."""
    folders = {PurePosixPath(name).parent.name for name in files if name.endswith(PAGE) and not _chapter_of(name)}
    return sorted(folders - {"", "content"})


def params_of(files: Files) -> dict[str, str]:
    """The placeholders of BITS with the values of the archive's own config.toml, if it has one."""
    found = min((name for name in files if PurePosixPath(name).name == "config.toml"), key=_config_first, default=None)
    try:
        config = tomllib.loads(files[found].decode("utf-8-sig")) if found else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        config = {}
    german = _table(_table(config, "Languages"), "de") | _table(_table(config, "languages"), "de")
    return PARAMS | _texts(_table(config, "params")) | _texts(german) | _texts(_table(german, "params"))


def _config_first(name: str) -> tuple[bool, int]:
    return "_default" not in PurePosixPath(name).parts, len(name)


def _table(table: Mapping[str, object], name: str) -> dict[str, object]:
    inner = table.get(name)
    return dict(inner) if isinstance(inner, dict) else {}


def _texts(table: Mapping[str, object]) -> dict[str, str]:
    return {name: value for name, value in table.items() if isinstance(value, str)}


def slug(name: str) -> str:
    """As Hugo turns a folder or file name into a part of an address."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _chapter_of(name: str) -> str | None:
    folder = PurePosixPath(name).parent.name
    return folder if CHAPTER.fullmatch(folder) else None


def _number(folder: str) -> int:
    found = CHAPTER.fullmatch(folder)
    return int(found["number"]) if found else 0


def _course_key(folder: str) -> str:
    found = CHAPTER.fullmatch(folder)
    return f"bits-{slug(found['name'] if found else folder)}"


def _chapter(folder: str, files: Mapping[str, bytes], reading: _Reading) -> Chapter:
    pages = sorted(_pages(files, reading), key=lambda page: (page.weight, page.name))
    title = next((page.title for page in pages if page.name.startswith("_index")), folder)
    topic = Topic(_course_key(folder).removeprefix("bits-"), title)
    course = CourseText(
        key=_course_key(folder),
        title=f"BITS: {title}",
        version=reading.params["Ver"] or "1",
        language="de",
        licence="CC BY-SA 4.0",
        attribution=ATTRIBUTION,
        source="https://www.bits-portal.eu",
        topics=(topic,),
        lessons=tuple(_lessons(pages, topic.key, reading)),
        questions=tuple(_questions(pages, topic.key, reading)),
    )
    if not course.lessons:
        reading.mistakes.append(Mistake(folder, None, NO_PAGES))
    return Chapter(folder, title, None if reading.mistakes else course, tuple(reading.mistakes), tuple(reading.lost))


def _pages(files: Mapping[str, bytes], reading: _Reading) -> Iterator[_Page]:
    for name, content in files.items():
        within = Mistakes(name)
        page = _page(name, content, within)
        reading.mistakes.extend(within.found)
        if page is not None:
            yield page


def _page(name: str, content: bytes, within: Mistakes) -> _Page | None:
    text = read_text(content, within)
    if text is None:
        return None
    front = FRONT.match(text)
    if front is None:
        within.note(1, NO_FRONT)
        return None
    entry = read_entry(f"\n{front['front']}".encode(), within)
    if entry is None:
        return None
    file = PurePosixPath(name).name.removesuffix(PAGE)
    first_line = text.count("\n", 0, front.end()) + 1
    return _Page(file, entry.text("title"), _weight(entry, file), text[front.end() :], first_line)


def _weight(entry: Entry, file: str) -> int:
    """The page of the chapter opens it; its own weight is the chapter's place in the book."""
    node = entry.nodes.get("weight")
    value = node.value if isinstance(node, yaml.ScalarNode) and not file.startswith("_index") else ""
    return int(value) if value.isdecimal() else 0


def _lessons(pages: list[_Page], topic: str, reading: _Reading) -> Iterator[LessonText]:
    here = {slug(page.name) for page in pages}
    for page in pages:
        if BLOCK.search(page.text):
            continue
        within = Mistakes(page.name + PAGE)
        text = to_markdown(page.text, reading.params, within, page.first_line)
        text, lost = with_links(text, lambda to: destination(to, here, reading.keys))
        reading.mistakes.extend(within.found)
        reading.lost.extend(lost)
        if text:
            yield LessonText(slug(page.name), page.title, text, (topic,))


def destination(to: str, here: set[str], keys: Mapping[str, str]) -> str | None:
    """A link of BITS in our words: a lesson of this course, a lesson of another, a page elsewhere, or nowhere."""
    if to.startswith(("https://", "http://", "mailto:")):
        return to
    parts = [slug(part) for part in to.partition("#")[0].split("/") if part]
    if len(parts) == 1 and parts[0] in here:
        return parts[0]
    if parts and parts[0] in keys:
        return "/".join([f"course:{keys[parts[0]]}", *parts[1:2]])
    return None


def _questions(pages: list[_Page], topic: str, reading: _Reading) -> Iterator[QuestionText]:
    for page in pages:
        within = Mistakes(page.name + PAGE)
        yield from questions(with_params(page.text, reading.params), within, topic)
        reading.mistakes.extend(
            replace(said, line=said.line and said.line + page.first_line - 1) for said in within.found
        )
