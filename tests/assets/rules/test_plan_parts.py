"""What a Netzplan shows of a structure."""

import pytest

from assets.rules.kinds import Kind, LinkKind
from assets.rules.network_plan import Cluster, Segment
from assets.rules.plan_parts import CONNECTIONS, FURTHER_ENDS, WITHOUT_NETWORK, Tie, parts

NET, OTHER, ROOM, HOUSE, SITE, PC, SERVER, SENSOR, LINE, PROVIDER = range(1, 11)
KINDS = {
    NET: Kind.NETWORK,
    OTHER: Kind.NETWORK,
    ROOM: Kind.ROOM,
    HOUSE: Kind.BUILDING,
    SITE: Kind.SITE,
    PC: Kind.IT_SYSTEM,
    SERVER: Kind.IT_SYSTEM,
    SENSOR: Kind.IOT,
    LINE: Kind.COMMUNICATION_LINK,
    PROVIDER: Kind.SERVICE_PROVIDER,
}
AT, IN, WITHIN = LinkKind.CONNECTED_TO, LinkKind.LOCATED_IN, LinkKind.LIES_IN
TIES = [
    Tie(PC, AT, NET),
    Tie(SERVER, AT, NET),
    Tie(SERVER, AT, OTHER),
    Tie(SERVER, IN, ROOM),
    Tie(ROOM, WITHIN, HOUSE),
    Tie(HOUSE, WITHIN, SITE),
    Tie(OTHER, AT, NET),
    Tie(SERVER, LinkKind.START_OF, LINE),
    Tie(PROVIDER, LinkKind.END_OF, LINE),
]


def test_systems_stand_in_their_rooms_below_their_network():
    found = parts(KINDS, TIES, kind=None, network=None)

    assert found.segments == (
        Segment(NET, "", (Cluster(ROOM, (SERVER,)), Cluster(None, (PC,)))),
        Segment(OTHER, "", ()),
        Segment(None, WITHOUT_NETWORK, (Cluster(None, (SENSOR,)),)),
        Segment(None, CONNECTIONS, (Cluster(None, (LINE,)),)),
        Segment(None, FURTHER_ENDS, (Cluster(None, (PROVIDER,)),)),
    )
    assert found.places[SERVER] == (ROOM, HOUSE, SITE)


def test_only_what_the_rooms_do_not_say_needs_a_line():
    lines = parts(KINDS, TIES, kind=None, network=None).ties

    assert Tie(SERVER, AT, OTHER) in lines
    assert Tie(OTHER, AT, NET) in lines
    assert Tie(SERVER, LinkKind.START_OF, LINE) in lines
    assert Tie(PROVIDER, LinkKind.END_OF, LINE) in lines
    assert Tie(PC, AT, NET) not in lines
    assert Tie(SERVER, IN, ROOM) not in lines


def test_one_network_alone_shows_all_that_hang_on_it():
    found = parts(KINDS, TIES, kind=None, network=OTHER)

    assert found.segments[0] == Segment(OTHER, "", (Cluster(ROOM, (SERVER,)),))
    assert PC not in found.boxes


def test_one_kind_alone():
    found = parts(KINDS, TIES, kind=Kind.IOT, network=None)

    assert found.boxes == [SENSOR]


@pytest.mark.parametrize("ties", [[Tie(NET, AT, OTHER), Tie(OTHER, AT, NET)], [Tie(NET, AT, NET)], []])
def test_networks_in_a_circle_are_all_there(ties: list[Tie]):
    found = parts({NET: Kind.NETWORK, OTHER: Kind.NETWORK}, ties, kind=None, network=None)

    assert sorted(segment.key or 0 for segment in found.segments) == [NET, OTHER]


def test_a_link_to_what_is_not_shown_is_left_out():
    found = parts({PC: Kind.IT_SYSTEM}, TIES, kind=None, network=None)

    assert found.boxes == [PC]
    assert not found.ties
