from enum import Enum

from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.columns.column_types import Boolean, Date, ForeignKey, Serial, Text, Timestamptz, Varchar
from piccolo.columns.defaults.date import DateNow
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.columns.indexes import IndexMethod
from piccolo.constraints import Unique
from piccolo.table import Table

from isms.db import execute
from isms.db.schema import TablesFirst, index, refuse_changes


class Person(Table, tablename="person", schema=None):
    id = Serial(
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name="id",
        secret=False,
    )


class Tag(Table, tablename="tag", schema=None):
    id = Serial(
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name="id",
        secret=False,
    )


class TargetObject(Table, tablename="target_object", schema=None):
    id = Serial(
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name="id",
        secret=False,
    )


class Unit(Table, tablename="unit", schema=None):
    id = Serial(
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name="id",
        secret=False,
    )


ID = "2026-11-25T22:56:04:912790"
VERSION = "1.38.0"
DESCRIPTION = "All kinds of target objects, tags, and what became of an object"


HIGHEST = """CASE WHEN 3 IN (confidentiality, integrity, availability) THEN 3
    WHEN 2 IN (confidentiality, integrity, availability) THEN 2 ELSE 1 END"""
UNFOUND = "own_confidentiality IS NULL AND own_integrity IS NULL AND own_availability IS NULL"


async def serve_the_filters() -> None:
    """One index per filter of the list, in the list's order."""
    await index("target_object", "institution", "operating_stage", "short_id")
    for name, only in (
        ("responsible", "responsible IS NULL"),
        ("provider_operated", "provider_operated"),
        ("personal_data", "personal_data"),
        ("unfound", UNFOUND),
    ):
        await execute(
            f"""CREATE INDEX target_object_{name}_some_index ON target_object (institution, short_id, id)
                WHERE {only} AND ended_on IS NULL"""
        )
    await execute(
        f"""CREATE INDEX target_object_highest_index ON target_object (institution, ({HIGHEST}), short_id, id)
            WHERE ended_on IS NULL"""
    )
    await index("object_tag", "target_object", "tag", unique=True, where="ended_on IS NULL")
    await index("object_tag", "tag", "target_object", where="ended_on IS NULL")


async def begin_the_past() -> None:
    """Who answers for an object today has done so since it was recorded, as far as anybody knows."""
    await execute(
        """INSERT INTO responsibility (target_object, responsible, recorded_at)
           SELECT id, responsible, recorded_at FROM target_object WHERE responsible IS NOT NULL"""
    )
    for table in ("responsibility", "succession", "told_apart"):
        await refuse_changes(table)


