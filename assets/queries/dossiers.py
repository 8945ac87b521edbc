"""Dossiers: what is proven of the media of a device, or of a medium on its own, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from msgspec import structs

from assets.queries.devices import DETAIL, TABLES, DeviceDetail, device
from assets.queries.dossier_rows import (
    ALWAYS,
    Gathered,
    LabelRow,
    LineRow,
    Of,
    RequestRow,
    StatementRow,
    VerdictRow,
    gather,
)
from assets.queries.media import MediumRow, media_where, medium
from assets.queries.medium_files import MediumDossier, media_of, medium_content, told
from assets.rules.dossier import (
    IN_OTHER_HANDS,
    Dossier,
    MediumState,
    Point,
    Verdict,
    checklist,
    may_be_requested,
)
from assets.rules.lifecycle import Stage
from assets.rules.media import OUT_OF_THE_HOUSE
from isms.db.reading import rows, value
from isms.people import Actor
from isms.rules.chain import canonical
from isms.rules.errors import Stale


@dataclass(frozen=True)
class Subject:
    """A device, or a medium on its own, with its dossier."""

    device: DeviceDetail | None
    alone: MediumRow | None
    media: Sequence[MediumDossier]
    statements: Sequence[StatementRow]
    labels: Sequence[LabelRow]
    requests: Sequence[RequestRow]
    verdicts: Sequence[VerdictRow]
    line: LineRow | None = None

    @property
    def thing(self) -> DeviceDetail | MediumRow:
        found = self.device or self.alone
        if found is None:
            raise ValueError("a dossier is about a device or a medium")
        return found

    @property
    def key(self) -> str:
        return self.thing.key

    @property
    def path(self) -> str:
        return self.thing.path

    @property
    def unit(self) -> int:
        return self.thing.unit

    @property
    def stage(self) -> Stage | None:
        """That of the device, also for a medium in one; None for a medium on its own."""
        return self.device.stage if self.device else self.alone.device_stage if self.alone else None

    @property
    def in_other_hands(self) -> bool:
        return self.stage in IN_OTHER_HANDS

    @property
    def media_at_stake(self) -> list[tuple[MediumState, bool | None]]:
        """How far each medium is proven, and whether it is known to be encrypted."""
        return [(one.state, one.medium.encrypted) for one in self.media]

    @property
    def has_left(self) -> bool:
        """Whether it is out of the house for good."""
        alone = bool(self.alone and self.media and self.media[0].line)
        gone = self.device is not None and self.device.stage in OUT_OF_THE_HOUSE
        return gone or self.line is not None or alone

    @property
    def lock(self) -> str:
        """What everybody holds who changes this dossier or lets its subject go."""
        return f"dossier {'device' if self.device else 'medium'} {self.thing.id}"

    @property
    def title(self) -> str:
        if self.device:
            return self.device.label
        return self.alone.serial or self.alone.name if self.alone else ""

    @property
    def unconfirmed(self) -> StatementRow | None:
        """The latest statement that there is no medium, as long as nobody confirmed it."""
        first = [one for one in self.statements if one.confirms is None]
        confirmed = {one.confirms for one in self.statements}
        return first[-1] if first and first[-1].id not in confirmed else None

    @property
    def mediumless(self) -> bool:
        return not self.media and any(one.confirms is not None for one in self.statements)

    @property
    def request(self) -> RequestRow | None:
        return self.requests[-1] if self.requests else None

    @property
    def verdict(self) -> VerdictRow | None:
        """What holds of the latest request; None while it waits."""
        asked = self.request
        said = [one for one in self.verdicts if asked and one.request == asked.id]
        return said[-1] if said else None

    @property
    def waits(self) -> bool:
        """Whether somebody is to decide about the file as it is."""
        return self.request is not None and self.verdict is None and self.is_unchanged

    @property
    def is_unchanged(self) -> bool:
        """Whether the file is still the one that was asked about."""
        return self.request is not None and self.request.sha256 == self.sha256

    @property
    def is_approved(self) -> bool:
        return self.is_unchanged and self.verdict is not None and self.verdict.verdict is Verdict.APPROVED

    @property
    def dossier(self) -> Dossier:
        refused = self.verdict is not None and self.verdict.verdict is not Verdict.APPROVED
        return Dossier(
            media=[one.state for one in self.media],
            mediumless=self.mediumless,
            labels_removed=bool(self.labels),
            requested=self.is_unchanged and not refused,
            approved=self.is_approved,
        )

    @property
    def checklist(self) -> list[Point]:
        return checklist(self.dossier)

    @property
    def may_be_requested(self) -> bool:
        return may_be_requested(self.dossier)

    @property
    def involved(self) -> frozenset[int]:
        """Who planned, erased or asked: nobody of them approves. Who only verified may."""
        asked = [self.request.requested_by] if self.request else []
        did = [one.operator for each in self.media for one in each.erasures]
        planned = [one.planned_by for each in self.media for one in each.plans]
        stated = [one.stated_by for one in self.statements if one.confirms is None]
        return frozenset([*asked, *did, *planned, *stated])

    @property
    def content(self) -> Mapping[str, object]:
        """The file as somebody is asked to approve it: JSON-able, people by their keys. Its hash is `sha256`."""
        return {
            "subject": self.key,
            "media": [medium_content(one) for one in self.media],
            "mediumless": [told(one, "reason", "stated_on", "stated_by") for one in self.statements],
            "labels_removed": [told(one, "removed_on", "removed_by", "note") for one in self.labels],
        }

    @property
    def sha256(self) -> str:
        return sha256(canonical(self.content)).hexdigest()

    @property
    def as_read(self) -> str:
        """What somebody who decides has read: the file, and the request with its way and recipient."""
        return f"{self.sha256}:{self.request.id if self.request else 0}"


NAMELESS = f"SELECT NULL AS holder_name, {DETAIL} {TABLES} LEFT JOIN target_object o ON o.id = d.it_system"
NOTHING = Gathered((), (), (), (), (), (), (), (), ())


async def device_dossier(id: int, *, seen_by: Actor) -> Subject:
    """Raises Missing for a device out of reach."""
    return await dossier_of(await device(id, seen_by=seen_by))


async def medium_dossier(id: int, *, seen_by: Actor) -> Subject:
    """The dossier of a medium on its own. Raises Missing for a medium out of reach."""
    return await dossier_of_medium(await medium(id, seen_by=seen_by))


async def dossier_of(found: DeviceDetail) -> Subject:
    return assembled(await gather(Of("d.id = {}", [found.id])), device=found)


async def dossier_of_medium(found: MediumRow) -> Subject:
    return assembled(await gather(Of(alone="m.id = {}", args=[found.id])), alone=found)


async def fresh(subject: Subject) -> Subject:
    """The same as it is now, for whoever was shown it already. Raises Missing for a medium that is not alone now."""
    if subject.device:
        stage = Stage(await value("SELECT stage FROM device WHERE id = {}", subject.device.id))
        return await dossier_of(structs.replace(subject.device, stage=stage))
    alone = (await media_where("m.id = {} AND l.device IS NULL", subject.thing.id))[:1]
    if not alone:
        raise Stale
    return await dossier_of_medium(alone[0])


async def device_dossiers(where: str, *args: object, until: datetime = ALWAYS) -> list[Subject]:
    """Those of all devices that a condition on `d` and its unit `u` selects."""
    found = await rows(DeviceDetail, f"{NAMELESS} WHERE {where} ORDER BY d.inventory_number, d.id", *args)
    gathered = await gather(Of(where, args, until=until)) if found else NOTHING
    return [assembled(gathered.of_device(one.id), device=one) for one in found]


async def medium_dossiers(where: str, *args: object) -> list[Subject]:
    """Those of all media on their own that a condition on `m` selects."""
    found = await media_where(f"{where} AND l.device IS NULL", *args)
    gathered = await gather(Of(alone=where, args=args)) if found else NOTHING
    return [assembled(gathered.of_medium(one.id), alone=one) for one in found]


def assembled(gathered: Gathered, *, device: DeviceDetail | None = None, alone: MediumRow | None = None) -> Subject:
    own = [one for one in gathered.lines if one.device is not None and device and one.device == device.id]
    return Subject(
        device,
        alone,
        media_of(gathered),
        gathered.statements,
        gathered.labels,
        gathered.requests,
        gathered.verdicts,
        own[-1] if own else None,
    )
