"""What people found and settled about protection needs, and what followed from it, moment by moment."""

from piccolo.columns import Boolean, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Unique

from assets.rules.protection import Goal, ProtectionNeed, ReasonKind
from assets.rules.scenarios import DamageScenario
from assets.tables.structure import TargetObject
from isms.tables import Person, Record, Unit


class NeedCriteria(Record):
    """What the levels of protection need mean in an institution, from a moment on. A newer number supersedes it."""

    institution = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False)
    number = Integer()
    reason = Text(default="")
    decided_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()

    need_criteria_number_uq = Unique([institution, number])


class NeedCriterion(Record):
    """What one level means in one damage scenario."""

    criteria = ForeignKey(NeedCriteria, on_delete=OnDelete.restrict, null=False, index=True)
    scenario = Varchar(length=16, choices=DamageScenario)
    need = Integer(choices=ProtectionNeed)
    meaning = Text()


class NeedAssessment(Record):
    """What somebody found that an object itself needs, by which criteria. A newer one supersedes it; an empty goal is
    not determined."""

    target_object = ForeignKey(TargetObject, on_delete=OnDelete.restrict, null=False, index=True)
    confidentiality = Integer(choices=ProtectionNeed, null=True, default=None)
    integrity = Integer(choices=ProtectionNeed, null=True, default=None)
    availability = Integer(choices=ProtectionNeed, null=True, default=None)
    reason = Text(default="")
    assessed_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()
    criteria = ForeignKey(NeedCriteria, on_delete=OnDelete.restrict, null=True, default=None)


class ScenarioFinding(Record):
    """How bad it would be in one damage scenario, as an assessment found; an empty goal takes no damage there."""

    assessment = ForeignKey(NeedAssessment, on_delete=OnDelete.restrict, null=False, index=True)
    scenario = Varchar(length=16, choices=DamageScenario)
    confidentiality = Integer(choices=ProtectionNeed, null=True, default=None)
    integrity = Integer(choices=ProtectionNeed, null=True, default=None)
    availability = Integer(choices=ProtectionNeed, null=True, default=None)
    reason = Text(default="")


class NeedConfirmation(Record):
    """The head of office agrees with an assessment, or says why not (Grundschutz++ GC.7.1.2)."""

    assessment = ForeignKey(NeedAssessment, on_delete=OnDelete.restrict, null=False, index=True)
    agreed = Boolean()
    note = Text(default="")
    confirmed_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()


class SettledNeed(Record):
    """A need that somebody settled against the maximum, `computed` then. A newer one supersedes it; an empty `need`
    takes it back."""

    target_object = ForeignKey(TargetObject, on_delete=OnDelete.restrict, null=False, index=True)
    goal = Varchar(length=16, choices=Goal)
    need = Integer(choices=ProtectionNeed, null=True, default=None)
    computed = Integer(choices=ProtectionNeed)
    reason_kind = Varchar(length=16, choices=ReasonKind, null=True, default=None)
    reason = Text(default="")
    settled_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()


class EffectiveNeed(Record):
    """The effective need of an object from a moment on, so that any past day can be answered."""

    target_object = ForeignKey(TargetObject, on_delete=OnDelete.restrict, null=False, index=True)
    confidentiality = Integer(choices=ProtectionNeed)
    integrity = Integer(choices=ProtectionNeed)
    availability = Integer(choices=ProtectionNeed)
    recorded_at = Timestamptz()
