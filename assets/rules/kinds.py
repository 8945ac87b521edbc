"""Kinds of target objects and of links between them: what may lead to what, and what hands needs down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

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
    INFORMATION = "information", N_("Information"), "IN"
    APPLICATION = "application", N_("Anwendung"), "AW"
    IT_SYSTEM = "it_system", N_("IT-System"), "IT"
    ICS = "ics", N_("ICS (Anlagensteuerung)"), "IC"
    IOT = "iot", N_("IoT-Gerät"), "IO"
    NETWORK = "network", N_("Netz"), "NW"
    COMMUNICATION_LINK = "communication_link", N_("Kommunikationsverbindung"), "KV"
    ROOM = "room", N_("Raum"), "RM"
    BUILDING = "building", N_("Gebäude"), "GB"
    SITE = "site", N_("Standort"), "SO"
    SERVICE_PROVIDER = "service_provider", N_("Dienstleister"), "DL"
    ROLE = "role", N_("Person oder Rolle"), "PR"


SYSTEMS = (Kind.IT_SYSTEM, Kind.ICS, Kind.IOT)
"""What stands somewhere, hangs on a network and may be one of the office's devices."""


class OperatingStage(Term):
    PLANNED = "planned", N_("geplant")
    IN_OPERATION = "in_operation", N_("in Betrieb")
    OUT_OF_OPERATION = "out_of_operation", N_("außer Betrieb")


class SuccessionKind(Term):
    """How one object comes after another."""

    MERGED = "merged", N_("zusammengeführt")
    SPLIT = "split", N_("abgeteilt")


class LinkKind(Term):
    """What one object does with another; reads from the object that relies to the one it relies on.

    `back` says the same from the other end: „AW-001 nutzt IT-001“ is „IT-001 wird genutzt von AW-001“.
    """

    back: str

    def __new__(cls, value: str, label: str = "", back: str = "") -> LinkKind:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.back = back
        return member

    USES = "uses", N_("nutzt"), N_("wird genutzt von")
    PROCESSED_BY = "processed_by", N_("wird verarbeitet von"), N_("verarbeitet")
    CARRIED_OUT_BY = "carried_out_by", N_("wird ausgeführt von"), N_("führt aus")
    RUNS_ON = "runs_on", N_("läuft auf"), N_("trägt")
    CONNECTED_TO = "connected_to", N_("hängt an"), N_("verbindet")
    START_OF = "start_of", N_("ist Anfang von"), N_("beginnt bei")
    END_OF = "end_of", N_("ist Ende von"), N_("endet bei")
    LOCATED_IN = "located_in", N_("steht in"), N_("beherbergt")
    LIES_IN = "lies_in", N_("liegt in"), N_("umfasst")
    WORKS_WITH = "works_with", N_("arbeitet mit"), N_("wird bedient von")
    OPERATED_BY = "operated_by", N_("wird betrieben von"), N_("betreibt")


@dataclass(frozen=True)
class LinkRule:
    """From which kinds to which a link may lead, and whether the target inherits the source's protection need."""

    pairs: frozenset[tuple[Kind, Kind]]
    inherits: bool = True


def _all(sources: Iterable[Kind], targets: Iterable[Kind]) -> frozenset[tuple[Kind, Kind]]:
    return frozenset(product(sources, targets))


PLACES = (Kind.ROOM, Kind.BUILDING, Kind.SITE)
LINKS: Mapping[LinkKind, LinkRule] = {
    LinkKind.USES: LinkRule(
        _all(
            (Kind.PROCESS,),
            (
                Kind.PROCESS,
                Kind.APPLICATION,
                *SYSTEMS,
                Kind.NETWORK,
                Kind.COMMUNICATION_LINK,
                Kind.ROOM,
            ),
        )
        | _all((Kind.APPLICATION,), (Kind.APPLICATION, Kind.NETWORK, Kind.COMMUNICATION_LINK))
        | _all((Kind.COMMUNICATION_LINK,), (Kind.NETWORK,))
    ),
    # Information decides what its applications and processes need (BSI 200-2, section 8.2), so it is the source.
    LinkKind.PROCESSED_BY: LinkRule(_all((Kind.INFORMATION,), (Kind.PROCESS, Kind.APPLICATION, *SYSTEMS))),
    LinkKind.CARRIED_OUT_BY: LinkRule(_all((Kind.PROCESS,), (Kind.ROLE,))),
    LinkKind.RUNS_ON: LinkRule(_all((Kind.APPLICATION,), SYSTEMS) | _all((Kind.IT_SYSTEM,), (Kind.IT_SYSTEM,))),
    LinkKind.CONNECTED_TO: LinkRule(_all((*SYSTEMS, Kind.NETWORK), (Kind.NETWORK, Kind.COMMUNICATION_LINK))),
    LinkKind.START_OF: LinkRule(
        _all((Kind.APPLICATION, *SYSTEMS, Kind.NETWORK, Kind.SERVICE_PROVIDER), (Kind.COMMUNICATION_LINK,))
    ),
    LinkKind.END_OF: LinkRule(
        _all((Kind.APPLICATION, *SYSTEMS, Kind.NETWORK, Kind.SERVICE_PROVIDER), (Kind.COMMUNICATION_LINK,))
    ),
    LinkKind.LOCATED_IN: LinkRule(_all((*SYSTEMS, Kind.NETWORK), PLACES) | _all((Kind.ROOM,), (Kind.ROOM,))),
    LinkKind.LIES_IN: LinkRule(
        _all((Kind.ROOM,), (Kind.BUILDING, Kind.SITE))
        | _all((Kind.BUILDING,), (Kind.SITE,))
        | _all((Kind.INFORMATION,), (Kind.ROOM,))
    ),
    # Who works with something needs no more protection than the process that they carry out.
    LinkKind.WORKS_WITH: LinkRule(
        _all((Kind.ROLE,), (Kind.INFORMATION, Kind.APPLICATION, *SYSTEMS, Kind.ROOM)), inherits=False
    ),
    # A provider answers by contract; that is settled there, not by the need of what it operates.
    LinkKind.OPERATED_BY: LinkRule(
        _all(set(Kind) - {Kind.SERVICE_PROVIDER, Kind.INFORMATION, Kind.ROLE}, (Kind.SERVICE_PROVIDER,)),
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
