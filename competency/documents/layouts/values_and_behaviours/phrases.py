"""The fixed phrases of the family, and when two wordings are one."""

from __future__ import annotations

import re

_BAD = (
    r"(?:unhelpful|ineffective|negative|undesirable|unacceptable|unproductive"
    r"|counter-?productive|less\s(?:helpful|effective))"
)
_WHAT = r"(?:behaviou?rs?|behaviou?ral\s(?:indicators?|descriptors?|statements?)|indicators?)"
_GOOD = r"(?:(?:helpful|effective|positive|expected|desired|key)\s)?"
_BETWEEN = r"(?:\s?:|\s[\u2013\u2014-])\s"
_UNHELPFUL = (
    re.compile(
        rf"(?:examples\sof\s)?{_BAD}\s{_WHAT}"
        rf"(?:(?:\sfor|\s?:|\s[\u2013\u2014-])\s(?P<name>\S.*?)|\s\((?P<inside>[^()]+)\))?"
        r"\s?[:.]?",
        re.I,
    ),
    re.compile(rf"(?P<name>\S.*?){_BETWEEN}{_BAD}\s{_WHAT}\s?[:.]?", re.I),
)
_GROUP = (
    re.compile(
        rf"(?P<name>\S.*?){_BETWEEN}{_GOOD}(?:{_WHAT}|(?:behaviou?ral\s)?descriptors?)\s?[:.]?",
        re.I,
    ),
    re.compile(
        rf"{_GOOD}(?:{_WHAT}|(?:behaviou?ral\s)?descriptors?)\sfor\s(?P<name>\S.*?)\s?[:.]?", re.I
    ),
)
_LEAD = re.compile(
    r"\b(?:by|to|that|means?|will|through|we|includ(?:es?|ing)|are|is|follows|following"
    r"|commitments?|must|should|when|in)\s?:$",
    re.I,
)
_BY = re.compile(r"\bby\s?:?$", re.I)
_CONTINUED = re.compile(
    r"(?<![\s(\[\u2013-])[\s(\[\u2013-]+(?:continued|cont['\u2019]?d|cont)[\s)\].:]*$", re.I
)
_PAGE = re.compile(r"(?:page|p|pg)?\W*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?", re.I)
_FOREIGN = re.compile(
    r"level\s\d|performance (?:criteria|requirements)\b|unit of competency|you must be able to",
    re.I,
)
_SMALL_WORDS = (
    "a an and as at by for from her his in into its of on or our own per that the their these this "
    "those to towards under upon via was were which while who with within without your"
)
_SMALL = frozenset(_SMALL_WORDS.split())
MOST_WORDS = 40


def key(text: str) -> str:
    """Return the words of a heading alone, so that case, quotes and stops do not matter.

    >>> key("'Can do' Culture: "), key("Others' interests (continued)")
    ('can do culture', 'others interests')
    """
    text = _CONTINUED.sub("", text).casefold().replace("&", " and ")
    return " ".join(re.findall(r"[^\W_]+", re.sub("['\u2019\u2018]", "", text)))


def unhelpful(text: str) -> tuple[int, int] | None:
    """Return where the name stands in the heading of an unhelpful list; (0, 0) without a name.

    >>> unhelpful("Unhelpful behaviours for Fairness:"), unhelpful("Ineffective behaviours")
    ((25, 33), (0, 0))
    """
    return _named(_UNHELPFUL, text)


def group(text: str) -> tuple[int, int] | None:
    """Return where the name stands in a heading such as 'Fairness: Behavioural Descriptors'."""
    return None if unhelpful(text) else _named(_GROUP, text)


def _named(patterns: tuple[re.Pattern[str], ...], text: str) -> tuple[int, int] | None:
    if len(text) > 200:
        return None
    text = _CONTINUED.sub("", text)
    for found in filter(None, (pattern.fullmatch(text) for pattern in patterns)):
        groups = found.groupdict()
        which = next((name for name in groups if groups[name]), "")
        return found.span(which) if which else (0, 0)
    return None


def is_lead_in(text: str) -> bool:
    """Say whether a line begins a sentence that the list under it ends."""
    return bool(_LEAD.search(text) or _BY.search(text))


def ends_in_by(text: str) -> bool:
    """Say whether a line is the lead-in '... by:' of a value."""
    return bool(_BY.search(text))


def is_page_number(text: str) -> bool:
    """Say whether a line is nothing but the number of a page."""
    return bool(_PAGE.fullmatch(text.strip(" \t-\u2013\u2014|·•.[]()")))


def is_foreign(text: str) -> bool:
    """Say whether a line is a fixed heading of another family."""
    return bool(_FOREIGN.match(text))


def dangles(text: str) -> bool:
    """Say whether a text cannot end here: after a comma, a hyphen, or a word such as 'of'."""
    last = re.search(r"([^\W\d_]+)$", text)
    cut = re.search(r"[,(/]$|\w-$|\s[\u2013\u2014&-]$", text)
    return bool(cut) or bool(last and last[1] in _SMALL)


def stems(text: str) -> frozenset[str]:
    """Return the words that carry the meaning, without their endings.

    >>> sorted(stems("Using our plans")) == sorted(stems("Use plans"))
    True
    """
    words = key(text).split()[:MOST_WORDS]
    return frozenset(_stem(word) for word in words if word not in _SMALL) or frozenset(words)


def trunk(key_of_text: str) -> str:
    """Return the words of a key in order, without their endings."""
    return " ".join(map(_stem, key_of_text.split()[:MOST_WORDS]))


def _stem(word: str) -> str:
    small = re.sub(r"(?:ing|ed|es|s|e)$", "", word) if len(word) > 2 else word
    return re.sub(r"([b-df-hj-np-tv-z])\1$", r"\1", small)[:7] or word
