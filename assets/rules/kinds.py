"""Kinds of target objects and of links between them: what may lead to what, and what hands needs down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from isms.rules.errors import Refused
from isms.rules.terms import Term
from isms.rules.texts import N_


class Kind(Term):
    """A kind of target object (BSI 200-2, section 8.1). The prefix opens its short ids and never changes."""

    prefix: str

    def __new__(cls, value: str, label: str = "", prefix: str = "") -> Kind:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.prefix = prefix
        return member

    PROCESS = "process", N_("Geschäftsprozess"), "GP"
    APPLICATION = "application", N_("Anwendung"), "AW"
    IT_SYSTEM = "it_system", N_("IT-System"), "IT"
    NETWORK = "network", N_("Netz"), "NW"
    ROOM = "room", N_("Raum"), "RM"
    SERVICE_PROVIDER = "service_provider", N_("Dienstleister"), "DL"


class OperatingStage(Term):
    PLANNED = "planned", N_("geplant")
    IN_OPERATION = "in_operation", N_("in Betrieb")
    OUT_OF_OPERATION = "out_of_operation", N_("außer Betrieb")


class LinkKind(Term):
    """What one object does with another; reads from the object that relies to the one it relies on."""

    USES = "uses", N_("nutzt")
    RUNS_ON = "runs_on", N_("läuft auf")
    CONNECTED_TO = "connected_to", N_("hängt an")
    LOCATED_IN = "located_in", N_("steht in")
    OPERATED_BY = "operated_by", N_("wird betrieben von")


@dataclass(frozen=True)
class LinkRule:
    """From which kinds to which a link may lead, and whether the target inherits the source's protection need."""

    pairs: frozenset[tuple[Kind, Kind]]
    inherits: bool = True


LINKS: Mapping[LinkKind, LinkRule] = {
    LinkKind.USES: LinkRule(
        frozenset(
            {
                (Kind.PROCESS, Kind.PROCESS),
                (Kind.PROCESS, Kind.APPLICATION),
                (Kind.PROCESS, Kind.IT_SYSTEM),
                (Kind.PROCESS, Kind.NETWORK),
                (Kind.PROCESS, Kind.ROOM),
                (Kind.APPLICATION, Kind.APPLICATION),
                (Kind.APPLICATION, Kind.NETWORK),
            }
        )
    ),
    LinkKind.RUNS_ON: LinkRule(frozenset({(Kind.APPLICATION, Kind.IT_SYSTEM), (Kind.IT_SYSTEM, Kind.IT_SYSTEM)})),
    LinkKind.CONNECTED_TO: LinkRule(frozenset({(Kind.IT_SYSTEM, Kind.NETWORK), (Kind.NETWORK, Kind.NETWORK)})),
    LinkKind.LOCATED_IN: LinkRule(
        frozenset({(Kind.IT_SYSTEM, Kind.ROOM), (Kind.NETWORK, Kind.ROOM), (Kind.ROOM, Kind.ROOM)})
    ),
    # A provider answers by contract; that is settled there, not by the need of what it operates.
    LinkKind.OPERATED_BY: LinkRule(
        frozenset((kind, Kind.SERVICE_PROVIDER) for kind in Kind if kind is not Kind.SERVICE_PROVIDER),
        inherits=False,
    ),
}

INHERITING: tuple[LinkKind, ...] = tuple(kind for kind, rule in LINKS.items() if rule.inherits)


def check_link(source: Kind, link: LinkKind, target: Kind) -> None:
    """Refuse a link that the structure does not know, and say which links it knows between both."""
    if (source, target) in LINKS[link].pairs:
        return
    ways = possible_links(source, target)
    if not ways:
        raise Refused(
            N_("Zwischen „{source}“ und „{target}“ gibt es keine Verknüpfung in dieser Richtung."),
            source=source,
            target=target,
        )
    raise Refused(
        N_("„{source}“ {link} „{target}“ geht nicht. Möglich ist: {ways}."),
        source=source,
        link=link,
        target=target,
        ways=tuple(ways),
    )


def possible_links(source: Kind, target: Kind) -> list[LinkKind]:
    return [kind for kind, rule in LINKS.items() if (source, target) in rule.pairs]


def links_from(source: Kind) -> list[tuple[LinkKind, Kind]]:
    """Every way a link may lead from an object of this kind."""
    return [(link, target) for link, rule in LINKS.items() for target in Kind if (source, target) in rule.pairs]


def links_to(target: Kind) -> list[tuple[LinkKind, Kind]]:
    """Every way a link may lead to an object of this kind, with the kind it comes from."""
    return [(link, source) for link, rule in LINKS.items() for source in Kind if (source, target) in rule.pairs]


def short_id(kind: Kind, number: int) -> str:
    """`AW-007`: read aloud on the phone, printed on plans, given once and never again."""
    return f"{kind.prefix}-{number:03d}"
