import csv
import json

from assets.rules.categories import BY_NAME, CATEGORIES, category_named, chain, with_parents


def names(uuids):
    return [CATEGORIES[uuid].name for uuid in uuids]


def test_parents_come_along():
    cloud = category_named("Cloud-Dienste")

    assert names(chain(cloud.uuid)) == ["Cloud-Dienste", "Outsourcing", "Dienstleistungen", "Einkäufe"]
    assert sorted(names(with_parents([cloud.uuid, category_named("outsourcing").uuid, "unknown"]))) == [
        "Cloud-Dienste",
        "Dienstleistungen",
        "Einkäufe",
        "Outsourcing",
    ]


def test_names_and_uuids_are_given_once():
    assert len(BY_NAME) == len(CATEGORIES) == 41


def test_the_tree_is_the_published_one(real_data):
    with (real_data / "bsi/2026-06-30/Dokumentation/namespaces/target_object_categories.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        published = {row["UUID"]: (row["Zielobjekt"], row["ChildOfUUID"] or None) for row in csv.DictReader(file)}

    assert {uuid: (one.name, one.parent) for uuid, one in CATEGORIES.items()} == published


def test_chains_are_those_computed_independently(real_data):
    oracle = json.loads((real_data / "bsi/oracles/anforderungspaket_2026-06-30.json").read_text())
    expected = {name: one["chain"] for name, one in oracle.items() if "chain" in one}

    assert len(expected) == 39
    assert {name: names(chain(category_named(name).uuid)) for name in expected} == expected
