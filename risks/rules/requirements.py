"""What a catalogue demands and how far an office has got with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from isms.rules.errors import Complaint, Incomplete
from isms.rules.terms import Term
from isms.rules.texts import N_


class ModalVerb(Term):
    MUST = "MUSS", N_("MUSS")
    SHOULD = "SOLLTE", N_("SOLLTE")
    MAY = "KANN", N_("KANN")


class SecurityLevel(Term):
    NORMAL = "normal-SdT", N_("normal")
    ELEVATED = "erhöht", N_("erhöht")


def level_named(value: str) -> SecurityLevel | None:
    """The BSI's level by its value; other catalogues have words of their own."""
    return next((level for level in SecurityLevel if level.value == value), None)


# The level of the Kompendium's basic requirements, whose risks nobody may take over (R-BASIS).
BASIC = "basis"


class Implementation(Term):
    OPEN = "open", N_("offen")
    YES = "yes", N_("ja")
    PARTLY = "partly", N_("teilweise")
    NO = "no", N_("nein")
    NOT_NEEDED = "not_needed", N_("entbehrlich")


class Relation(Term):
    REQUIRED = "required", N_("setzt voraus")
    RELATED = "related", N_("hängt zusammen mit")
    ORIGIN = "origin", N_("geht zurück auf")


NEEDS_A_REASON = frozenset({Implementation.PARTLY, Implementation.NO, Implementation.NOT_NEEDED})


def check_judgement(implementation: Implementation, statement: str) -> None:
    """Whoever says anything but open or yes says why (BSI 200-2, section 8.4; Grundschutz++ UMS.5)."""
    if implementation in NEEDS_A_REASON and not statement.strip():
        raise Incomplete(
            {
                "statement": Complaint(
                    N_("Begründen Sie den Status „{implementation}“, zum Beispiel mit dem, was noch fehlt."),
                    {"implementation": implementation},
                )
            }
        )


@dataclass(frozen=True)
class Effective:
    """A status as it counts: a yes that stands on something unfinished is blocked by it."""

    implementation: Implementation
    blocked_by: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        return self.implementation in DONE and not self.blocked_by


DONE = frozenset({Implementation.YES, Implementation.NOT_NEEDED})


def effective(key: str, judged: Mapping[str, Implementation], required: Mapping[str, Iterable[str]]) -> Effective:
    """A yes counts only if everything it requires is done, however far down (Grundschutz++ UMS.1.1)."""
    own = judged.get(key, Implementation.OPEN)
    if own is not Implementation.YES:
        return Effective(own)
    return Effective(own, tuple(other for other in reached(key, required) if not _is_done(other, judged)))


def reached(key: str, required: Mapping[str, Iterable[str]]) -> list[str]:
    """Everything that is required directly or in turn, once each, circles or not."""
    reached: dict[str, None] = {}
    ahead = list(required.get(key, ()))
    while ahead:
        other = ahead.pop(0)
        if other != key and other not in reached:
            reached[other] = None
            ahead.extend(required.get(other, ()))
    return list(reached)


def _is_done(key: str, judged: Mapping[str, Implementation]) -> bool:
    return judged.get(key, Implementation.OPEN) in DONE


def proposal(percent: int | None, yes_from: int, partly_from: int) -> Implementation | None:
    """What a figure speaks for. None where there is nothing to count; a person decides in any case."""
    if percent is None:
        return None
    if percent >= yes_from:
        return Implementation.YES
    return Implementation.PARTLY if percent >= partly_from else Implementation.NO
