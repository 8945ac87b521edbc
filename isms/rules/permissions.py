"""Permissions: what a role may do. One enum per area; together they are the table that `isms permissions` prints."""

from __future__ import annotations

from isms.rules.roles import Role
from isms.rules.terms import Term


class Permission(Term):
    """A right with its label and the roles that have it: `VIEW = "assets:view", N_("…"), Role.IT`."""

    roles: frozenset[Role]

    def __new__(cls, value: str, label: str = "", *roles: Role) -> Permission:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.roles = frozenset(roles)
        return member
