"""Catalogues with their requirements and how far the office has got; risks with every decision about them.

Nothing here is ever deleted. Valuations, treatments, acceptances and checks are decisions: rows that are never
updated, superseded by newer ones.
"""

from piccolo.columns import Date, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Unique

from assets.tables import TargetObject
from isms.tables import ImportRun, Person, Record, Unit
from risks.rules.levels import Frequency, Impact, RiskLevel, State
from risks.rules.lifecycle import Stage, Step
from risks.rules.requirements import Implementation, Relation
from risks.rules.treatment import Treatment


class Catalogue(Record):
    """One edition of a catalogue. The same bytes are the same edition; `import_run` leads to the file itself."""

    uuid = Varchar(length=36)
    sha256 = Varchar(length=64, unique=True)
    title = Varchar(length=250)
    version = Varchar(length=80)
    modified = Varchar(length=40)
    oscal_version = Varchar(length=20, default="")
    publisher = Varchar(length=250, default="")
    licence = Varchar(length=80, default="")
    requirements = Integer()
    defects = Integer(default=0)
    import_run = ForeignKey(ImportRun, on_delete=OnDelete.restrict, null=True, default=None)
    imported_at = Timestamptz()


class Practice(Record):
    """The outermost grouping of an edition."""

    catalogue = ForeignKey(Catalogue, on_delete=OnDelete.restrict, null=False)
    code = Varchar(length=80)
    title = Varchar(length=250)
    position = Integer()

    practice_code_uq = Unique([catalogue, code])


class RequirementTopic(Record):
    practice = ForeignKey(Practice, on_delete=OnDelete.restrict, null=False, index=True)
    uuid = Varchar(length=36)
    code = Varchar(length=80)
    title = Varchar(length=250)
    position = Integer()


class Requirement(Record):
    """A requirement of one edition. `uuid` is the same in every edition; `code` is printed and may move to another.

    `parent` is the uuid of the requirement that this one enhances; `words` is what the search finds it by.
    """

    catalogue = ForeignKey(Catalogue, on_delete=OnDelete.restrict, null=False)
    practice = ForeignKey(Practice, on_delete=OnDelete.restrict, null=False)
    topic = ForeignKey(RequirementTopic, on_delete=OnDelete.restrict, null=True, default=None)
    uuid = Varchar(length=36, index=True)
    parent = Varchar(length=36, null=True, default=None)
    code = Varchar(length=80)
    title = Varchar(length=400)
    origin = Varchar(length=80, default="")
    position = Integer()
    modal_verb = Varchar(length=12, default="")
    security_level = Varchar(length=20, default="")
    effort = Integer(null=True, default=None)
    documentation = Text(default="")
    tags = Text(default="[]")
    statement = Text(default="")
    guidance = Text(default="")
    words = Text(default="")

    requirement_uuid_uq = Unique([catalogue, uuid])


class RequirementCategory(Record):
    """A target object category that a requirement names; one without any applies to the whole scope."""

    requirement = ForeignKey(Requirement, on_delete=OnDelete.restrict, null=False, index=True)
    name = Varchar(length=120, index=True)


class RequirementLink(Record):
    """A requirement points to another one, by uuid and so in whichever edition is at hand."""

    requirement = ForeignKey(Requirement, on_delete=OnDelete.restrict, null=False, index=True)
    relation = Varchar(length=12, choices=Relation)
    target = Varchar(length=36, index=True)


class RequirementParameter(Record):
    """A gap in a requirement's text. Values, choices and parts are JSON lists."""

    requirement = ForeignKey(Requirement, on_delete=OnDelete.restrict, null=False, index=True)
    uuid = Varchar(length=36)
    name = Varchar(length=120)
    label = Text(default="")
    given = Text(default="[]")
    choices = Text(default="[]")
    parts = Text(default="[]")
    position = Integer()


