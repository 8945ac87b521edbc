"""What holds when a device changes hands: terms, protocols with their signatures, what somebody objected to.

Protocols and signatures never change. Their texts can be emptied when a person is to be forgotten; the fingerprints
stay, so that it stays provable that something was signed.
"""

from piccolo.columns import Boolean, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Unique

from assets.rules.protocols import Answer, Method, Party, ProtocolKind, TermsKind
from assets.tables.devices import Device, Handover, StageChange
from assets.tables.kits import Kit
from isms.tables import Person, Record, Unit


class HandoverTerms(Record):
    """One version of an office's terms, frozen. The highest version is in force; signed ones are never translated."""

    institution = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False)
    kind = Varchar(length=16, choices=TermsKind, default=TermsKind.DEVICE)
    version = Integer()
    title = Varchar(length=120)
    text = Text()
    sha256 = Varchar(length=64)
    made_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()

    handover_terms_version_uq = Unique([institution, kind, version])


class Rollout(Record):
    """Everybody of a unit is asked to confirm what the register has with them, until a day."""

    unit = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False, index=True)
    title = Varchar(length=120)
    starts_on = Date()
    ends_on = Date()
    made_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()
    ended_on = Date(null=True, default=None)
    ended_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None)


class HandoverProtocol(Record):
    """What was written down about one or more devices that changed hands at once.

    `content` is the canonical JSON that is signed, `sha256` its fingerprint. `rollout` is the round that asked.
    """

    unit = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False, index=True)
    kind = Varchar(length=16, choices=ProtocolKind)
    person = ForeignKey(Person, on_delete=OnDelete.restrict, null=False, index=True)
    made_on = Date()
    made_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    due_back_on = Date(null=True, default=None)
    place = Varchar(length=120, default="")
    note = Text(default="")
    terms = ForeignKey(HandoverTerms, on_delete=OnDelete.restrict, null=True, default=None)
    rollout = ForeignKey(Rollout, on_delete=OnDelete.restrict, null=True, default=None)
    content = Text(null=True, default=None)
    sha256 = Varchar(length=64)
    recorded_at = Timestamptz()


class ProtocolItem(Record):
    """A device in a protocol: as it was, what came with it, what was missing at the return."""

    protocol = ForeignKey(HandoverProtocol, on_delete=OnDelete.restrict, null=False, index=True)
    device = ForeignKey(Device, on_delete=OnDelete.restrict, null=False, index=True)
    handover = ForeignKey(Handover, on_delete=OnDelete.restrict, null=True, default=None, index=True)
    kit = ForeignKey(Kit, on_delete=OnDelete.restrict, null=True, default=None)
    condition = Varchar(length=200, default="")
    accessories = Varchar(length=200, default="")
    missing = Varchar(length=200, default="")


class Signature(Record):
    """Somebody signed a protocol. `content` is the canonical JSON of what was signed, without the drawing itself."""

    protocol = ForeignKey(HandoverProtocol, on_delete=OnDelete.restrict, null=False)
    party = Varchar(length=16, choices=Party)
    person = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    method = Varchar(length=16, choices=Method)
    name = Varchar(length=120, default="")
    drawing = Text(null=True, default=None)
    content = Text(null=True, default=None)
    sha256 = Varchar(length=64)
    witness = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None)
    signed_at = Timestamptz()

    signature_protocol_party_uq = Unique([protocol, party])


class RolloutAsk(Record):
    """One device that a person is asked about in a round. `protocol` holds what they confirmed."""

    rollout = ForeignKey(Rollout, on_delete=OnDelete.restrict, null=False)
    handover = ForeignKey(Handover, on_delete=OnDelete.restrict, null=False)
    device = ForeignKey(Device, on_delete=OnDelete.restrict, null=False)
    person = ForeignKey(Person, on_delete=OnDelete.restrict, null=False, index=True)
    recorded_at = Timestamptz()
    answer = Varchar(length=16, choices=Answer, null=True, default=None)
    answered_at = Timestamptz(null=True, default=None)
    protocol = ForeignKey(HandoverProtocol, on_delete=OnDelete.restrict, null=True, default=None)

    rollout_ask_uq = Unique([rollout, handover])


class Objection(Record):
    """Somebody says that the register is wrong about a device. IT settles it with a word."""

    device = ForeignKey(Device, on_delete=OnDelete.restrict, null=False, index=True)
    person = ForeignKey(Person, on_delete=OnDelete.restrict, null=False, index=True)
    protocol = ForeignKey(HandoverProtocol, on_delete=OnDelete.restrict, null=True, default=None)
    rollout = ForeignKey(Rollout, on_delete=OnDelete.restrict, null=True, default=None)
    answer = Varchar(length=16, choices=Answer)
    note = Text(default="")
    recorded_at = Timestamptz()
    settled_on = Date(null=True, default=None)
    settled_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None)
    settled_note = Text(default="")


class LossReview(Record):
    """What a loss means for the people whose data were on the device, as data protection judged it (GDPR Art. 33)."""

    loss = ForeignKey(StageChange, on_delete=OnDelete.restrict, null=False, unique=True)
    must_be_reported = Boolean(default=False)
    reason = Text()
    reviewed_on = Date()
    reviewed_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()
