"""What is proven of each medium: the plan that holds, what was done by it, who checked, who certified."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assets.queries.dossier_rows import CertificateRow, ErasureRow, Gathered, LineRow, Of, PlanRow, gather
from assets.queries.media import MediumRow
from assets.rules.destruction import Fineness, compared
from assets.rules.dossier import LastErasure, MediumProof, MediumState, state_of
from assets.rules.erasure import ErasureLevel


@dataclass(frozen=True)
class MediumDossier:
    """All that counts for one medium, the newest last; `failed_before` also tells of erasures before its last use."""

    medium: MediumRow
    plans: Sequence[PlanRow] = ()
    erasures: Sequence[ErasureRow] = ()
    failed_before: bool = False
    line: LineRow | None = None
    certificates: Sequence[CertificateRow] = ()

    @property
    def plan(self) -> PlanRow | None:
        return self.plans[-1] if self.plans else None

    @property
    def last(self) -> ErasureRow | None:
        """The latest erasure by the plan that holds."""
        plan = self.plan
        done = [one for one in self.erasures if plan and one.plan == plan.id]
        return done[-1] if done else None

    @property
    def certificate(self) -> CertificateRow | None:
        """The certificate that names this medium and is as fine as was ordered."""
        line = self.line
        return next((one for one in self.certificates if line and _covers(one, line)), None)

    @property
    def is_over(self) -> bool:
        """Whether it was destroyed, or has left the house: nobody will ever see it again."""
        destroyed = self.last is not None and self.last.succeeded and self.last.level is ErasureLevel.DESTROY
        return self.line is not None or self.medium.is_gone or destroyed

    @property
    def state(self) -> MediumState:
        plan, last = self.plan, self.last
        proof = MediumProof(
            level=plan.level if plan else None,
            by_provider=plan.by_provider if plan else False,
            last=LastErasure(last.level, last.succeeded, last.passed) if last else None,
            handed_over=self.line is not None,
            certified=self.certificate is not None,
            failed_before=self.failed_before,
        )
        return state_of(proof)


async def medium_file(found: MediumRow) -> MediumDossier:
    """What counts for one medium, wherever it is."""
    return media_of(await gather(Of(alone="m.id = {}", args=[found.id])))[0]


def media_of(gathered: Gathered) -> list[MediumDossier]:
    return [_of_medium(one, gathered) for one in gathered.media]


def _of_medium(medium: MediumRow, gathered: Gathered) -> MediumDossier:
    line = next((one for one in gathered.lines if one.medium == medium.id), None)
    erasures = [one for one in gathered.erasures if one.medium == medium.id]
    return MediumDossier(
        medium,
        [one for one in gathered.plans if one.medium == medium.id],
        [one for one in erasures if one.counts],
        any(one.failed for one in erasures),
        line,
        [one for one in gathered.certificates if line and one.consignment == line.consignment],
    )


def _covers(certificate: CertificateRow, line: LineRow) -> bool:
    """Whether a certificate names what is on a line, destroyed as finely as was ordered."""
    if line.mark not in compared([line.mark], certificate.named).confirmed:
        return False
    if line.protection_class is None or line.security_level is None:
        return True
    done = Fineness(certificate.protection_class, certificate.security_level)
    return done.satisfies(Fineness(line.protection_class, line.security_level))


def medium_content(one: MediumDossier) -> Mapping[str, object]:
    found = one.medium
    return {
        "medium": found.key,
        "kind": found.kind.value,
        "serial": found.serial,
        "maker": found.maker,
        "model": found.model,
        "plan": told(one.plan, *PLAN) if one.plan else None,
        "erasures": [told(each, *ERASURE) for each in one.erasures],
    }


PLAN = (
    *("derived", "derived_from", "need", "need_reason", "encrypted", "proposed", "level", "by_provider", "reason"),
    *("protection_class", "security_level", "planned_on", "planned_by"),
)
ERASURE = (
    *("method", "level", "tool", "tool_version", "operator", "done_on", "succeeded", "note"),
    *("verifier", "checked_on", "extent", "passed", "check_note"),
)
PEOPLE = frozenset(
    {
        *("planned_by", "operator", "verifier", "stated_by", "removed_by"),
        *("requested_by", "decided_by", "handed_over_by", "receiver"),
    }
)


def told(row: object, *names: str) -> Mapping[str, object]:
    """Some fields of a row as JSON: terms by their value, people by their key."""
    return {name: _plain(name, getattr(row, name)) for name in names}


def _plain(name: str, value: object) -> object:
    if name in PEOPLE and value is not None:
        return f"person:{value}"
    return getattr(value, "value", value)
