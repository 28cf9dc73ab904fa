"""The layouts that are known, one module each; ``outline`` reads what fits no other."""

from competency.documents.layouts import (
    competency_standards_unit,
    levelled_competency,
    numbered_catalogue,
    occupational_standard,
    outline,
    values_and_behaviours,
)
from competency.documents.layouts.layout import Layout as Layout

LAYOUTS: tuple[Layout, ...] = (
    numbered_catalogue.LAYOUT,
    levelled_competency.LAYOUT,
    competency_standards_unit.LAYOUT,
    occupational_standard.LAYOUT,
    values_and_behaviours.LAYOUT,
    outline.LAYOUT,
)
