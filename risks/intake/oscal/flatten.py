"""From the file's tree to practices, topics and requirements in reading order, with links resolved to UUIDs."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from isms.rules.texts import N_
from risks.intake.oscal import props
from risks.intake.oscal.defects import Defect
from risks.intake.oscal.shapes import Catalog, Control, Group, Param, Part
from risks.rules.catalogue import Catalogue, Parameter, Practice, Reference, Requirement, Topic
from risks.rules.prose import inserted
from risks.rules.requirements import Relation

# By the publisher's mail domain: names differ from file to file.
LICENCES = {"bsi.bund.de": "CC BY-SA 4.0", "nist.gov": N_("gemeinfrei")}
RELATIONS = {"required": Relation.REQUIRED, "related": Relation.RELATED}
NO_PRACTICE = "–"


class Place(NamedTuple):
    """Where a control stands in the tree."""

    practice: str
    topic: str | None = None
    parent: str | None = None


class Found(NamedTuple):
    control: Control
    place: Place
    uuid: str


@dataclass(frozen=True)
class Flat:
    catalogue: Catalogue
    warnings: list[Defect]


def flatten(catalog: Catalog) -> Flat:
    """The catalogue in reading order. What is doubtful in it becomes a warning; nothing here refuses."""
    document = _document(catalog)
    practices = _practices(catalog)
    topics = list(_topics(catalog, document))
    found = list(_controls(catalog, document))
    once = _once(found)
    by_code = {each.control.id: each.uuid for each in reversed(once)}
    requirements = tuple(_requirement(each, number, by_code) for number, each in enumerate(once, start=1))
    warnings = [*_repeated(found), *_dangling(once, by_code, catalog), *_undeclared(requirements)]
    return Flat(_catalogue(catalog, practices, topics, requirements), warnings)


def _catalogue(
    catalog: Catalog, practices: list[Practice], topics: list[Topic], requirements: tuple[Requirement, ...]
) -> Catalogue:
    about = catalog.metadata
    publisher = next((party["name"] for party in about.parties if isinstance(party.get("name"), str)), "")
    return Catalogue(
        uuid=catalog.uuid,
        title=about.title,
        version=about.version,
        modified=about.last_modified,
        oscal_version=about.oscal_version,
        publisher=publisher,
        licence=next((LICENCES[domain] for domain in _mail_domains(catalog) if domain in LICENCES), ""),
        practices=tuple(practices),
        topics=tuple(topics),
        requirements=requirements,
    )


def _mail_domains(catalog: Catalog) -> Iterator[str]:
    for party in catalog.metadata.parties:
        for address in party.get("email-addresses", ()):
            yield str(address).rpartition("@")[2]


def _document(catalog: Catalog) -> str:
    """What stays the same from edition to edition and tells this catalogue from others."""
    ids = catalog.metadata.document_ids
    return ids[0].identifier if ids else catalog.metadata.title


def _practices(catalog: Catalog) -> list[Practice]:
    """One per printed id: two groups that share it are one practice."""
    titles = {_code(group): group.title for group in reversed(catalog.groups)}
    codes = list(dict.fromkeys(_code(group) for group in catalog.groups))
    groups = [Practice(code, titles[code], number) for number, code in enumerate(codes, start=1)]
    if catalog.controls:
        groups.append(Practice(NO_PRACTICE, catalog.metadata.title, len(groups) + 1))
    return groups


def _topics(catalog: Catalog, document: str) -> Iterator[Topic]:
    below = [(_code(practice), topic) for practice in catalog.groups for topic in _inner(practice)]
    for number, (practice, topic) in enumerate(below, start=1):
        yield Topic(_key(topic, document), practice, _code(topic), topic.title, number)


def _inner(group: Group) -> Iterator[Group]:
    for inner in group.groups:
        yield inner
        yield from _inner(inner)


def _controls(catalog: Catalog, document: str) -> Iterator[Found]:
    for group in catalog.groups:
        yield from _in_group(group, Place(_code(group)), document)
    for control in catalog.controls:
        yield from _nested(control, Place(NO_PRACTICE), document)


def _in_group(group: Group, place: Place, document: str) -> Iterator[Found]:
    for control in group.controls:
        yield from _nested(control, place, document)
    for inner in group.groups:
        yield from _in_group(inner, place._replace(topic=_key(inner, document)), document)


def _nested(control: Control, place: Place, document: str) -> Iterator[Found]:
    uuid = props.stable_key(props.named(control.props).get("alt-identifier"), document, control.id)
    yield Found(control, place, uuid)
    for inner in control.controls:
        yield from _nested(inner, place._replace(parent=uuid), document)


def _code(group: Group) -> str:
    return group.id or group.title


def _key(group: Group, document: str) -> str:
    return props.stable_key(props.named(group.props).get("alt-identifier"), document, _code(group))


def _once(found: list[Found]) -> list[Found]:
    """The first of those that share a UUID."""
    return list({each.uuid: each for each in reversed(found)}.values())[::-1]


def _requirement(found: Found, number: int, by_code: Mapping[str, str]) -> Requirement:
    control, place, uuid = found
    statement = _part(control, "statement")
    # Editions put these on the statement, earlier ones on the control.
    about = {**props.named(control.props), **props.named(statement.props)}
    return Requirement(
        uuid=uuid,
        code=control.id,
        title=control.title,
        origin=control.class_,
        practice=place.practice,
        topic=place.topic,
        parent=place.parent,
        position=number,
        modal_verb=about.get("modal_verb", ""),
        security_level=props.security_level(control, about),
        effort=props.effort(about.get("effort_level")),
        categories=props.listed(about.get("target_object_categories", "")),
        documentation=about.get("documentation", ""),
        tags=props.listed(about.get("tags", "")),
        statement=props.prose(statement),
        guidance=props.prose(_part(control, "guidance")),
        parameters=tuple(_parameter(each, rank, uuid) for rank, each in enumerate(control.params, start=1)),
        references=tuple(dict.fromkeys(_references(control, uuid, by_code))),
    )


def _part(control: Control, name: str) -> Part:
    return next((part for part in control.parts if part.name == name), Part(name=name))


def _parameter(param: Param, rank: int, requirement: str) -> Parameter:
    own = props.named(param.props).get("alt-identifier")
    return Parameter(
        # Until August 2026 the BSI gave parameters their requirement's UUID.
        uuid=props.stable_key(None if own == requirement else own, requirement, f"prm{rank}"),
        name=param.id,
        label=param.label,
        values=tuple(param.values),
        choices=tuple(param.select.choice) if param.select else (),
        parts=tuple(prop.value for prop in param.props if prop.name == "aggregates"),
    )


def _references(control: Control, uuid: str, by_code: Mapping[str, str]) -> Iterator[Reference]:
    for relation, code in _targets(control):
        target = by_code.get(code)
        if target and target != uuid:
            yield Reference(relation, target)


def _targets(control: Control) -> Iterator[tuple[Relation, str]]:
    for link in control.links:
        if link.rel in RELATIONS and link.href.startswith("#"):
            yield RELATIONS[link.rel], link.href[1:]
    for prop in control.props:
        if prop.name == "depends_on":
            for code in props.listed(prop.value):
                yield Relation.REQUIRED, code


def _repeated(found: list[Found]) -> Iterator[Defect]:
    for code, times in Counter(each.control.id for each in found).items():
        if times > 1:
            yield Defect(code, N_("{place}: Diese Kennung kommt {times}-mal vor."), {"times": times})
    first = {each.uuid: each.control.id for each in reversed(found)}
    for uuid, times in Counter(each.uuid for each in found).items():
        if times > 1:
            yield Defect(
                first[uuid],
                N_("{place}: Der alt-identifier {uuid} kommt {times}-mal vor; es zählt die erste Anforderung."),
                {"uuid": uuid, "times": times},
            )


def _dangling(found: list[Found], by_code: Mapping[str, str], catalog: Catalog) -> Iterator[Defect]:
    resources = catalog.back_matter.resources if catalog.back_matter else []
    elsewhere = {resource.uuid for resource in resources}
    for control, _, _ in found:
        for relation, code in _targets(control):
            if code not in by_code and code not in elsewhere:
                yield Defect(
                    control.id,
                    N_("{place}: Der Verweis „{relation}“ auf {code} zeigt ins Leere."),
                    {"relation": relation, "code": code},
                )


def _undeclared(requirements: tuple[Requirement, ...]) -> Iterator[Defect]:
    for requirement in requirements:
        declared = {parameter.name for parameter in requirement.parameters}
        for name in dict.fromkeys(inserted(requirement.statement)):
            if name not in declared:
                yield Defect(
                    requirement.code,
                    N_("{place}: Der Text setzt den Parameter {name} ein, den niemand erklärt."),
                    {"name": name},
                )
