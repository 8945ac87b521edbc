"""The small differences between the SQL of both engines."""

from functools import lru_cache


@lru_cache(maxsize=2048)
def native(sql: str, engine_type: str) -> str:
    """The same statement with the engine's own placeholders instead of `{}`; other braces stay what they are."""
    pieces = sql.split("{}")
    if engine_type == "sqlite":
        return "?".join(pieces)
    return pieces[0] + "".join(f"${number}{piece}" for number, piece in enumerate(pieces[1:], 1))