class RequirementCheck(Record):
    """Somebody judged how far a unit has got with a requirement of the edition they read, from a day on."""

    requirement = ForeignKey(Requirement, on_delete=OnDelete.restrict, null=False, index=True)
    uuid = Varchar(length=36)
    unit = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False)
    implementation = Varchar(length=12, choices=Implementation)
    statement = Text(default="")
    judged_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    starts_on = Date()
    recorded_at = Timestamptz()


class Risk(Record):
    """What may happen to an object by a threat. `number` is the institution's own („R-17“).

    `frequency`, `impact` and `level` are those of the valuation that counts today; only `risks.commands` writes them,
    together with the valuation.
    """

    institution = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False)
    number = Integer()
    unit = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False, index=True)
    target_object = ForeignKey(TargetObject, on_delete=OnDelete.restrict, null=False, index=True)
    threat = Varchar(length=8)
    title = Varchar(length=160)
    description = Text(default="")
    owner = ForeignKey(Person, on_delete=OnDelete.restrict, null=False, index=True)
    stage = Varchar(length=12, choices=Stage, default=Stage.RECORDED)
    frequency = Integer(choices=Frequency, null=True, default=None)
    impact = Integer(choices=Impact, null=True, default=None)
    level = Integer(choices=RiskLevel, null=True, default=None)
    review_on = Date(index=True)
    recorded_on = Date()
    recorded_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    version = Integer(default=1)
    recorded_at = Timestamptz()

    risk_number_uq = Unique([institution, number])


class RiskStep(Record):
    """A step that a risk has taken, with what was said about it; `step` is empty for its first stage."""

    risk = ForeignKey(Risk, on_delete=OnDelete.restrict, null=False, index=True)
    step = Varchar(length=12, choices=Step, null=True, default=None)
    stage = Varchar(length=12, choices=Stage)
    note = Text(default="")
    taken_on = Date()
    taken_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()


class RiskValuation(Record):
    """How grave somebody found a risk, under which assumption, by which matrix."""

    risk = ForeignKey(Risk, on_delete=OnDelete.restrict, null=False, index=True)
    state = Varchar(length=12, choices=State)
    frequency = Integer(choices=Frequency)
    impact = Integer(choices=Impact)
    level = Integer(choices=RiskLevel)
    matrix = Varchar(length=20)
    reason = Text(default="")
    valued_on = Date()
    valued_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()


class RiskTreatment(Record):
    """What the office decided to do about a risk."""

    risk = ForeignKey(Risk, on_delete=OnDelete.restrict, null=False, index=True)
    treatment = Varchar(length=12, choices=Treatment)
    reason = Text(default="")
    contract = Varchar(length=200, default="")
    decided_on = Date()
    decided_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()


class Measure(Record):
    """Something to be done about a risk, by somebody, by a day. Done when `done_on` is set."""

    risk = ForeignKey(Risk, on_delete=OnDelete.restrict, null=False, index=True)
    treatment = ForeignKey(RiskTreatment, on_delete=OnDelete.restrict, null=False)
    title = Varchar(length=200)
    responsible = ForeignKey(Person, on_delete=OnDelete.restrict, null=False, index=True)
    due_on = Date()
    done_on = Date(null=True, default=None)
    done_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None)
    result = Text(default="")
    recorded_at = Timestamptz()


class Acceptance(Record):
    """The head takes over what is left of a risk, as it was valued, with a reason, until a day."""

    risk = ForeignKey(Risk, on_delete=OnDelete.restrict, null=False, index=True)
    valuation = ForeignKey(RiskValuation, on_delete=OnDelete.restrict, null=False)
    reason = Text()
    conditions = Text(default="")
    until = Date(index=True)
    accepted_on = Date()
    accepted_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()


class RiskControl(Record):
    """A requirement that keeps a risk in check, from a day until a day on which it no longer does."""

    risk = ForeignKey(Risk, on_delete=OnDelete.restrict, null=False)
    requirement = ForeignKey(Requirement, on_delete=OnDelete.restrict, null=False, index=True)
    starts_on = Date()
    ended_on = Date(null=True, default=None)
    linked_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()
