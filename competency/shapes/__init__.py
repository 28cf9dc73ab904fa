"""Whether a framework is valid: the rules of ``shapes/*.ttl`` run over data, told in plain words.

A *no* is a value: :func:`validate` returns a :class:`Report`, and the report lists what was found.
"""

from __future__ import annotations

from competency.shapes.engine import Compiled, Data, compile_shapes
from competency.shapes.loading import load_shapes
from competency.shapes.report import Report
from competency.shapes.result import Location, Result, Severity
from competency.shapes.validation import Engine, validate

__all__ = [
    "Compiled",
    "Data",
    "Engine",
    "Location",
    "Report",
    "Result",
    "Severity",
    "compile_shapes",
    "load_shapes",
    "validate",
]
