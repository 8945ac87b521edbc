import pytest

from assets.rules.kinds import INHERITING, LINKS, Kind, LinkKind, check_link, links_from, short_id
from isms.rules.errors import Refused


@pytest.mark.parametrize(
    ("source", "link", "target"),
    [
        (Kind.PROCESS, LinkKind.USES, Kind.APPLICATION),
        (Kind.APPLICATION, LinkKind.RUNS_ON, Kind.IT_SYSTEM),
        (Kind.IT_SYSTEM, LinkKind.RUNS_ON, Kind.IT_SYSTEM),
        (Kind.IT_SYSTEM, LinkKind.LOCATED_IN, Kind.ROOM),
        (Kind.IT_SYSTEM, LinkKind.CONNECTED_TO, Kind.NETWORK),
        (Kind.APPLICATION, LinkKind.OPERATED_BY, Kind.SERVICE_PROVIDER),
    ],
)
def test_links_that_the_structure_knows(source, link, target):
    check_link(source, link, target)
    assert (link, target) in links_from(source)


@pytest.mark.parametrize(
    ("source", "link", "target", "said"),
    [
        (
            Kind.APPLICATION,
            LinkKind.LOCATED_IN,
            Kind.IT_SYSTEM,
            "„Anwendung“ steht in „IT-System“ geht nicht. Möglich ist: läuft auf.",
        ),
        (
            Kind.ROOM,
            LinkKind.USES,
            Kind.PROCESS,
            "Zwischen „Raum“ und „Geschäftsprozess“ gibt es keine Verknüpfung in dieser Richtung.",
        ),
    ],
)
def test_links_that_it_does_not_know(source, link, target, said):
    with pytest.raises(Refused) as refusal:
        check_link(source, link, target)

    assert str(refusal.value) == said


def test_providers_inherit_nothing():
    assert LinkKind.OPERATED_BY not in INHERITING
    assert set(LINKS) == set(LinkKind)


def test_short_ids_tell_the_kind_and_sort_by_number():
    assert [short_id(Kind.APPLICATION, 7), short_id(Kind.ROOM, 1234)] == ["AW-007", "RM-1234"]
    assert len({kind.prefix for kind in Kind}) == len(Kind)
