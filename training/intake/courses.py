"""Our own layout of a course: course.yaml, the lessons as Markdown, quiz.yaml."""

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from re import fullmatch

from isms.rules.texts import N_
from training.intake.entries import Entry, Mistakes, read_entry, read_text
from training.rules.content import AnswerText, CourseText, LessonText, Mistake, QuestionText, Topic

COURSES = Path(__file__).parent.parent / "courses"
Files = Mapping[str, bytes]

BAD_KEY = N_("„{key}“ taugt nicht als Schlüssel. Erlaubt sind a–z, 0–9 und Bindestriche, zum Beispiel „e-mail-1“.")
SAME_KEY = N_("Der Schlüssel „{key}“ ist schon vergeben. Jeder darf nur einmal vorkommen.")
BAD_LANGUAGE = N_("„{found}“ ist keine Sprache. Schreiben Sie zum Beispiel „de“ oder „en“.")
NO_FILE = N_("Die Datei „{name}“ gibt es nicht im Ordner der Schulung.")
NO_TEXT = N_("Die Lektion ist leer. Schreiben Sie einen Text, oder nehmen Sie sie aus course.yaml.")
NO_LESSONS = N_("Die Schulung hat keine Lektion. Nennen Sie unter „lessons“ mindestens eine.")
NO_TOPIC = N_("Das Thema „{key}“ steht nicht unter „topics“ in course.yaml.")
NO_LESSON = N_("Die Lektion „{key}“ steht nicht unter „lessons“ in course.yaml.")
FEW_ANSWERS = N_("Die Frage „{key}“ braucht mindestens zwei Antworten.")
NO_RIGHT = N_("Die Frage „{key}“ hat keine richtige Antwort. Setzen Sie bei mindestens einer „right: true“.")
TOO_MANY = N_("Gefragt werden sollen {wanted} Fragen, es gibt aber nur {there}.")


def shipped(folder: str) -> CourseText:
    """A course that comes with the product; tests prove that it has no mistake."""
    course, mistakes = course_from(files_in(COURSES / folder))
    if course is None:
        raise ValueError("\n".join(str(mistake) for mistake in mistakes))
    return course


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its relative path."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def has_course(files: Files) -> str | None:
    """The folder within an upload that holds course.yaml, if there is one."""
    folders = (PurePosixPath(name).parent.as_posix() for name in files if PurePosixPath(name).name == "course.yaml")
    return min(folders, key=len, default=None)


def course_from(files: Files) -> tuple[CourseText | None, list[Mistake]]:
    """Read a course out of its files. It is only handed back if nothing is wrong with it."""
    folder = has_course(files)
    if folder is None:
        return None, [Mistake("course.yaml", None, NO_FILE, {"name": "course.yaml"})]
    at_top = {_within(name, folder): content for name, content in files.items()}
    mistakes = Mistakes("course.yaml")
    entry = read_entry(at_top["course.yaml"], mistakes)
    course = None if entry is None else _course(entry, at_top)
    return (None, mistakes.found) if mistakes.found else (course, [])


def _within(name: str, folder: str) -> str:
    return name if folder == "." else name.removeprefix(f"{folder}/")


def _course(entry: Entry, files: Files) -> CourseText:
    entry.only(*CourseText.__dataclass_fields__.keys() - {"questions"})
    topics = tuple(_topics(entry))
    lessons = tuple(_lessons(entry, files, {topic.key for topic in topics}))
    questions = _questions(entry, files, {topic.key for topic in topics}, {lesson.key for lesson in lessons})
    return CourseText(
        key=_key(entry),
        title=entry.text("title"),
        version=entry.text("version"),
        language=_language(entry),
        licence=entry.text("licence"),
        summary=entry.text("summary", ""),
        attribution=entry.text("attribution", ""),
        source=entry.text("source", ""),
        minutes=entry.number("minutes", 1, 600),
        pass_mark=entry.number("pass_mark", 1, 100) or 80,
        validity_months=entry.number("validity_months", 1, 120),
        questions_per_attempt=_per_attempt(entry, len(questions)),
        topics=topics,
        lessons=lessons,
        questions=questions,
    )


