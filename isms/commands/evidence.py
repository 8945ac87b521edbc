"""Asking for evidence packages, and writing down how they come along."""

from __future__ import annotations

from datetime import UTC, date, datetime

from isms.audit import change
from isms.db import execute
from isms.evidence.order import Order
from isms.files import Kept
from isms.people import Actor, UnitRow
from isms.permissions import May
from isms.rules.chain import Head
from isms.rules.errors import Complaint, Incomplete, Refused
from isms.rules.packages import PackageStage
from isms.rules.texts import N_

INSERT = """INSERT INTO evidence_package
    (institution, as_of, named, requested_by, requested_at, stage, step, seen_at, name, size, head, complaint)
    VALUES ({}, {}, {}, {}, {}, {}, '', {}, {}, 0, '', '') RETURNING id"""
FINISH = "UPDATE evidence_package SET stage = {}, sha256 = {}, size = {}, head = {}, seen_at = {} WHERE id = {}"


async def request_package(institution: UnitRow, *, as_of: date, named: bool, by: Actor, on: date) -> int:
    """Note that somebody asked for the evidence of an institution as of a day. Answers with the package's id.

    Raises Forbidden where the right does not reach the institution, or the names of its people.
    """
    by.needs(May.EXPORT_EVIDENCE, institution.path)
    if named:
        by.needs(May.NAME_PEOPLE, institution.path)
    if institution.id != institution.institution:
        raise Refused(N_("Ein Nachweispaket gibt es nur für ein ganzes Amt. Wählen Sie das Amt."))
    if as_of > on:
        raise Incomplete({"as_of": Complaint(N_("Der Stand liegt in der Zukunft. Möglich ist jeder Tag bis heute."))})
    order = Order(institution.id, institution.name, institution.path, as_of=as_of, made_on=on, named=named)
    async with change("evidence.requested", by=by, unit=institution.id, as_of=as_of, named=named) as made:
        now = datetime.now(UTC)
        values = (institution.id, as_of, named, by.id, now, PackageStage.MAKING, now, f"{order.name}.zip")
        package = int((await execute(INSERT, *values))[0]["id"])
        made.about(f"evidence_package:{package}")
    return package


async def finish_package(package: int, kept: Kept, head: Head, *, institution: int, by: Actor) -> None:
    """The package lies in the store. Its hash and the head it carries become part of the trail themselves."""
    subject = f"evidence_package:{package}"
    async with change("evidence.finished", subject, by=by, unit=institution, sha256=kept.sha256, head=str(head)):
        now = datetime.now(UTC)
        await execute(FINISH, PackageStage.READY, kept.sha256, kept.size, str(head), now, package)


async def note_step(package: int, step: str) -> None:
    """What is being done right now, for whoever waits. Not a change of any record."""
    await execute(
        "UPDATE evidence_package SET step = {}, seen_at = {} WHERE id = {}", step[:200], datetime.now(UTC), package
    )


async def note_failure(package: int, complaint: str) -> None:
    await execute(
        "UPDATE evidence_package SET stage = {}, complaint = {} WHERE id = {}", PackageStage.FAILED, complaint, package
    )
