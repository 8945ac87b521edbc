"""Marking German texts for translation where they are written; they are translated where they meet a reader."""


def N_(text: str) -> str:
    """Mark a text for the translation catalogue and hand it back unchanged."""
    return text
