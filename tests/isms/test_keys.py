import pytest

from isms.house import House
from isms.queries.keys import ids_of
from tests.browser import Browser
from tests.office import Office


@pytest.mark.parametrize(
    ("keys", "ids"),
    [
        (["risk:1", "risk:22", "device:3"], [1, 22]),
        (["risk:", "risk:abc", "risk:²", "risk", "risk:-1", f"risk:{'9' * 30}"], []),
    ],
)
def test_only_keys_of_the_table_are_read(keys: list[str], ids: list[int]) -> None:
    assert ids_of("risk", keys) == ids


async def test_a_key_that_nobody_made_leads_nowhere(office: Office, house: House, browser: Browser) -> None:
    known = await house.resolve([office.yildiz.key, "person:abc", "device:x", "risk:", "course:²"])

    assert set(known) == {office.yildiz.key}
    for subject in ("device:abc", "risk:x", "course:y", "person:²"):
        assert (await browser.get(f"/audit-trail?subject={subject}", as_=office.yildiz)).status_code == 200
