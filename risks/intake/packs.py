"""What ships as YAML: elementary threats, the starter catalogue, and rules from figures to requirements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from isms.intake.yaml_file import Section, read_yaml
from isms.rules.errors import Refused
from isms.rules.texts import N_

PACKS = Path(__file__).parent.parent / "packs"
MODAL_VERBS = ("MUSS", "SOLLTE", "KANN")
SECURITY_LEVELS = ("normal-SdT", "erhöht")
ORDERS = ("R1", "R2", "R3")


@dataclass(frozen=True)
class Threat:
    """An elementary threat: number, name and UUID as the BSI published them."""

    id: str
    uuid: str
    title: str


@dataclass(frozen=True)
class Edition:
    """The published state of a catalogue that references were checked against. `uuid` changes with every edition."""

    title: str
    uuid: str
    version: str
    published_on: date


@dataclass(frozen=True)
class Requirement:
    """One sentence that says who does what. R1 comes first; `refers_to` are UUIDs of the edition's requirements."""

    uuid: str
    id: str
    title: str
    modal_verb: str
    text: str
    proof: str
    effort_level: int
    security_level: str
    order: str
    target_categories: tuple[str, ...]
    refers_to: tuple[str, ...]


@dataclass(frozen=True)
class Topic:
    uuid: str
    id: str
    title: str
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True)
class Practice:
    uuid: str
    id: str
    title: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class StarterCatalogue:
    """Requirements of our own. `actors` are the ways a sentence may begin."""

    uuid: str
    title: str
    version: str
    published_on: date
    licence: str
    refers_to: Edition
    actors: tuple[str, ...]
    practices: tuple[Practice, ...]

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        topics = (topic for practice in self.practices for topic in practice.topics)
        return tuple(requirement for topic in topics for requirement in topic.requirements)


@dataclass(frozen=True)
class CourseTopic:
    """What a part of a course is about, by the key that the course uses."""

    key: str
    title: str


@dataclass(frozen=True)
class Rule:
    """Which figure speaks for which requirements, and from how many percent on.

    At `yes_from` percent the figure proposes "yes", at `partly_from` "partly", below that "no"; a person decides.
    `supports` are UUIDs of the edition's requirements, `supports_starter` those of the starter catalogue.
    """

    key: str
    title: str
    indicator: str
    parameters: Mapping[str, str]
    topics: tuple[str, ...]
    yes_from: int
    partly_from: int
    explanation: str
    limits: str
    supports: tuple[str, ...]
    supports_starter: tuple[str, ...]


@dataclass(frozen=True)
class RulePack:
    uuid: str
    title: str
    version: str
    refers_to: Edition
    topics: tuple[CourseTopic, ...]
    rules: tuple[Rule, ...]

    def rules_for(self, requirement: str) -> tuple[Rule, ...]:
        """The rules that speak for the requirement with this UUID, of either catalogue."""
        return tuple(rule for rule in self.rules if requirement in (*rule.supports, *rule.supports_starter))


def threats(path: Path = PACKS / "threats.yaml") -> tuple[Threat, ...]:
    file = read_yaml(path)
    file.only("threats")
    found = tuple(threat_in(entry) for entry in file.sections("threats"))
    refuse_twins(file, N_("„{file}“: Die Nummer „{twin}“ ist doppelt vergeben."), (threat.id for threat in found))
    refuse_twins(file, N_("„{file}“: Die UUID „{twin}“ ist doppelt vergeben."), (threat.uuid for threat in found))
    return found


def threat_in(entry: Section) -> Threat:
    entry.only("id", "uuid", "title")
    return Threat(entry.text("id"), entry.uuid("uuid"), entry.text("title"))


def starter_catalogue(path: Path = PACKS / "starter.yaml") -> StarterCatalogue:
    file = read_yaml(path)
    file.only("uuid", "title", "version", "published_on", "licence", "refers_to", "actors", "practices")
    catalogue = StarterCatalogue(
        uuid=file.uuid("uuid"),
        title=file.text("title"),
        version=file.text("version"),
        published_on=file.day("published_on"),
        licence=file.text("licence"),
        refers_to=edition_in(file.section("refers_to")),
        actors=file.texts("actors"),
        practices=tuple(practice_in(entry) for entry in file.sections("practices")),
    )
    refuse_nameless_actors(file, catalogue)
    everything = tuple(everything_in(catalogue))
    refuse_twins(file, N_("„{file}“: Die Kennung „{twin}“ ist doppelt vergeben."), (thing.id for thing in everything))
    refuse_twins(file, N_("„{file}“: Die UUID „{twin}“ ist doppelt vergeben."), (thing.uuid for thing in everything))
    return catalogue