async def forwards() -> TablesFirst:
    manager = TablesFirst(migration_id=ID, app_name="assets", description=DESCRIPTION)

    for step in (serve_the_filters, begin_the_past):
        manager.add_raw(step)

    manager.add_table(class_name="ObjectTag", tablename="object_tag", schema=None, columns=None)

    manager.add_table(class_name="Tag", tablename="tag", schema=None, columns=None)

    manager.add_table(class_name="ToldApart", tablename="told_apart", schema=None, columns=None)

    manager.add_table(
        class_name="Responsibility",
        tablename="responsibility",
        schema=None,
        columns=None,
    )

    manager.add_table(class_name="Succession", tablename="succession", schema=None, columns=None)

    manager.add_column(
        table_class_name="ObjectTag",
        tablename="object_tag",
        column_name="id",
        db_column_name="id",
        column_class_name="Serial",
        column_class=Serial,
        params={
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": "id",
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="ObjectTag",
        tablename="object_tag",
        column_name="target_object",
        db_column_name="target_object",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": TargetObject,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="ObjectTag",
        tablename="object_tag",
        column_name="tag",
        db_column_name="tag",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Tag,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="ObjectTag",
        tablename="object_tag",
        column_name="starts_on",
        db_column_name="starts_on",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": DateNow(),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="ObjectTag",
        tablename="object_tag",
        column_name="ended_on",
        db_column_name="ended_on",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="ObjectTag",
        tablename="object_tag",
        column_name="recorded_at",
        db_column_name="recorded_at",
        column_class_name="Timestamptz",
        column_class=Timestamptz,
        params={
            "default": TimestamptzNow(),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="Tag",
        tablename="tag",
        column_name="id",
        db_column_name="id",
        column_class_name="Serial",
        column_class=Serial,
        params={
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": "id",
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="Tag",
        tablename="tag",
        column_name="institution",
        db_column_name="institution",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Unit,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="Tag",
        tablename="tag",
        column_name="word",
        db_column_name="word",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 40,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="Tag",
        tablename="tag",
        column_name="folded",
        db_column_name="folded",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 80,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="Tag",
        tablename="tag",
        column_name="recorded_at",
        db_column_name="recorded_at",
        column_class_name="Timestamptz",
        column_class=Timestamptz,
        params={
            "default": TimestamptzNow(),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="ToldApart",
        tablename="told_apart",
        column_name="id",
        db_column_name="id",
        column_class_name="Serial",
        column_class=Serial,
        params={
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": "id",
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="ToldApart",
        tablename="told_apart",
        column_name="lower",
        db_column_name="lower",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": TargetObject,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="ToldApart",
        tablename="told_apart",
        column_name="higher",
        db_column_name="higher",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": TargetObject,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="ToldApart",
        tablename="told_apart",
        column_name="decided_by",
        db_column_name="decided_by",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Person,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="ToldApart",
        tablename="told_apart",
        column_name="recorded_at",
        db_column_name="recorded_at",
        column_class_name="Timestamptz",
        column_class=Timestamptz,
        params={
            "default": TimestamptzNow(),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="Responsibility",
        tablename="responsibility",
        column_name="id",
        db_column_name="id",
        column_class_name="Serial",
        column_class=Serial,
        params={
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": "id",
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="Responsibility",
        tablename="responsibility",
        column_name="target_object",
        db_column_name="target_object",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": TargetObject,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": True,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="Responsibility",
        tablename="responsibility",
        column_name="responsible",
        db_column_name="responsible",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Person,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="Responsibility",
        tablename="responsibility",
        column_name="recorded_at",
        db_column_name="recorded_at",
        column_class_name="Timestamptz",
        column_class=Timestamptz,
        params={
            "default": TimestamptzNow(),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="Succession",
        tablename="succession",
        column_name="id",
        db_column_name="id",
        column_class_name="Serial",
        column_class=Serial,
        params={
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": "id",
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="Succession",
        tablename="succession",
        column_name="before",
        db_column_name="before",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": TargetObject,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": True,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="Succession",
        tablename="succession",
        column_name="after",
        db_column_name="after",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": TargetObject,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": True,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="Succession",
        tablename="succession",
        column_name="kind",
        db_column_name="kind",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 12,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": Enum("SuccessionKind", {"MERGED": "merged", "SPLIT": "split"}),
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="Succession",
        tablename="succession",
        column_name="reason",
        db_column_name="reason",
        column_class_name="Text",
        column_class=Text,
        params={
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="Succession",
        tablename="succession",
        column_name="happened_on",
        db_column_name="happened_on",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": DateNow(),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="Succession",
        tablename="succession",
        column_name="done_by",
        db_column_name="done_by",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Person,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="Succession",
        tablename="succession",
        column_name="recorded_at",
        db_column_name="recorded_at",
        column_class_name="Timestamptz",
        column_class=Timestamptz,
        params={
            "default": TimestamptzNow(),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_constraint(
        table_class_name="Tag",
        tablename="tag",
        constraint_name="tag_folded_uq",
        constraint_class=Unique,
        params={"columns": ["institution", "folded"], "nulls_distinct": True},
        schema=None,
    )

    manager.add_constraint(
        table_class_name="ToldApart",
        tablename="told_apart",
        constraint_name="told_apart_uq",
        constraint_class=Unique,
        params={"columns": ["lower", "higher"], "nulls_distinct": True},
        schema=None,
    )

    manager.add_column(
        table_class_name="TargetObject",
        tablename="target_object",
        column_name="administrator",
        db_column_name="administrator",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Person,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="TargetObject",
        tablename="target_object",
        column_name="counts_devices",
        db_column_name="counts_devices",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="TargetObject",
        tablename="target_object",
        column_name="critical",
        db_column_name="critical",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 24,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="TargetObject",
        tablename="target_object",
        column_name="platform",
        db_column_name="platform",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 120,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="TargetObject",
        tablename="target_object",
        column_name="provider_operated",
        db_column_name="provider_operated",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="TargetObject",
        tablename="target_object",
        column_name="release",
        db_column_name="release",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 60,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="TargetObject",
        tablename="target_object",
        column_name="variety",
        db_column_name="variety",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 120,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.alter_column(
        table_class_name="ObjectLink",
        tablename="object_link",
        column_name="kind",
        db_column_name="kind",
        params={
            "choices": Enum(
                "LinkKind",
                {
                    "USES": "uses",
                    "PROCESSED_BY": "processed_by",
                    "CARRIED_OUT_BY": "carried_out_by",
                    "RUNS_ON": "runs_on",
                    "CONNECTED_TO": "connected_to",
                    "START_OF": "start_of",
                    "END_OF": "end_of",
                    "LOCATED_IN": "located_in",
                    "LIES_IN": "lies_in",
                    "WORKS_WITH": "works_with",
                    "OPERATED_BY": "operated_by",
                },
            )
        },
        old_params={
            "choices": Enum(
                "LinkKind",
                {
                    "USES": "uses",
                    "RUNS_ON": "runs_on",
                    "CONNECTED_TO": "connected_to",
                    "LOCATED_IN": "located_in",
                    "OPERATED_BY": "operated_by",
                },
            )
        },
        column_class=Varchar,
        old_column_class=Varchar,
        schema=None,
    )

    manager.alter_column(
        table_class_name="ShortIdSeries",
        tablename="short_id_series",
        column_name="kind",
        db_column_name="kind",
        params={
            "choices": Enum(
                "Kind",
                {
                    "PROCESS": "process",
                    "INFORMATION": "information",
                    "APPLICATION": "application",
                    "IT_SYSTEM": "it_system",
                    "ICS": "ics",
                    "IOT": "iot",
                    "NETWORK": "network",
                    "COMMUNICATION_LINK": "communication_link",
                    "ROOM": "room",
                    "BUILDING": "building",
                    "SITE": "site",
                    "SERVICE_PROVIDER": "service_provider",
                    "ROLE": "role",
                },
            )
        },
        old_params={
            "choices": Enum(
                "Kind",
                {
                    "PROCESS": "process",
                    "APPLICATION": "application",
                    "IT_SYSTEM": "it_system",
                    "NETWORK": "network",
                    "ROOM": "room",
                    "SERVICE_PROVIDER": "service_provider",
                },
            )
        },
        column_class=Varchar,
        old_column_class=Varchar,
        schema=None,
    )

    manager.alter_column(
        table_class_name="TargetObject",
        tablename="target_object",
        column_name="kind",
        db_column_name="kind",
        params={
            "choices": Enum(
                "Kind",
                {
                    "PROCESS": "process",
                    "INFORMATION": "information",
                    "APPLICATION": "application",
                    "IT_SYSTEM": "it_system",
                    "ICS": "ics",
                    "IOT": "iot",
                    "NETWORK": "network",
                    "COMMUNICATION_LINK": "communication_link",
                    "ROOM": "room",
                    "BUILDING": "building",
                    "SITE": "site",
                    "SERVICE_PROVIDER": "service_provider",
                    "ROLE": "role",
                },
            )
        },
        old_params={
            "choices": Enum(
                "Kind",
                {
                    "PROCESS": "process",
                    "APPLICATION": "application",
                    "IT_SYSTEM": "it_system",
                    "NETWORK": "network",
                    "ROOM": "room",
                    "SERVICE_PROVIDER": "service_provider",
                },
            )
        },
        column_class=Varchar,
        old_column_class=Varchar,
        schema=None,
    )

    return manager
