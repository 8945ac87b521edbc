"""Our own starter catalogue as an edition like any other."""

from collections.abc import Iterator
from hashlib import sha256

from risks.commands.catalogues import Edition
from risks.intake.packs import PACKS, StarterCatalogue, starter_catalogue
from risks.intake.packs import Requirement as Written
from risks.rules.catalogue import Catalogue, Practice, Reference, Requirement, Topic
from risks.rules.requirements import Relation

FILE = PACKS / "starter.yaml"
PUBLISHER = "ISMS-Register"


def starter_edition() -> Edition:
    """The catalogue that ships, with the file it stands in."""
    return Edition(as_catalogue(starter_catalogue(FILE)), FILE.read_bytes())


def starter_sha256() -> str:
    """What the shipped file is known by, without reading it as a catalogue."""
    return sha256(FILE.read_bytes()).hexdigest()


def as_catalogue(starter: StarterCatalogue) -> Catalogue:
    return Catalogue(
        uuid=starter.uuid,
        title=starter.title,
        version=starter.version,
        modified=starter.published_on.isoformat(),
        oscal_version="",
        publisher=PUBLISHER,
        licence=starter.licence,
        practices=tuple(Practice(each.id, each.title, rank) for rank, each in enumerate(starter.practices, start=1)),
        topics=tuple(_topics(starter)),
        requirements=tuple(_requirements(starter)),
    )


def _topics(starter: StarterCatalogue) -> Iterator[Topic]:
    below = [(practice.id, topic) for practice in starter.practices for topic in practice.topics]
    for position, (practice, topic) in enumerate(below, start=1):
        yield Topic(topic.uuid, practice, topic.id, topic.title, position)


def _requirements(starter: StarterCatalogue) -> Iterator[Requirement]:
    below = [
        (practice.id, topic.uuid, written)
        for practice in starter.practices
        for topic in practice.topics
        for written in topic.requirements
    ]
    for position, (practice, topic, written) in enumerate(below, start=1):
        yield _requirement(written, practice, topic, position)


def _requirement(written: Written, practice: str, topic: str, position: int) -> Requirement:
    return Requirement(
        uuid=written.uuid,
        code=written.id,
        title=written.title,
        origin="",
        practice=practice,
        topic=topic,
        parent=None,
        position=position,
        modal_verb=written.modal_verb,
        security_level=written.security_level,
        effort=written.effort_level,
        categories=written.target_categories,
        documentation=written.proof,
        tags=(written.order,),
        statement=written.text,
        guidance="",
        parameters=(),
        references=tuple(Reference(Relation.ORIGIN, uuid) for uuid in written.refers_to),
    )
