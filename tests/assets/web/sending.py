"""Forms that are taken."""

from typing import Any

from tests.browser import Browser

Fields = dict[str, Any]


async def send(browser: Browser, path: str, who: Any, **fields: Any) -> str:
    """A form that is taken; answers with the page after it."""
    assert (await browser.get(path, as_=who)).status_code == 200
    answer = await browser.submit(path, as_=who, follow=True, **fields)
    assert answer.status_code == 200, answer.text
    return answer.text
