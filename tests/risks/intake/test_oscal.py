from typing import Any

import pytest

from isms.intake import Unreadable
from risks.intake.oscal import Reading, read
from risks.rules.catalogue import Requirement
from risks.rules.requirements import Relation
from tests.risks.intake.oscal_files import as_file, catalogue, control, prop, uuid


def reading(*controls: dict[str, Any], **members: Any) -> Reading:
    return read(as_file(catalogue(*controls, **members)))


def only(*controls: dict[str, Any]) -> Requirement:
    return reading(*controls).catalogue.requirements[0]


def said(reading: Reading) -> list[tuple[str, str]]:
    sentences = [each.text.format(**each.values) for each in (*reading.defects, *reading.warnings)]
    return [(place, rest) for place, _, rest in (sentence.partition(": ") for sentence in sentences)]


def statement(*props: dict[str, str], prose: str = "Satz.") -> list[dict[str, Any]]:
    return [{"name": "statement", "prose": prose, "props": list(props)}]


def test_a_catalogue_is_read_in_order_with_its_practices_and_topics() -> None:
    found = reading(control(1, controls=[control(2)]), control(3)).catalogue

    assert [each.code for each in found.practices] == ["TEST"]
    assert [(each.practice, each.code, each.title) for each in found.topics] == [("TEST", "TEST.1", "Thema")]
    assert [(each.code, each.parent, each.position) for each in found.requirements] == [
        ("TEST.1.1", None, 1),
        ("TEST.1.2", uuid(1), 2),
        ("TEST.1.3", None, 3),
    ]


ALIASES = [
    ("modal_verb", "modal_verb", ""),
    ("modal_verb", "modalverb", ""),
    ("modal_verb", "wort", "https://example.org/x/namespaces/modal_verbs.csv"),
    ("categories", "target_object_categories", ""),
    ("categories", "target_objects", ""),
    ("documentation", "dokument", "https://example.org/documentation_guidelines.csv"),
]


@pytest.mark.parametrize(("member", "name", "ns"), ALIASES)
def test_properties_are_known_by_every_name_they_ever_had(member: str, name: str, ns: str) -> None:
    requirement = only(control(1, parts=statement(prop(name, "Netze", **({"ns": ns} if ns else {})))))

    assert getattr(requirement, member) == (("Netze",) if member == "categories" else "Netze")


def test_several_values_of_one_property_are_taken_apart_but_documents_stay_whole() -> None:
    requirement = only(
        control(
            1,
            props=[prop("alt-identifier", uuid(1)), prop("tags", "Netz , WLAN,Netz"), prop("effort_level", "3")],
            parts=statement(prop("documentation", "Konzept, fortgeschrieben"), prop("target_objects", "Netze, Räume")),
        )
    )

    assert requirement.tags == ("Netz", "WLAN")
    assert requirement.categories == ("Netze", "Räume")
    assert requirement.documentation == "Konzept, fortgeschrieben"
    assert requirement.effort == 3


@pytest.mark.parametrize(
    "members",
    [
        {"props": [prop("alt-identifier", uuid(1)), prop("sec_level", "erhöht")]},
        {"class": "erhöht"},
    ],
)
def test_the_security_level_is_a_property_and_was_a_class(members: dict[str, Any]) -> None:
    assert only(control(1, **members)).security_level == "erhöht"


def test_links_point_to_keys_and_never_to_printed_ids() -> None:
    links = [{"rel": "required", "href": "#TEST.1.2"}, {"rel": "reference", "href": "#TEST.1.2"}]
    older = [prop("alt-identifier", uuid(3)), prop("depends_on", "TEST.1.1, TEST.1.2")]

    first, _, third = reading(control(1, links=links), control(2), control(3, props=older)).catalogue.requirements

    assert [(each.relation, each.target) for each in first.references] == [(Relation.REQUIRED, uuid(2))]
    assert [each.target for each in third.references] == [uuid(1), uuid(2)]


def test_a_requirement_without_a_key_gets_one_that_outlives_the_file() -> None:
    bare = control(1, props=[])

    once, again = only(bare), only({**bare, "title": "Anders"})

    assert once.uuid == again.uuid
    assert len(once.uuid) == 36


def test_a_parameter_has_its_own_key_even_where_the_edition_gave_it_that_of_its_requirement() -> None:
    shared = {"id": "test.1.1-prm1", "label": "wer", "props": [prop("alt-identifier", uuid(1))]}
    own = {"id": "test.1.1-prm2", "label": "wann", "props": [prop("alt-identifier", uuid(7))]}

    first, second = only(control(1, params=[shared, own])).parameters

    assert first.uuid not in {uuid(1), uuid(7)}
    assert (second.uuid, second.name, second.label) == (uuid(7), "test.1.1-prm2", "wann")


