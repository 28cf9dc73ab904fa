"""The report as JSON: the answer, the counts, and each result under fixed keys."""

from __future__ import annotations

import json

from competency.shapes.fingerprint import fingerprint
from competency.shapes.report import Report
from competency.shapes.reports.steady import steady


def report_dict(report: Report) -> dict[str, object]:
    """Return the report as plain values, the same for the same data.

    >>> report_dict(Report(()))["counts"]
    {'violation': 0, 'warning': 0, 'info': 0}
    """
    told = steady(report)
    since = report.since
    return {
        "conforms": told.conforms,
        "counts": {severity.value: count for severity, count in told.counts.items()},
        **({"since": {"known": since.known, "mended": since.mended}} if since else {}),
        "results": [result.to_dict() | {"fingerprint": fingerprint(result)} for result in told],
    }


def write_json(report: Report) -> str:
    """Return the report as a JSON document.

    >>> write_json(Report(())).splitlines()[1]
    '  "conforms": true,'
    """
    return json.dumps(report_dict(report), indent=2, ensure_ascii=False) + "\n"