def edition_in(entry: Section) -> Edition:
    entry.only("title", "uuid", "version", "published_on")
    return Edition(entry.text("title"), entry.uuid("uuid"), entry.text("version"), entry.day("published_on"))


def practice_in(entry: Section) -> Practice:
    entry.only("id", "uuid", "title", "topics")
    topics = tuple(topic_in(topic) for topic in entry.sections("topics"))
    return Practice(entry.uuid("uuid"), entry.text("id"), entry.text("title"), topics)


def topic_in(entry: Section) -> Topic:
    entry.only("id", "uuid", "title", "requirements")
    requirements = tuple(requirement_in(requirement) for requirement in entry.sections("requirements"))
    return Topic(entry.uuid("uuid"), entry.text("id"), entry.text("title"), requirements)


def requirement_in(entry: Section) -> Requirement:
    entry.only(*Requirement.__dataclass_fields__)
    return Requirement(
        uuid=entry.uuid("uuid"),
        id=entry.text("id"),
        title=entry.text("title"),
        modal_verb=entry.choice("modal_verb", MODAL_VERBS),
        text=entry.text("text"),
        proof=entry.text("proof"),
        effort_level=entry.number("effort_level", 1, 5),
        security_level=entry.choice("security_level", SECURITY_LEVELS),
        order=entry.choice("order", ORDERS),
        target_categories=entry.texts("target_categories"),
        refers_to=entry.uuids("refers_to"),
    )


def everything_in(catalogue: StarterCatalogue) -> Iterator[Practice | Topic | Requirement]:
    for practice in catalogue.practices:
        yield practice
        yield from practice.topics
    yield from catalogue.requirements


def refuse_nameless_actors(file: Section, catalogue: StarterCatalogue) -> None:
    """Every sentence says who is bound, in the pattern „Die Amtsleitung MUSS …“."""
    for requirement in catalogue.requirements:
        beginnings = tuple(f"{actor} {requirement.modal_verb} " for actor in catalogue.actors)
        if not requirement.text.startswith(beginnings):
            said = N_("„{file}“, {place}: Der Satz muss mit einer Rolle aus „actors“ und „{verb}“ beginnen.")
            raise Refused(said, file=file.file, place=requirement.id, verb=requirement.modal_verb)


def refuse_twins(file: Section, sentence: str, names: Iterable[str]) -> None:
    twins = [name for name, times in Counter(names).items() if times > 1]
    if twins:
        raise Refused(sentence, file=file.file, twin=twins[0])


def rule_pack(path: Path = PACKS / "evidence.yaml") -> RulePack:
    file = read_yaml(path)
    file.only("uuid", "title", "version", "refers_to", "topics", "rules")
    pack = RulePack(
        uuid=file.uuid("uuid"),
        title=file.text("title"),
        version=file.text("version"),
        refers_to=edition_in(file.section("refers_to")),
        topics=tuple(course_topic_in(entry) for entry in file.sections("topics")),
        rules=tuple(rule_in(entry) for entry in file.sections("rules")),
    )
    refuse_twins(file, N_("„{file}“: Der Schlüssel „{twin}“ ist doppelt vergeben."), (rule.key for rule in pack.rules))
    refuse_twins(
        file, N_("„{file}“: Der Schlüssel „{twin}“ ist doppelt vergeben."), (topic.key for topic in pack.topics)
    )
    refuse_unknown_topics(file, pack)
    return pack


def course_topic_in(entry: Section) -> CourseTopic:
    entry.only("key", "title")
    return CourseTopic(entry.text("key"), entry.text("title"))


def rule_in(entry: Section) -> Rule:
    entry.only(*Rule.__dataclass_fields__)
    yes_from = entry.number("yes_from", 1, 100)
    return Rule(
        key=entry.text("key"),
        title=entry.text("title"),
        indicator=entry.text("indicator"),
        parameters=entry.pairs("parameters"),
        topics=entry.texts("topics"),
        yes_from=yes_from,
        partly_from=entry.number("partly_from", 0, yes_from),
        explanation=entry.text("explanation"),
        limits=entry.text("limits"),
        supports=entry.uuids("supports"),
        supports_starter=entry.uuids("supports_starter"),
    )


def refuse_unknown_topics(file: Section, pack: RulePack) -> None:
    known = {topic.key for topic in pack.topics}
    for rule in pack.rules:
        for unknown in [topic for topic in rule.topics if topic not in known]:
            said = N_("„{file}“, {place}: Das Thema „{topic}“ steht nicht unter „topics“.")
            raise Refused(said, file=file.file, place=rule.key, topic=unknown)
