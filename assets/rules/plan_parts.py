"""What a Netzplan shows of a structure: which system hangs on which network and stands where, and what else connects.

BSI 200-2, section 8.1.4: the plan holds systems, networks and the connections between them, similar things grouped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assets.rules.kinds import PLACES, SYSTEMS, Kind, LinkKind
from assets.rules.network_plan import Cluster, Segment
from isms.rules.texts import N_

WITHOUT_NETWORK = N_("Keinem Netz zugeordnet")
CONNECTIONS = N_("Kommunikationsverbindungen")
FURTHER_ENDS = N_("Woran Verbindungen noch enden")
DRAWN = (*SYSTEMS, Kind.NETWORK, Kind.COMMUNICATION_LINK, Kind.SERVICE_PROVIDER, Kind.APPLICATION, *PLACES)
BETWEEN = (LinkKind.CONNECTED_TO, LinkKind.START_OF, LinkKind.END_OF, LinkKind.USES, LinkKind.RUNS_ON)


@dataclass(frozen=True)
class Tie:
    """A link of the structure, as its row in the table says it."""

    source: int
    kind: LinkKind
    target: int


@dataclass(frozen=True)
class Parts:
    """A plan before it is drawn. `ties` are the links that need a line of their own."""

    segments: tuple[Segment, ...]
    ties: tuple[Tie, ...]
    places: Mapping[int, tuple[int, ...]]
    """Where something stands: the room, then the building, then the site, as far as they are known."""

    @property
    def boxes(self) -> list[int]:
        return [key for segment in self.segments for cluster in segment.clusters for key in cluster.systems]


def parts(kinds: Mapping[int, Kind], ties: Sequence[Tie], *, kind: Kind | None, network: int | None) -> Parts:
    """`kinds` holds all objects in their order. `kind` narrows to systems of one kind, `network` to one network."""
    return _Sorting(kinds, ties).parts(kind, network)


class _Sorting:
    def __init__(self, kinds: Mapping[int, Kind], ties: Sequence[Tie]) -> None:
        self.kinds = kinds
        self.order = {key: number for number, key in enumerate(kinds)}
        known = [tie for tie in ties if tie.source in kinds and tie.target in kinds]
        self.ties = sorted(known, key=lambda tie: (self.order[tie.source], self.order[tie.target], tie.kind))
        self.inside = self._firsts((LinkKind.LOCATED_IN, LinkKind.LIES_IN), PLACES)
        self.home = self._firsts((LinkKind.CONNECTED_TO,), (Kind.NETWORK,))

    def parts(self, kind: Kind | None, network: int | None) -> Parts:
        systems = [key for key, one in self.kinds.items() if one in SYSTEMS and kind in (None, one)]
        if network is not None:
            systems = [key for key in systems if self._hangs_on(key, network)]
        nets = [key for key in self._networks() if network in (None, key)]
        connections = self._connections({*systems, *nets})
        shown = {*systems, *nets, *connections}
        ends = self._ends(connections, shown) if kind is None else []
        segments = [
            *(self._segment(net, [key for key in systems if self._at(key, network) == net]) for net in nets),
            self._segment(None, [key for key in systems if self._at(key, network) is None], WITHOUT_NETWORK),
            *([Segment(None, CONNECTIONS, (Cluster(None, tuple(connections)),))] if connections else []),
            *([Segment(None, FURTHER_ENDS, (Cluster(None, tuple(ends)),))] if ends else []),
        ]
        segments = [one for one in segments if one.key is not None or one.clusters]
        drawn = tuple(self._lines({*shown, *ends}, network))
        stands = {key: self._way(key) for key in (*systems, *nets)}
        return Parts(tuple(segments), drawn, {key: way for key, way in stands.items() if way})

    def _firsts(self, links: Sequence[LinkKind], targets: Sequence[Kind]) -> dict[int, int]:
        found: dict[int, int] = {}
        for tie in self.ties:
            if tie.kind in links and self.kinds[tie.target] in targets:
                found.setdefault(tie.source, tie.target)
        return found

    def _at(self, system: int, network: int | None) -> int | None:
        return self.home.get(system) if network is None else network

    def _hangs_on(self, system: int, network: int) -> bool:
        return any(tie == Tie(system, LinkKind.CONNECTED_TO, network) for tie in self.ties)

    def _networks(self) -> list[int]:
        """Each after the one that it hangs on itself."""
        below: dict[int | None, list[int]] = defaultdict(list)
        nets = [key for key, kind in self.kinds.items() if kind is Kind.NETWORK]
        for net in nets:
            below[self.home.get(net)].append(net)
        found: list[int] = []
        waiting = below[None][::-1]
        for first in (None, *filter(self._in_circle, nets)):  # a circle begins with the first in it
            waiting += [first] if first is not None else []
            while waiting:
                here = waiting.pop()
                if here not in found:
                    found.append(here)
                    waiting.extend(below[here][::-1])
        return found

    def _in_circle(self, net: int) -> bool:
        seen: list[int] = []
        here: int | None = net
        while here is not None and here not in seen:
            seen.append(here)
            here = self.home.get(here)
        return here == net

    def _connections(self, shown: set[int]) -> list[int]:
        """The communication links that touch what is shown."""
        touched = {tie.target for tie in self.ties if tie.source in shown}
        touched |= {tie.source for tie in self.ties if tie.target in shown}
        return [key for key, kind in self.kinds.items() if kind is Kind.COMMUNICATION_LINK and key in touched]

    def _ends(self, connections: Sequence[int], shown: set[int]) -> list[int]:
        """Providers and applications at the ends of connections: they stand on no network."""
        tied = {tie.source for tie in self.ties if tie.target in connections} - shown
        return [key for key in self.kinds if key in tied]

    def _segment(self, net: int | None, systems: Sequence[int], title: str = "") -> Segment:
        rooms: dict[int | None, list[int]] = defaultdict(list)
        for key in systems:
            rooms[self.inside.get(key)].append(key)
        ordered = sorted(rooms, key=self._by_place)
        return Segment(net, title, tuple(Cluster(room, tuple(rooms[room])) for room in ordered))

    def _by_place(self, room: int | None) -> tuple[bool, list[int]]:
        """Rooms of one building stand together; what stands nowhere comes last."""
        if room is None:
            return True, []
        return False, [self.order[key] for key in reversed((room, *self._way(room)))]

    def _way(self, key: int) -> tuple[int, ...]:
        way: list[int] = []
        here = self.inside.get(key)
        while here is not None and here not in way:
            way.append(here)
            here = self.inside.get(here)
        return tuple(way)

    def _lines(self, drawn: set[int], network: int | None) -> list[Tie]:
        """What the rooms below a rail do not say already."""
        return [
            tie
            for tie in self.ties
            if tie.kind in BETWEEN
            and {tie.source, tie.target} <= drawn
            and not (self.kinds[tie.source] in SYSTEMS and tie.target == self._at(tie.source, network))
        ]
