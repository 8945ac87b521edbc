"""Tokens: values that only we can have written, and a form's token that looks different on every page."""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from hashlib import sha256


def seal(text: str, secret: bytes) -> str:
    """The text with our signature, fit for a cookie."""
    body = urlsafe_b64encode(text.encode()).decode().rstrip("=")
    return f"{body}.{_signature(body, secret)}"


def unseal(sealed: str, secret: bytes) -> str | None:
    """The sealed text, or None if it is not ours."""
    body, _, signature = sealed.rpartition(".")
    if not body or not hmac.compare_digest(signature.encode(), _signature(body, secret).encode()):
        return None
    return urlsafe_b64decode(body + "=" * (-len(body) % 4)).decode()


def mask(token: str) -> str:
    """A hexadecimal token behind a fresh pad: compressed pages then don't give it away (BREACH)."""
    plain = bytes.fromhex(token)
    pad = secrets.token_bytes(len(plain))
    return urlsafe_b64encode(pad + _xor(pad, plain)).decode()


def is_masked(sent: str, token: str) -> bool:
    """Whether what was sent is this token behind some pad."""
    try:
        raw = urlsafe_b64decode(sent)
    except (Error, ValueError):
        return False
    half = len(raw) // 2
    return hmac.compare_digest(_xor(raw[:half], raw[half:]), bytes.fromhex(token))


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=False))


def _signature(body: str, secret: bytes) -> str:
    return hmac.new(secret, body.encode(), sha256).hexdigest()[:32]
