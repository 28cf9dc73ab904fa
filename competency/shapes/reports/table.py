"""The one table of the formats of reports, and the one function that writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath
from types import MappingProxyType

from competency.formats import Format, by_name
from competency.shapes.report import Report
from competency.shapes.reports.csv import write_csv
from competency.shapes.reports.html import write_html
from competency.shapes.reports.json import write_json
from competency.shapes.reports.jsonld import write_jsonld
from competency.shapes.reports.junit import write_junit
from competency.shapes.reports.sarif import write_sarif
from competency.shapes.reports.steady import steady
from competency.shapes.reports.text import write_text
from competency.shapes.reports.turtle import write_turtle

REPORT_FORMATS: Mapping[Format, Callable[[Report], str]] = MappingProxyType(
    {
        Format("text", "Text", ("text/plain",), (".txt",)): write_text,
        Format("json", "JSON", ("application/json",), (".json",)): write_json,
        Format("turtle", "SHACL, Turtle", ("text/turtle",), (".ttl",)): write_turtle,
        Format("jsonld", "SHACL, JSON-LD", ("application/ld+json",), (".jsonld",)): write_jsonld,
        Format("html", "HTML page", ("text/html",), (".html", ".htm")): write_html,
        Format("csv", "CSV", ("text/csv",), (".csv",)): write_csv,
        Format("junit", "JUnit XML", ("application/xml", "text/xml"), (".xml",)): write_junit,
        Format("sarif", "SARIF 2.1.0", ("application/sarif+json",), (".sarif",)): write_sarif,
    }
)


def report_formats() -> tuple[Format, ...]:
    """Return the formats a report can be written in, text first.

    >>> [format.name for format in report_formats()][:3]
    ['text', 'json', 'turtle']
    """
    return tuple(REPORT_FORMATS)


def report_format_of(path: str | PurePath) -> Format | None:
    """Return the format that the suffix of a file names, or None.

    >>> report_format_of("report.sarif.json").name, report_format_of("report")
    ('sarif', None)
    """
    suffixes = [suffix.lower() for suffix in PurePath(path).suffixes]
    wanted = ".sarif" if suffixes[-2:] == [".sarif", ".json"] else "".join(suffixes[-1:])
    return next((row for row in REPORT_FORMATS if wanted in row.suffixes), None)


def write_report(report: Report, format: str) -> str:
    """Return a report in the format of this name; the same results give the same text.

    FormatError lists the formats there are.

    >>> from competency.shapes import Report
    >>> write_report(Report(()), "csv").startswith("severity,file,line,column")
    True
    """
    row = by_name(format, REPORT_FORMATS)
    return REPORT_FORMATS[row](steady(report))
