"""What has served its purpose goes; what somebody may have to prove stays."""

from datetime import UTC, datetime, timedelta

import msgspec

from isms.audit import change
from isms.db import execute
from isms.db.reading import value
from isms.house import House
from isms.housekeeping import sweep, sweeping
from isms.login import open_session
from isms.settings import Settings
from tests.office import Office


async def test_old_tokens_and_sessions_go_and_the_trail_stays(office: Office, house: House):
    async with change("device.issued", "device:1", by=msgspec.structs.replace(office.brandt, once="form-1")):
        await open_session(office.weber.id, browser="", settings=Settings())

    await sweep(house.store)
    assert await value("SELECT count(*) FROM done_form") == 1
    assert await value("SELECT count(*) FROM session") == 1

    await sweep(house.store, now=datetime.now(UTC) + timedelta(days=60))
    assert await value("SELECT count(*) FROM done_form") == 0
    assert await value("SELECT count(*) FROM session") == 0
    assert await value("SELECT count(*) FROM audit_entry WHERE action = 'device.issued'") == 1


async def test_an_open_house_is_swept_and_closes_without_delay(office: Office, house: House):
    async with change("device.issued", "device:1", by=msgspec.structs.replace(office.brandt, once="form-1")):
        pass
    await execute("UPDATE done_form SET at = {}", datetime.now(UTC) - timedelta(days=8))

    async with sweeping(house):
        assert await value("SELECT count(*) FROM done_form") == 0