def test_nested_items_become_indented_lines() -> None:
    items = [
        {"name": "item", "props": [prop("label", "a.")], "prose": "Erstens", "parts": [{"name": "item", "prose": "x"}]},
        {"name": "item", "props": [prop("label", "b.")], "prose": "Zweitens"},
        {"name": "assessment-method", "prose": "Nicht Teil des Satzes"},
    ]

    assert only(control(1, parts=[{"name": "statement", "parts": items}])).statement == "a. Erstens\nx\nb. Zweitens"


def test_what_is_doubtful_is_a_warning() -> None:
    doubtful = control(
        1,
        links=[{"rel": "related", "href": "#TEST.9.9"}],
        parts=statement(prose="{{ insert: param, nobody }}"),
    )
    twin = control(1, title="Zwilling")

    found = reading(doubtful, twin)

    assert said(found) == [
        ("TEST.1.1", "Diese Kennung kommt 2-mal vor."),
        ("TEST.1.1", f"Der alt-identifier {uuid(1)} kommt 2-mal vor; es zählt die erste Anforderung."),
        ("TEST.1.1", "Der Verweis „related“ auf TEST.9.9 zeigt ins Leere."),
        ("TEST.1.1", "Der Text setzt den Parameter nobody ein, den niemand erklärt."),
    ]
    assert [each.title for each in found.catalogue.requirements] == ["Anforderung 1"]


BROKEN = [
    ({"kolor": "rot"}, "kolor", "Diese Angabe kennt das Schema nicht.", 1),
    ({"id": "5.1"}, "id", "„5.1“ ist kein Bezeichner", 1),
    ({"links": {"href": "#a"}}, "links", "Hier gehört eine Liste hin, gefunden wurde: ein Objekt.", 1),
    ({"params": [{"label": "ohne Kennung"}]}, "params[0].id", "Diese Angabe fehlt.", 1),
    ({"title": 7}, "title", "Hier gehört ein Text hin, gefunden wurde: eine Zahl.", 0),
    ({"props": [prop("tags", "")]}, "props[0].value", "Dieser Text ist leer.", 1),
]


@pytest.mark.parametrize(("members", "place", "defect", "kept"), BROKEN)
def test_a_broken_schema_is_named_by_place_and_the_rest_is_read(
    members: dict[str, Any], place: str, defect: str, kept: int
) -> None:
    found = reading(control(1, **members), control(2))

    [(where, what)] = said(found)[:1]
    assert where == f"groups[0].groups[0].controls[0].{place}"
    assert what.startswith(defect)
    assert len(found.catalogue.requirements) == kept + 1


ANSWERS = [
    (b'{"profile": {"metadata": {"title": "Auswahl"}}}', "Die Datei ist ein Profil („Auswahl“)."),
    (b'{"mapping-collection": {}}', "Die Datei ist eine Zuordnungstabelle („–“)."),
    (b'{"$schema": "x", "assessment-plan": 3}', "Die Datei ist ein Prüfplan"),
    (b'{"catalog": {}, "profile": {}}', "gefunden wurde: catalog, profile."),
    (b'{"a": 1}', "gefunden wurde: a."),
    (b"[]", "gefunden wurde: –."),
    (as_file(catalogue()), "Dieser Katalog enthält keine Anforderungen"),
    (b'{"catalog": []}', "Dieser Katalog ist nicht zu lesen: Was bei catalog steht oder fehlt"),
    (b'{"catalog": {"metadata": {}}}', "Was bei catalog.metadata.oscal-version steht oder fehlt"),
]


@pytest.mark.parametrize(("content", "sentence"), ANSWERS)
def test_other_files_are_answered_by_what_they_are(content: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(content)

    assert sentence in str(refused.value)


BAD_BYTES = [b"", b"\xff\xfe{}", b"{", b'{"catalog": 1, "catalog": 2}', b"<catalog/>", b'{"catalog": NaN}']


@pytest.mark.parametrize("content", BAD_BYTES)
def test_what_is_no_json_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read(content)


def test_groups_that_share_a_printed_id_are_one_practice() -> None:
    twin = {"id": "TEST", "title": "Noch einmal", "controls": [control(2)]}
    body = catalogue(control(1))
    body["groups"].append(twin)

    found = read(as_file(body)).catalogue

    assert [(each.code, each.title) for each in found.practices] == [("TEST", "Praktik")]
    assert [each.practice for each in found.requirements] == ["TEST", "TEST"]
