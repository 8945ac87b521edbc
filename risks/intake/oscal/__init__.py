"""Reading OSCAL files: bytes become a catalogue, or a sentence that says why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from isms.intake import Unreadable
from isms.intake.strict_json import read_json
from isms.rules.terms import Term
from isms.rules.texts import N_
from risks.intake.oscal.defects import Defect, compare
from risks.intake.oscal.flatten import flatten
from risks.intake.oscal.shapes import Catalog, ComponentDefinition
from risks.rules.catalogue import Catalogue


class Kind(Term):
    """What an OSCAL file is, by its outermost member. Only catalogues are read so far."""

    PROFILE = "profile", N_("ein Profil")
    MAPPING = "mapping-collection", N_("eine Zuordnungstabelle")
    COMPONENTS = "component-definition", N_("eine Komponentendefinition")
    SECURITY_PLAN = "system-security-plan", N_("ein Sicherheitskonzept")
    ASSESSMENT_PLAN = "assessment-plan", N_("ein Prüfplan")
    RESULTS = "assessment-results", N_("ein Prüfergebnis")
    MILESTONES = "plan-of-action-and-milestones", N_("ein Umsetzungsplan")


ROOTS = frozenset(kind.value for kind in Kind)


@dataclass(frozen=True)
class Reading:
    """A catalogue with what its schema does not allow and what is doubtful in it."""

    catalogue: Catalogue
    defects: list[Defect]
    warnings: list[Defect]


def read(content: bytes) -> Reading:
    """Read a catalogue. Raises Unreadable for anything else, naming what it is and where it breaks."""
    tree = read_json(content)
    root = _root(tree)
    if root != "catalog":
        raise _not_a_catalogue(root, tree[root])
    catalog, defects = compare(tree[root], Catalog)
    if catalog is None:
        raise Unreadable(
            N_("Dieser Katalog ist nicht zu lesen: Was bei {place} steht oder fehlt, passt nicht zu OSCAL."),
            place=_place("catalog", defects),
        )
    flat = flatten(catalog)
    if not flat.catalogue.requirements:
        raise Unreadable(N_("Dieser Katalog enthält keine Anforderungen, die zu lesen sind."))
    return Reading(flat.catalogue, defects, flat.warnings)


def _root(tree: Any) -> str:
    """The one member that says what kind of OSCAL document this is."""
    members = [name for name in tree if name != "$schema"] if isinstance(tree, dict) else []
    if len(members) != 1 or members[0] not in {"catalog", *ROOTS}:
        raise Unreadable(
            N_(
                "Das ist keine OSCAL-Datei: Ganz außen muss genau ein Element wie „catalog“ stehen, "
                "gefunden wurde: {members}."
            ),
            members=", ".join(members[:5]) or "–",
        )
    return str(members[0])


def _not_a_catalogue(root: str, body: object) -> Unreadable:
    """What the file is, and for component definitions also where they break their schema."""
    defects = compare(body, ComponentDefinition)[1] if root == "component-definition" else []
    values = {"kind": Kind(root), "title": _title(body)}
    if not defects:
        return Unreadable(
            N_("Die Datei ist {kind} („{title}“). Eingelesen werden Kataloge; ihr oberstes Element heißt „catalog“."),
            **values,
        )
    return Unreadable(
        N_(
            "Die Datei ist {kind} („{title}“). Eingelesen werden Kataloge; ihr oberstes Element heißt „catalog“. "
            "Außerdem weicht sie von ihrem Schema ab. Fehlerstellen: {count}, die erste ist {place}."
        ),
        **values,
        count=len(defects),
        place=defects[0].place,
    )


def _title(body: object) -> str:
    about = body.get("metadata") if isinstance(body, dict) else None
    title = about.get("title") if isinstance(about, dict) else None
    return title if isinstance(title, str) else "–"


def _place(root: str, defects: Sequence[Defect]) -> str:
    return f"{root}.{defects[-1].place}".rstrip(".")
