"""Language tags (BCP 47): which of several suits a reader, and which way each is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_LONGEST = 35  # signs; RFC 5646, section 4.4.1, asks software to take that many
# The scripts that are written from right to left, by their codes in ISO 15924.
_RIGHT_TO_LEFT = frozenset(
    ("Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi")
)


def is_tag(text: str) -> bool:
    """Say whether a text has the form of a language tag (RFC 5646, section 2.1).

    >>> is_tag("zh-Hant-HK"), is_tag("../fr"), is_tag("*")
    (True, False, False)
    """
    return len(text) <= _LONGEST and _TAG.fullmatch(text) is not None


def primary(tag: str) -> str:
    """Return the language of a tag without script and region.

    >>> primary("fr-CA")
    'fr'
    """
    return tag.partition("-")[0].lower()


def best(wanted: Iterable[str], available: Sequence[str]) -> str | None:
    """Return the available tag that suits best, or None (RFC 4647, section 3.4, "Lookup").

    The order of ``wanted`` decides. For each of its tags the same tag is best, then one of the
    same language and script, then one of the same language.

    >>> best(["de", "zh-TW", "en"], ["en", "zh-Hans", "zh-Hant"])
    'zh-Hant'
    """
    for tag in wanted:
        same = [item for item in available if primary(item) == primary(tag)]
        if same:
            return min(same, key=lambda item: _distance(tag, item))
    return None


def _distance(tag: str, item: str) -> int:
    return 0 if item.lower() == tag.lower() else 1 if script(item) == script(tag) else 2


@lru_cache(maxsize=256)
def script(tag: str) -> str:
    """Return the script that a tag names or implies (ISO 15924), an empty text if none is known.

    >>> script("az-Arab"), script("zh-HK"), script("he"), script("qaa")
    ('Arab', 'Hant', 'Hebr', '')
    """
    language, *rest = tag.split("-")
    if named := next((part for part in rest if len(part) == 4 and part.isalpha()), None):
        return named.title()
    likely = get_global("likely_subtags")
    regions = (part.upper() for part in rest if len(part) in (2, 3))
    names = [f"{language.lower()}_{region}" for region in regions]
    found = next((likely[name] for name in [*names, language.lower()] if name in likely), "")
    return next((str(part) for part in found.split("_")[1:] if len(part) == 4), "")


def direction(tag: str) -> str:
    """Return ``rtl`` or ``ltr`` for a tag, ``auto`` where nothing is known of its script.

    >>> direction("ar"), direction("fr-CA"), direction("")
    ('rtl', 'ltr', 'auto')
    """
    known = script(tag)
    return "rtl" if known in _RIGHT_TO_LEFT else "ltr" if known else "auto"


def own_name(tag: str) -> str:
    """Return the name of a language in that language, or the tag where it is not known.

    >>> own_name("fr"), own_name("qaa")
    ('Français', 'qaa')
    """
    try:
        name = Locale.parse(tag, sep="-").get_display_name() or tag
    except (UnknownLocaleError, ValueError):
        return tag
    return name[0].upper() + name[1:]
