"""What people found and settled about protection needs, and what followed from it, moment by moment."""

from piccolo.columns import ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar

from assets.rules.protection import Goal, ProtectionNeed, ReasonKind
from assets.tables.structure import TargetObject
from isms.tables import Person, Record


class NeedAssessment(Record):
    """What somebody found that an object itself needs. A newer one supersedes it; an empty goal is not determined."""

    target_object = ForeignKey(TargetObject, on_delete=OnDelete.restrict, null=False, index=True)
    confidentiality = Integer(choices=ProtectionNeed, null=True, default=None)
    integrity = Integer(choices=ProtectionNeed, null=True, default=None)
    availability = Integer(choices=ProtectionNeed, null=True, default=None)
    reason = Text(default="")
    assessed_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
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
