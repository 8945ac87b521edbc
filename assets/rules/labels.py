"""Labels for devices: common sheets and rolls as data, and where on them each label lies. All lengths in mm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from isms.rules.terms import Term
from isms.rules.texts import N_

MOST_LABELS = 500
"""How many labels one file holds: more would keep a printer busy for an hour."""


class LabelFormat(Term):
    """By the size of one label, as it is printed on the box."""

    A4_70_36 = "70x36", N_("A4, 24 Etiketten, 70 × 36 mm")
    A4_63_38 = "63x38", N_("A4, 21 Etiketten, 63,5 × 38,1 mm")
    A4_48_25 = "48x25", N_("A4, 40 Etiketten, 48,5 × 25,4 mm")
    A4_38_21 = "38x21", N_("A4, 65 Etiketten, 38,1 × 21,2 mm")
    A4_105_57 = "105x57", N_("A4, 10 Etiketten, 105 × 57 mm")
    ROLL_57_32 = "57x32", N_("Rolle, 57 × 32 mm")
    ROLL_62_29 = "62x29", N_("Rolle, 62 × 29 mm")


@dataclass(frozen=True)
class Sheet:
    """A page with its grid of labels: from the left and top edge, label by label with gaps between them."""

    width: float
    height: float
    columns: int
    rows: int
    label_width: float
    label_height: float
    left: float = 0
    top: float = 0
    gap_x: float = 0
    gap_y: float = 0

    @property
    def labels(self) -> int:
        return self.columns * self.rows


@dataclass(frozen=True)
class Spot:
    """Where a label lies: the page, counted from 0, and its upper left corner."""

    page: int
    x: float
    y: float


SHEETS: Mapping[LabelFormat, Sheet] = {
    LabelFormat.A4_70_36: Sheet(210, 297, 3, 8, 70, 36, top=4.5),
    LabelFormat.A4_63_38: Sheet(210, 297, 3, 7, 63.5, 38.1, left=7.25, top=15.15, gap_x=2.5),
    LabelFormat.A4_48_25: Sheet(210, 297, 4, 10, 48.5, 25.4, left=8, top=21.5),
    LabelFormat.A4_38_21: Sheet(210, 297, 5, 13, 38.1, 21.2, left=4.75, top=10.7, gap_x=2.5),
    LabelFormat.A4_105_57: Sheet(210, 297, 2, 5, 105, 57, top=6),
    LabelFormat.ROLL_57_32: Sheet(57, 32, 1, 1, 57, 32),
    LabelFormat.ROLL_62_29: Sheet(62, 29, 1, 1, 62, 29),
}


def spot(sheet: Sheet, number: int, first: int = 1) -> Spot:
    """Where the label with this number (from 0) lies, row by row; the first page begins at its label `first` (from 1),
    because a sheet that was used before has lost some."""
    page, place = divmod(number + (first - 1) % sheet.labels, sheet.labels)
    row, column = divmod(place, sheet.columns)
    return Spot(
        page,
        sheet.left + column * (sheet.label_width + sheet.gap_x),
        sheet.top + row * (sheet.label_height + sheet.gap_y),
    )
