"""What every area needs and none owns: units, people, sessions, the audit trail, files and import runs."""

from __future__ import annotations

from piccolo.columns import (
    UUID,
    BigInt,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    Serial,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Unique
from piccolo.table import Table

from isms.rules.checklists import ChecklistKind
from isms.rules.packages import PackageStage
from isms.rules.roles import Reach, Role, UnitKind


class Record(Table):
    """A row with a key, by which the audit trail, evidence and comments name it."""

    id: Serial

    @property
    def key(self) -> str:
        return f"{self._meta.tablename}:{self.id}"


class Instance(Record):
    """This installation: exported identifiers and pseudonyms derive from it."""

    uuid = UUID(unique=True)
    secret = Varchar(length=64)
    is_demo = Boolean(default=False)
    created_at = Timestamptz()


class Unit(Record):
    """A place in the tree Land → Amt → Fachdienst → Standort. `path` is `/1/4/`, so that a subtree is a prefix.

    `institution` is the Amt that the unit belongs to (the topmost unit above an Amt): whose chain its changes join.
    """

    name = Varchar(length=120)
    kind = Varchar(length=16, choices=UnitKind, default=UnitKind.DEPARTMENT)
    parent: ForeignKey[Unit] = ForeignKey("self", on_delete=OnDelete.restrict, null=True, default=None)
    institution: ForeignKey[Unit] = ForeignKey("self", on_delete=OnDelete.restrict, null=True, default=None)
    path = Varchar(length=120, unique=True)
    closed_on = Date(null=True, default=None)
    import_run = Integer(null=True, default=None)
    version = Integer(default=1)


class ImportRun(Record):
    """One upload carried out: every row that came with it names it, so that it can be undone as a whole.

    `dropped_at`: when the file's bytes were deleted, which are of no use any more; its hash stays.
    """

    kind = Varchar(length=32)
    filename = Varchar(length=200)
    sha256 = Varchar(length=64)
    unit = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False)
    uploaded_by = Integer()
    uploaded_at = Timestamptz()
    answers = Text(default="{}")
    counts = Text(default="{}")
    mapping = Text(default="{}")
    finished_at = Timestamptz(null=True, default=None)
    undone_at = Timestamptz(null=True, default=None)
    undone_by = Integer(null=True, default=None)
    undone_counts = Text(default="{}")
    dropped_at = Timestamptz(null=True, default=None)


class Person(Record):
    """Somebody the office knows. With `login` and `password_hash` they may sign in; `left_on` is their last day.

    `withdrawn_on` is the day on which the import that took them in by mistake was taken back;
    from `forgotten_on` on the name is gone, while what they had and did stays.
    """

    name = Varchar(length=120, index=True)
    login = Varchar(length=80, null=True, default=None, unique=True)
    email = Varchar(length=200, default="")
    password_hash = Text(null=True, default=None)
    must_change_password = Boolean(default=False)
    language = Varchar(length=2, default="de")
    theme = Varchar(length=8, default="")
    unit = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False)
    left_on = Date(null=True, default=None)
    withdrawn_on = Date(null=True, default=None)
    forgotten_on = Date(null=True, default=None)
    import_run = ForeignKey(ImportRun, on_delete=OnDelete.restrict, null=True, default=None)
    version = Integer(default=1)
    recorded_at = Timestamptz()


class ImportChange(Record):
    """What a run changed in a record that was there before: a field (as the audit trail calls it) before and after.

    `before` and `after` are JSON, so that the run can be taken back as long as nobody changed the field since. Both
    are null once the person is forgotten whose record it was.
    """

    run = ForeignKey(ImportRun, on_delete=OnDelete.restrict, null=False, index=True)
    record = Varchar(length=64, index=True)
    field = Varchar(length=40)
    before = Text()
    after = Text()


class ImportMapping(Record):
    """Which column of a table holds what, as somebody chose it for files with the same headers. The newest counts."""

    institution = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False)
    kind = Varchar(length=32)
    headers = Varchar(length=64)
    mapping = Text()
    chosen_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()


class Checklist(Record):
    """What has to be done around somebody's first or last day."""

    person = ForeignKey(Person, on_delete=OnDelete.restrict, null=False, index=True)
    kind = Varchar(length=12, choices=ChecklistKind)
    day = Date()
    opened_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()


