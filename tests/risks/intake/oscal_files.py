"""Small OSCAL files for tests: one practice, one topic, and the controls a test wants in it."""

import json
from typing import Any

AUTHOR = {"uuid": "6d1f0a52-5f57-4cf0-9f6e-0d6c7c7a1a11", "type": "organization", "name": "Musteramt"}


def uuid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def prop(name: str, value: str, **more: str) -> dict[str, str]:
    return {"name": name, "value": value, **more}


def control(number: int, **members: Any) -> dict[str, Any]:
    return {
        "id": f"TEST.1.{number}",
        "title": f"Anforderung {number}",
        "props": [prop("alt-identifier", uuid(number))],
        "parts": [{"name": "statement", "prose": f"Satz {number}."}],
        **members,
    }


def catalogue(*controls: dict[str, Any], **members: Any) -> dict[str, Any]:
    topic = {"id": "TEST.1", "title": "Thema", "controls": list(controls)}
    return {
        "uuid": uuid(99),
        "metadata": {
            "title": "Probe",
            "last-modified": "2026-06-24T07:30:00.185096083Z",
            "version": "2026-06-24",
            "oscal-version": "1.1.3",
            "parties": [AUTHOR],
        },
        "groups": [{"id": "TEST", "title": "Praktik", "groups": [topic]}],
        **members,
    }


def as_file(body: dict[str, Any], root: str = "catalog") -> bytes:
    return json.dumps({root: body}).encode()
