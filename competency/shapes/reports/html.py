"""The report as one HTML page that needs nothing else: no script, no file, no network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from competency.ontology.terms import shorten
from competency.shapes.report import Report
from competency.shapes.reports.gathering import gather
from competency.shapes.reports.style import STYLE
from competency.shapes.reports.telling import (
    counted,
    headline,
    place_text,
    plain,
    since_text,
    value_text,
    where,
)
from competency.shapes.result import Result

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def write_html(report: Report) -> str:
    """Return the report as a page; everything that comes from data is escaped.

    >>> write_html(Report(())).startswith("<!doctype html>")
    True
    """
    return "\n".join([*_head(report), *_body(report), "</body>", "</html>", ""])


def _head(report: Report) -> Iterator[str]:
    yield "<!doctype html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield f"<title>{_text(headline(report).answer)} Validation report</title>"
    yield f"<style>{STYLE}</style>"
    yield "</head>"


def _body(report: Report) -> Iterator[str]:
    gathered = gather(report)
    yield "<body>"
    yield "<header>"
    yield from _answer(report)
    yield "</header>"
    yield "<main>"
    if len(report):
        yield from _first(report.results[0])
    if gathered.parts:
        yield '<section aria-labelledby="parts">'
        yield '<h2 id="parts">Part by part, the worst first</h2>'
        for number, results in enumerate(gathered.parts, 1):
            yield from _part(number, results)
        yield "</section>"
    if gathered.repeats:
        yield '<section aria-labelledby="rules">'
        yield '<h2 id="rules">Rules that many parts break</h2>'
        for number, results in enumerate(gathered.repeats, 1):
            yield from _repeat(number, results)
        yield "</section>"
    yield "</main>"
    yield "<footer><p>Validation report of competency. Each rule links to its page.</p></footer>"


def _answer(report: Report) -> Iterator[str]:
    tone = "good" if not len(report) else report.results[0].severity.value
    answer = headline(report).answer
    yield f'<h1 class="answer {tone}">{_text(answer.partition(":")[0].partition(",")[0])}</h1>'
    found = [(severity, count) for severity, count in report.counts.items() if count]
    if found:
        items = (f'<li class="{s.value}">{counted(s, count)}</li>' for s, count in found)
        yield f'<ul class="counts">{"".join(items)}</ul>'
    if since := since_text(report):
        yield f'<p class="since">{_text(since)}</p>'


def _first(result: Result) -> Iterator[str]:
    yield f'<section class="first {result.severity.value}" aria-labelledby="first">'
    yield '<h2 id="first">First to mend</h2>'
    within = f" in {_said(place_text(result))}" if result.place else ""
    named, message = _said(plain(result.name)), _said(plain(result.message))
    yield f"<p>{_where(result)}{named}{within}: {message}</p>"
    if result.fix:
        yield f"<p><strong>Fix:</strong> {_said(plain(result.fix))}</p>"
    yield "</section>"


def _part(number: int, results: Sequence[Result]) -> Iterator[str]:
    first = results[0]
    yield f'<article id="part-{number}" class="{first.severity.value}">'
    yield f"<h3>{_said(plain(first.name))}</h3>"
    if first.place:
        yield f'<p class="place">in {_said(place_text(first))}</p>'
    if shorten(first.focus) != first.name:
        yield f'<p class="iri"><code>{_text(plain(first.focus))}</code></p>'
    yield '<ul class="results">'
    for result in results:
        yield f'<li class="{result.severity.value}">'
        message = f'<span class="said">{_said(plain(result.message))}</span>'
        yield f"<p>{_tag(result)} {_where(result)}{message}</p>"
        yield from _advice(result, value_text(result))
        yield "</li>"
    yield "</ul>"
    yield "</article>"


def _advice(result: Result, value: str = "") -> Iterator[str]:
    rule = _said(plain(result.rule))
    if result.documentation:
        rule = f'<a href="{_text(result.documentation)}">{rule}</a>'
    found = f"<dt>Found</dt><dd>{_said(value)}</dd>" if value else ""
    fix = f"<dt>Fix</dt><dd>{_said(plain(result.fix))}</dd>" if result.fix else ""
    yield f"<dl>{found}{fix}<dt>Rule</dt><dd>{rule}</dd></dl>"


def _repeat(number: int, results: Sequence[Result]) -> Iterator[str]:
    """Give a rule once, and the parts that break it."""
    first, parts = results[0], len({result.focus for result in results})
    alike = len({result.message for result in results}) == 1
    said = plain(first.message if alike else first.rule)
    yield f'<article id="rule-{number}" class="{first.severity.value}">'
    yield f"<h3>{_tag(first)} {_said(said)}</h3>"
    yield f'<p class="place">{parts:,} parts</p>'
    yield from _advice(first)
    yield '<ul class="parts">'
    for result in results:
        place = (
            f' <span class="place">in {_said(place_text(result))}</span>' if result.place else ""
        )
        told = [] if alike else [f"<br>{_said(plain(result.message))}"]
        if value := value_text(result):
            told.append(f'<br><span class="place">Found:</span> {_said(value)}')
        yield f"<li>{_where(result)}{_said(plain(result.name))}{place}{''.join(told)}</li>"
    yield "</ul>"
    yield "</article>"


def _tag(result: Result) -> str:
    return f'<span class="tag">{result.severity.value}</span>'


def _where(result: Result) -> str:
    place = where(result)
    return f"<code>{_text(place)}</code> " if place else ""


def _said(text: str) -> str:
    """Return words from data or rules, which may run in either direction."""
    return f"<bdi>{_text(text)}</bdi>"


def _text(text: str) -> str:
    return escape(text)