class ChecklistItem(Record):
    """One point of a checklist, open while `done_on` is empty."""

    checklist = ForeignKey(Checklist, on_delete=OnDelete.restrict, null=False, index=True)
    text = Varchar(length=200)
    due_on = Date()
    done_on = Date(null=True, default=None)
    done_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None)
    recorded_at = Timestamptz()


class ChecklistPlan(Record):
    """The points that an office's checklists of a kind start with, one a line. A newer row supersedes it."""

    institution = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False, index=True)
    kind = Varchar(length=12, choices=ChecklistKind)
    points = Text()
    set_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()


class Retention(Record):
    """For how many months after the last day an office keeps names. A newer row supersedes it."""

    institution = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False, index=True)
    months = Integer()
    set_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()


class Membership(Record):
    """A role of a person in a unit, from a day until a day (inclusive; none means until further notice)."""

    person = ForeignKey(Person, on_delete=OnDelete.restrict, null=False, index=True)
    unit = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False, index=True)
    role = Varchar(length=24, choices=Role)
    reach = Varchar(length=12, choices=Reach, default=Reach.SUBTREE)
    starts_on = Date()
    ends_on = Date(null=True, default=None)
    recorded_at = Timestamptz()


class Session(Record):
    """A sign-in on one browser. Only the hash of its token is stored."""

    token_hash = Varchar(length=64, unique=True)
    person = ForeignKey(Person, on_delete=OnDelete.cascade, null=False, index=True)
    csrf = Varchar(length=64)
    browser = Varchar(length=80, default="")
    started_at = Timestamptz()
    seen_at = Timestamptz()
    ends_at = Timestamptz()
    ended_at = Timestamptz(null=True, default=None)


class Throttle(Record):
    """Failed sign-ins per account and per address, named by a keyed hash, so that no address is stored."""

    name = Varchar(length=64, unique=True)
    failures = Integer(default=0)
    last_at = Timestamptz()


class OneTimeToken(Record):
    """A link that works once: the first set-up, or a new password. Only its hash is stored."""

    token_hash = Varchar(length=64, unique=True)
    purpose = Varchar(length=16)
    person = ForeignKey(Person, on_delete=OnDelete.cascade, null=True, default=None)
    ends_at = Timestamptz()
    used_at = Timestamptz(null=True, default=None)


class DoneForm(Record):
    """The token of a form that was carried out: the same form a second time changes nothing."""

    token = Varchar(length=64, unique=True)
    at = Timestamptz(index=True)


class AuditEntry(Record):
    """One change: the exact line that is chained, and its parts as columns to search by.

    `line` is canonical JSON, `link` the SHA-256 of its bytes, which the next line of the institution carries as `prev`.
    """

    institution = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False)
    seq = Integer()
    at = Timestamptz()
    actor = ForeignKey(Person, on_delete=OnDelete.restrict, null=False, index=True)
    action = Varchar(length=64, index=True)
    subject = Varchar(length=64, index=True)
    line = Text()
    link = Varchar(length=64)
    payload_sha256 = Varchar(length=64)

    audit_entry_institution_seq_uq = Unique([institution, seq])


class AuditPayload(Record):
    """Before and after, salted and apart from the chain, so that personal data can be erased and the chain verifies."""

    sha256 = Varchar(length=64, unique=True)
    institution = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False)
    content = Text(null=True, default=None)
    erased_at = Timestamptz(null=True, default=None)


class StoredFile(Record):
    """An evidence file: its bytes are stored under their SHA-256; `subject` is the key of what it belongs to."""

    sha256 = Varchar(length=64, index=True)
    name = Varchar(length=200)
    media_type = Varchar(length=100)
    size = BigInt()
    unit = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False)
    subject = Varchar(length=64, index=True)
    uploaded_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    uploaded_at = Timestamptz()


class EvidencePackage(Record):
    """A package for auditors: being made, ready under its SHA-256, or failed with the reason in `complaint`.

    `head` is the end of the audit trail that it carries; `seen_at` shows that somebody is still working on it.
    """

    institution = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False, index=True)
    as_of = Date()
    named = Boolean(default=False)
    requested_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    requested_at = Timestamptz()
    stage = Varchar(length=12, choices=PackageStage, default=PackageStage.MAKING)
    step = Varchar(length=200, default="")
    seen_at = Timestamptz()
    name = Varchar(length=120, default="")
    sha256 = Varchar(length=64, null=True, default=None)
    size = BigInt(default=0)
    head = Varchar(length=90, default="")
    complaint = Text(default="")
