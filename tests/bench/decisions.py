"""What a big office has found, decided and learned: risks and completions."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from risks.rules.levels import Frequency, Impact, RiskLevel
from tests.bench.builder import AT, DAY, Builder


def risks(builder: Builder) -> Iterator[dict[str, Any]]:
    frequencies, impacts, levels = list(Frequency), list(Impact), list(RiskLevel)
    for number in range(builder.size.risks):
        place = builder.place(number)
        yield {
            "institution": place.institution,
            "number": number + 1,
            "unit": place.id,
            "target_object": number % builder.size.objects + 1,
            "threat": f"G 0.{number % 47 + 1}",
            "title": f"Ausfall {number}",
            "owner": builder.person(number),
            "frequency": frequencies[number % len(frequencies)],
            "impact": impacts[number % len(impacts)],
            "level": levels[number % len(levels)],
            "review_on": DAY + timedelta(days=number % 700),
            "recorded_on": DAY,
            "recorded_by": builder.person(number),
            "recorded_at": AT,
        }


def risk_steps(builder: Builder) -> Iterator[dict[str, Any]]:
    for number in range(builder.size.risks):
        yield {
            "risk": number + 1,
            "stage": "recorded",
            "taken_on": DAY,
            "taken_by": builder.person(number),
            "recorded_at": AT,
        }


def courses(builder: Builder) -> Iterator[dict[str, Any]]:
    for number in range(10):
        yield {"slug": f"kurs-{number}", "unit": builder.places[0].institution, "recorded_at": AT}


def versions() -> Iterator[dict[str, Any]]:
    for number in range(10):
        yield {
            "course": number + 1,
            "number": 1,
            "version": "1",
            "title": f"Kurs {number}",
            "language": "de",
            "licence": "CC0-1.0",
            "fingerprint": f"{number:064}",
            "published_on": DAY,
            "recorded_at": AT,
        }


def completions(builder: Builder) -> Iterator[dict[str, Any]]:
    for number in range(builder.size.completions):
        course, day = number // builder.size.people % 10 + 1, DAY + timedelta(days=number % 300)
        yield {
            "person": builder.person(number),
            "course": course,
            "version": course,
            "completed_on": day,
            "recorded_on": day,
            "percent": 100,
        }
