"""The frame around every answer: security headers, a request id, and one line in the log without personal data."""

from __future__ import annotations

import json
import logging
import secrets
import time
import traceback
from collections.abc import Mapping
from typing import Any

from litestar.types import Message, Scope

LOG = logging.getLogger("isms.access")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
NO_DEVICES = "camera=(), microphone=(), geolocation=(), payment=()"
HEADERS: Mapping[str, str] = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": NO_DEVICES,
}
WITH_CAMERA: Mapping[str, str] = {"permissions-policy": NO_DEVICES.replace("camera=()", "camera=(self)")}
"""For pages that read labels; no other page gets at the camera."""
RAW = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
TRANSPORT = (b"strict-transport-security", b"max-age=31536000")


def request_id(scope: Scope) -> str:
    """Eight characters that the person, the answer and the log know this request by."""
    state: dict[str, Any] = scope["state"]
    return str(state.setdefault("request_id", secrets.token_hex(4)))


async def frame(message: Message, scope: Scope) -> None:
    """Litestar's before_send: runs for every answer, also for those no middleware sees."""
    if message["type"] != "http.response.start":
        return
    headers = list(message.get("headers", []))
    names = {name for name, _ in headers}
    headers += [pair for pair in RAW if pair[0] not in names]
    if b"content-security-policy" not in names:
        headers.append((b"content-security-policy", POLICY.encode()))
    if scope["app"].state.house.settings.https:
        headers.append(TRANSPORT)
    headers.append((b"x-request-id", request_id(scope).encode()))
    message["headers"] = headers
    _log(message["status"], scope)


def _log(status: int, scope: Scope) -> None:
    """The route's pattern, not the address: `/people/{id}` names nobody."""
    if not LOG.isEnabledFor(logging.INFO):
        return
    began = scope["state"].get("began")
    extra = {
        "request": request_id(scope),
        "method": scope.get("method"),
        "route": scope.get("path_template") or "-",
        "status": status,
        "ms": round((time.perf_counter() - began) * 1000, 1) if began else None,
    }
    LOG.info("answered", extra=extra)


class Lines(logging.Formatter):
    """Every log record as one line of JSON."""

    FIELDS = ("request", "method", "route", "status", "ms")

    def format(self, record: logging.LogRecord) -> str:
        line = {"at": self.formatTime(record), "level": record.levelname.lower(), "said": record.getMessage()}
        line |= {name: getattr(record, name) for name in self.FIELDS if hasattr(record, name)}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)

    def formatException(self, ei: Any) -> str:
        """Where it broke, and what kind of error. Its words may hold what somebody typed: they are for debugging."""
        return super().formatException(ei) if LOG.isEnabledFor(logging.DEBUG) else _where(ei[1])


def _where(error: BaseException) -> str:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    first = f"{_where(before)}\n" if before else ""
    kind = type(error)
    return f"{first}{''.join(traceback.format_tb(error.__traceback__))}{kind.__module__}.{kind.__qualname__}"


def set_up_logging(level: str) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(Lines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
