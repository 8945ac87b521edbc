"""Courses in versions that never change, who has to take them, and what people have done."""

from __future__ import annotations

from piccolo.columns import Boolean, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Unique

from isms.rules.roles import Role
from isms.tables import ImportRun, Person, Record, Unit
from training.rules.terms import Source


class Course(Record):
    """A course that a unit offers to everybody below it. What it says stands in its versions."""

    slug = Varchar(length=80)
    unit = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False)
    ended_on = Date(null=True, default=None)
    recorded_at = Timestamptz()

    course_unit_slug_uq = Unique([unit, slug])


class CourseVersion(Record):
    """What a course says in one version. Nobody changes it: whoever passed it passed exactly this.

    People take the published version with the highest number. `topics` is a list of key and title as JSON.
    """

    course = ForeignKey(Course, on_delete=OnDelete.restrict, null=False)
    number = Integer()
    version = Varchar(length=40)
    title = Varchar(length=200)
    summary = Text(default="")
    language = Varchar(length=2)
    licence = Varchar(length=80)
    attribution = Text(default="")
    source = Varchar(length=300, default="")
    minutes = Integer(null=True, default=None)
    pass_mark = Integer(default=80)
    validity_months = Integer(null=True, default=None)
    questions_per_attempt = Integer(null=True, default=None)
    topics = Text(default="[]")
    fingerprint = Varchar(length=64)
    published_on = Date(null=True, default=None)
    import_run = ForeignKey(ImportRun, on_delete=OnDelete.restrict, null=True, default=None)
    recorded_at = Timestamptz()

    course_version_number_uq = Unique([course, number])


class Lesson(Record):
    """One page to read, as Markdown."""

    version = ForeignKey(CourseVersion, on_delete=OnDelete.restrict, null=False)
    position = Integer()
    slug = Varchar(length=80)
    title = Varchar(length=200)
    text = Text()
    topics = Text(default="[]")

    lesson_version_slug_uq = Unique([version, slug])


class Question(Record):
    version = ForeignKey(CourseVersion, on_delete=OnDelete.restrict, null=False, index=True)
    lesson = ForeignKey(Lesson, on_delete=OnDelete.restrict, null=True, default=None)
    position = Integer()
    slug = Varchar(length=80)
    topic = Varchar(length=80, default="")
    text = Text()
    hint = Text(default="")


class Answer(Record):
    question = ForeignKey(Question, on_delete=OnDelete.restrict, null=False, index=True)
    position = Integer()
    text = Text()
    is_right = Boolean(default=False)
    feedback = Text(default="")


class Assignment(Record):
    """Everybody with the role (or any) in the unit and below has to take the course by a day.

    It counts from `starts_on` to `ended_on`, both included, and never for days before it was made.
    """

    course = ForeignKey(Course, on_delete=OnDelete.restrict, null=False, index=True)
    unit = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False, index=True)
    role = Varchar(length=24, choices=Role, null=True, default=None)
    starts_on = Date()
    due_on = Date()
    ended_on = Date(null=True, default=None)
    recorded_at = Timestamptz()


class LessonRead(Record):
    person = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    lesson = ForeignKey(Lesson, on_delete=OnDelete.restrict, null=False)
    read_on = Date()

    lesson_read_person_lesson_uq = Unique([person, lesson])


class Attempt(Record):
    """One try at a quiz. `drawn` freezes which questions are asked and how their answers stand, as JSON;
    `given` is what was ticked, shown to this person only."""

    person = ForeignKey(Person, on_delete=OnDelete.restrict, null=False, index=True)
    version = ForeignKey(CourseVersion, on_delete=OnDelete.restrict, null=False)
    drawn = Text()
    started_at = Timestamptz()
    submitted_at = Timestamptz(null=True, default=None)
    given = Text(null=True, default=None)
    right_answers = Integer(null=True, default=None)
    passed = Boolean(null=True, default=None)


class Completion(Record):
    """Somebody has done a version of a course. Never changed; it counts for days from `recorded_on` on."""

    person = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    course = ForeignKey(Course, on_delete=OnDelete.restrict, null=False)
    version = ForeignKey(CourseVersion, on_delete=OnDelete.restrict, null=False)
    attempt = ForeignKey(Attempt, on_delete=OnDelete.restrict, null=True, default=None, unique=True)
    completed_on = Date()
    recorded_on = Date()
    valid_until = Date(null=True, default=None)
    percent = Integer(null=True, default=None)
    source = Varchar(length=12, choices=Source, default=Source.OWN)
    import_run = ForeignKey(ImportRun, on_delete=OnDelete.restrict, null=True, default=None)

    completion_person_version_day_uq = Unique([person, version, completed_on])


class Waiver(Record):
    """Somebody need not take a course, for a reason, from a day until a day (Befreiung)."""

    person = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    course = ForeignKey(Course, on_delete=OnDelete.restrict, null=False)
    starts_on = Date()
    ends_on = Date()
    reason = Text()
    recorded_at = Timestamptz()


class Pause(Record):
    """Days on which somebody was away and no deadline ran; there is no field for why (Ruhen der Frist)."""

    person = ForeignKey(Person, on_delete=OnDelete.restrict, null=False, index=True)
    starts_on = Date()
    ends_on = Date()
    recorded_at = Timestamptz()
