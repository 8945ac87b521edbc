"""The closing lines of a test run: what was used of the things a machine may lack, and what was not.

`--require=postgresql,chromium,data` turns what was not used into a failure. A test uses PostgreSQL when it runs for the
parameter `postgresql`, Chromium when it asks for the fixture `chromium`, real data when it asks for `real_data`. Where
one is missing a test skips with a reason that holds the word given in `Need.word`.
"""

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field

import pytest


@dataclass
class Need:
    """Something that this machine may lack. `word` is how a skip says so."""

    title: str
    word: str
    get: str
    passed: int = 0
    skips: set[str] = field(default_factory=set)


def needs() -> dict[str, Need]:
    return {
        "sqlite": Need("SQLite", "SQLite", ""),
        "postgresql": Need("PostgreSQL", "PostgreSQL", "install Debian's package postgresql"),
        "chromium": Need("Chromium", "Chromium", "install Debian's package chromium"),
        "data": Need("real data", "ISMS_TEST_DATA", "set ISMS_TEST_DATA to the folder that holds them"),
    }


SEEN = pytest.StashKey[dict[str, Need]]()
FIXTURES = {"chromium": "chromium", "real_data": "data"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--require", default="", help="fail where one of these was not used: postgresql,chromium,data")


def pytest_configure(config: pytest.Config) -> None:
    known = needs()
    config.stash[SEEN] = known
    if unknown := set(_required(config)) - set(known):
        raise pytest.UsageError(f"--require knows {', '.join(known)}; not {', '.join(sorted(unknown))}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    seen = item.config.stash[SEEN]
    if report.when == "call" and report.passed:
        for name in used_by(item):
            seen[name].passed += 1
    if report.skipped:
        note_skip(seen.values(), str(report.longrepr))
    return report


def used_by(item: pytest.Item) -> set[str]:
    """Which of the needs a test makes use of, by its parameters and its fixtures."""
    parameters = getattr(getattr(item, "callspec", None), "params", {}).values()
    fixtures = getattr(item, "fixturenames", ())
    engines = {value for value in parameters if value in ("sqlite", "postgresql")}
    return engines | {need for fixture, need in FIXTURES.items() if fixture in fixtures}


def note_skip(seen: Iterable[Need], reason: str) -> None:
    for need in seen:
        if need.word in reason:
            need.skips.add(reason.rsplit("Skipped: ", 1)[-1].rstrip("')"))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, None, None]:
    yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    seen = session.config.stash[SEEN]
    if reporter is None or session.config.option.collectonly:
        return
    for line in closing_lines(seen):
        reporter.write_line(line)
    lacking = [name for name in _required(session.config) if not seen[name].passed or seen[name].skips]
    if lacking:
        reporter.write_line(f"FAILED: required, but not used everywhere: {', '.join(lacking)}", red=True)
        session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED


def closing_lines(seen: dict[str, Need]) -> list[str]:
    """One line for what was used, one for each thing that was not."""
    used = [f"{need.title} ({need.passed} tests)" for need in seen.values() if need.passed]
    unused = [need for need in seen.values() if need.get and (need.skips or not need.passed)]
    return [f"Used: {', '.join(used) or 'nothing beyond Python'}.", *(_not_used(need) for need in unused)]


def _not_used(need: Need) -> str:
    if not need.skips:
        return f"Not used: {need.title}; no test of this run asked for it."
    title = f"{need.title} (everywhere)" if need.passed else need.title
    return f"Not used: {title}; {'; '.join(sorted(need.skips))}. To use it, {need.get}."


def _required(config: pytest.Config) -> list[str]:
    given: str = config.getoption("--require")
    return [name.strip() for name in given.split(",") if name.strip()]
