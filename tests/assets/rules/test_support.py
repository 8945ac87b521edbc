"""What an agent says is turned into a release, or into an honest „I don't know“."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.intake.support import shipped
from assets.rules.support import Aspect, Basis, Release, Standing, Verdict, ending, listed_on, release_of, standing
from assets.rules.support_data import Wrong, product_line, purl_base
from assets.rules.support_hardware import match_hardware
from assets.rules.support_systems import ReportedSystem, match_system

DAY = date(2026, 11, 25)


def releases_of(lines):
    return {line.name: line.releases for line in lines}


@pytest.fixture(scope="module")
def small():
    """The collection that ships."""
    return releases_of(shipped().products)


@pytest.fixture(scope="module")
def large(real_data):
    """The whole of endoflife.date."""
    entries = json.loads((real_data / "endoflife/products.json").read_bytes())["products"]
    return releases_of(product_line(entry) for entry in entries)


CASES = [
    (ReportedSystem("Fedora", "Fedora 25 (Workstation Edition)", "25", "4.8.6"), "2017-12-12"),
    (ReportedSystem("Fedora", "Fedora 31 (Workstation Edition)", "31 (Workstation Edition)", "5.6.15"), "2020-11-24"),
    (ReportedSystem("Q Android 10.0", "Q Android 10.0 api 29", "29", "Linux localhost 4.14"), "2023-03-06"),
    (ReportedSystem("Debian GNU/Linux", "Debian GNU/Linux 12 (bookworm)", "12.5", "6.1.0"), "2026-07-11"),
    (ReportedSystem("Windows", "Microsoft Windows 11 Enterprise", "24H2", "10.0.26100"), "2027-10-12"),
    (ReportedSystem("Windows", "Microsoft Windows 11 Pro", "24H2", "10.0.26100"), "2026-10-13"),
    (ReportedSystem("Windows", "Microsoft Windows 11 Home", "23H2", "10.0.22631.3447"), "2025-11-11"),
    (ReportedSystem("Windows", "Microsoft Windows 11 Pro Education", "23H2", "10.0.22631"), "2025-11-11"),
    (ReportedSystem("Windows", "Microsoft Windows 11 Education", "23H2", "10.0.22631"), "2026-11-10"),
    (ReportedSystem("Windows", "Microsoft Windows 11 Enterprise LTSC", "24H2", "10.0.26100"), "2029-10-09"),
    (ReportedSystem("Windows", "Microsoft Windows 11 IoT Enterprise LTSC", "24H2", "10.0.26100"), "2034-10-10"),
    (ReportedSystem("Windows", "Microsoft Windows 10 Pro", "22H2", "10.0.19045"), "2025-10-14"),
    (ReportedSystem("Windows", "Microsoft Windows 10 Enterprise LTSC", "21H2", "10.0.19044"), "2027-01-12"),
    (ReportedSystem("Windows", "Microsoft Windows 11 Professionnel", "23H2", ""), "2025-11-11"),
    (ReportedSystem("Windows", "Microsoft Windows 7 Professional", "6.1.7601", "6.1.7601"), "2020-01-14"),
    (ReportedSystem("Windows", "Microsoft Windows Server 2019 Standard", "1809", "10.0.17763"), "2029-01-09"),
    (ReportedSystem("Windows", "Microsoft Windows Server 2012 R2 Standard", "", "6.3.9600"), "2023-10-10"),
    (ReportedSystem("SLES", "SUSE Linux Enterprise Server 15 SP5", "15-SP5", ""), "2024-12-31"),
    (ReportedSystem("Rocky Linux", "Rocky Linux 9.3 (Blue Onyx)", "9.3", ""), "2032-05-31"),
    (ReportedSystem("macOS", "macOS 13.5 (22G74)", "13.5", ""), "2025-09-15"),
]


@pytest.mark.parametrize(("system", "end"), CASES, ids=lambda case: getattr(case, "full_name", case))
def test_what_an_agent_says_finds_its_release(small, system, end):
    found = match_system(system, small)

    assert found.verdict is Verdict.MATCHED, found
    assert found.release.ends_on == date.fromisoformat(end)


@pytest.mark.parametrize(("system", "end"), CASES, ids=lambda case: getattr(case, "full_name", case))
def test_the_whole_collection_says_the_same(large, system, end):
    assert match_system(system, large).release.ends_on == date.fromisoformat(end)


@pytest.mark.parametrize(
    "system",
    [
        ReportedSystem("Windows", "Microsoft Windows 11", "24H2", "10.0.26100"),
        ReportedSystem("Debian", "Debian GNU/Linux 12 (bookworm)", "11", ""),
        ReportedSystem("Windows", "Microsoft Windows Server 2019 Standard", "", "10.0.20348"),
    ],
    ids=lambda system: system.full_name,
)
def test_what_contradicts_itself_is_left_open(small, system):
    found = match_system(system, small)

    assert found.verdict is Verdict.AMBIGUOUS
    assert len(found.choices) > 1
    assert found.release is None


@pytest.mark.parametrize(
    "system",
    [
        ReportedSystem(),
        ReportedSystem("ArchLinux", "Arch Linux"),
        ReportedSystem("Debian", "Debian GNU/Linux trixie/sid"),
        ReportedSystem("Linux Mint", "Linux Mint 22.9", "22.9"),
        ReportedSystem("Windows", "Microsoft Windows 12 Pro", "30H1", "10.0.99999"),
        ReportedSystem("Android", "Android 99", "99"),
    ],
    ids=lambda system: system.full_name,
)
def test_what_nobody_knows_is_not_guessed(small, system):
    assert match_system(system, small).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("maker", "model", "release"),
    [
        ("Fairphone", "Fairphone 4", "Fairphone 4"),
        ("", "Fairphone 4", "Fairphone 4"),
        ("Apple Inc.", "iPhone 13 Pro", "Apple iPhone 13 Pro"),
        ("Apple", "Apple iPhone 13 Pro", "Apple iPhone 13 Pro"),
        ("Google", "Pixel 7a", "Google Pixel Pixel 7a"),
        ("Microsoft Corporation", "Surface Pro 9", "Surface Pro 9"),
    ],
)
def test_phones_are_lines_of_hardware(small, maker, model, release):
    found = match_hardware(maker, model, small)

    assert found.verdict is Verdict.MATCHED
    assert found.release.name.endswith(release.split()[-1])


def test_of_most_makers_there_is_nothing_to_say(small):
    assert match_hardware("Dell Inc.", "XPS 13 9350", small) is None
    assert match_hardware("Microsoft Corporation", "Virtual Machine", small) is None
    assert match_hardware("Apple", "iPhone14,2", small).verdict is Verdict.UNKNOWN


def test_the_last_day_is_still_in_support():
    assert standing(DAY, None, on=DAY) is Standing.SOON
    assert standing(DAY, None, on=DAY + timedelta(days=1)) is Standing.OVER
    assert standing(DAY + timedelta(days=90), None, on=DAY) is Standing.SOON
    assert standing(DAY + timedelta(days=91), None, on=DAY) is Standing.FINE
    assert standing(None, True, on=DAY) is Standing.OVER
    assert standing(None, False, on=DAY) is Standing.OPEN
    assert standing(None, None, on=DAY) is Standing.UNKNOWN


def test_ends_are_days_or_only_whether_it_is_over():
    told = {"name": "x", "title": "X", "releases": [{"releaseCycle": "1", "eol": True}, {"releaseCycle": 2}]}

    first, second = product_line(told).releases

    assert (first.ends_on, first.ended, second.cycle, second.ended) == (None, True, "2", None)
    assert listed_on(None, True) < DAY < listed_on(None, False)


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {"name": "x", "title": "X"},
        {"name": "x", "title": "X", "releases": "1"},
        {"name": "x", "title": "X", "releases": [1]},
        {"name": "x", "title": "X", "releases": [{"releaseCycle": "1", "eol": "bald"}]},
        {"name": "x" * 81, "title": "X", "releases": []},
        {"name": ["x"], "title": "X", "releases": []},
    ],
)
def test_what_does_not_fit_is_named(entry):
    with pytest.raises(Wrong):
        product_line(entry)


def test_package_urls_lose_their_version():
    assert purl_base("pkg:maven/org.bouncycastle/bcprov@1.62?type=jar") == "pkg:maven/org.bouncycastle/bcprov"
    assert purl_base("pkg:npm/@angular/core@12.0.0") == purl_base("pkg:npm/%40angular/core")
    assert purl_base("quatsch") == ""


WORDS = st.text(st.sampled_from("0123456789.-_ abSP()Windows 11 Debian"), max_size=40)


@given(name=WORDS, full=WORDS, version=WORDS, kernel=WORDS)
def test_whatever_an_agent_says_gets_an_answer(name, full, version, kernel):
    found = match_system(ReportedSystem(name, full, version, kernel), releases_of(shipped().products))

    assert (found.release is None) == (found.verdict is not Verdict.MATCHED)
    assert (len(found.choices) > 1) == (found.verdict is Verdict.AMBIGUOUS)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=4))
def test_a_version_belongs_to_its_own_cycle_whatever_follows(parts):
    version = ".".join(map(str, parts))
    releases = [Release("x", "X", str(number)) for number in range(41)]

    assert release_of(version, releases).cycle == str(parts[0])


def test_two_endings_that_say_the_same_are_equal(small):
    found = match_system(CASES[0][0], small)

    first = ending(Aspect.SYSTEM, found, edition=1, reported="x")
    assert first == ending(Aspect.SYSTEM, found, edition=1, reported="x")
    assert first.basis is Basis.REPORTED