def _key(entry: Entry, taken: set[str] | None = None) -> str:
    key = entry.text("key")
    if key and not fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key):
        entry.note(entry.line_of("key"), BAD_KEY, key=key)
    if taken is not None:
        if key in taken:
            entry.note(entry.line_of("key"), SAME_KEY, key=key)
        taken.add(key)
    return key


def _language(entry: Entry) -> str:
    language = entry.text("language")
    if language and not fullmatch(r"[a-z]{2}", language):
        entry.note(entry.line_of("language"), BAD_LANGUAGE, found=language)
    return language


def _per_attempt(entry: Entry, there: int) -> int | None:
    wanted = entry.number("questions_per_attempt", 1, 1000)
    if wanted is not None and wanted > there:
        entry.note(entry.line_of("questions_per_attempt"), TOO_MANY, wanted=wanted, there=there)
    return wanted


def _topics(entry: Entry) -> Iterator[Topic]:
    taken: set[str] = set()
    for topic in entry.entries("topics"):
        topic.only("key", "title")
        yield Topic(_key(topic, taken), topic.text("title"))


def _lessons(entry: Entry, files: Files, topics: set[str]) -> Iterator[LessonText]:
    taken: set[str] = set()
    for lesson in entry.entries("lessons"):
        lesson.only("key", "file", "title", "topics")
        about = lesson.texts("topics")
        for key in set(about) - topics:
            lesson.note(lesson.line_of("topics"), NO_TOPIC, key=key)
        yield LessonText(_key(lesson, taken), lesson.text("title"), _lesson_text(lesson, files), about)
    if not taken:
        entry.note(entry.line_of("lessons"), NO_LESSONS)


def _lesson_text(lesson: Entry, files: Files) -> str:
    name = lesson.text("file")
    if not name:
        return ""
    if name not in files:
        lesson.note(lesson.line_of("file"), NO_FILE, name=name)
        return ""
    within = Mistakes(name)
    text = (read_text(files[name], within) or "").strip()
    if not text and not within.found:
        within.note(1, NO_TEXT)
    lesson.mistakes.found.extend(within.found)
    return text


def _questions(entry: Entry, files: Files, topics: set[str], lessons: set[str]) -> tuple[QuestionText, ...]:
    if "quiz.yaml" not in files:
        return ()
    within = Mistakes("quiz.yaml")
    quiz = read_entry(files["quiz.yaml"], within)
    taken: set[str] = set()
    asked = [] if quiz is None else [_question(one, topics, lessons, taken) for one in quiz.entries("questions")]
    if quiz is not None:
        quiz.only("questions")
    entry.mistakes.found.extend(within.found)
    return tuple(asked)


def _question(entry: Entry, topics: set[str], lessons: set[str], taken: set[str]) -> QuestionText:
    entry.only("key", "lesson", "topic", "text", "hint", "answers")
    key = _key(entry, taken)
    answers = tuple(_answer(answer) for answer in entry.entries("answers"))
    if len(answers) < 2:
        entry.note(entry.line_of("answers"), FEW_ANSWERS, key=key)
    elif not any(answer.right for answer in answers):
        entry.note(entry.line_of("answers"), NO_RIGHT, key=key)
    return QuestionText(
        key=key,
        text=entry.text("text"),
        answers=answers,
        lesson=_known(entry, "lesson", lessons, NO_LESSON),
        topic=_known(entry, "topic", topics, NO_TOPIC),
        hint=entry.text("hint", ""),
    )


def _answer(entry: Entry) -> AnswerText:
    entry.only("text", "right", "feedback")
    return AnswerText(entry.text("text"), entry.flag("right"), entry.text("feedback", ""))


def _known(entry: Entry, name: str, known: set[str], message: str) -> str:
    key = entry.text(name)
    if key and key not in known:
        entry.note(entry.line_of(name), message, key=key)
    return key
