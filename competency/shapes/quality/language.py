"""Whether a text is in the language of its tag: told only when it is plainly in another one."""

from __future__ import annotations

import re
from collections import Counter

from competency.shapes.quality.scripts import SCRIPT_NAMES, letters_of, scripts_of
from competency.shapes.quality.words import NAMES, SAME, kin_of, languages_of

_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:-[^\W\d_]+)*(?:'(?:[rw]\b)?)?(?![\d_])")
_OTHER_SCRIPT = re.compile(r"-(?!Han[st])[A-Za-z]{4}(?:-|$)")
# How many small words a language needs to be heard, and of how many of a text's words.
_LEAST, _SHARE = 3, 0.25
_LATIN = frozenset({"Latin"})


def other_language(text: str, language: str | None) -> str | None:
    """Return what language a text reads like and which its tag says, when the two differ.

    ``None`` when they agree, when the text has no tag, and whenever there is doubt: a text is
    judged by its script and by its small words (the, der, les ...), of which a title of three
    words has too few. Languages that are close to each other are not told apart.

    >>> other_language("The person checks the seam before the next layer is laid.", "de")
    'English, though it is tagged as German (de)'
    >>> other_language("The person checks the seam before the next layer is laid.", "en-GB") is None
    True
    """
    if not language:
        return None
    base = language.lower().partition("-")[0]
    tagged = SAME.get(base, base)
    found = _by_words(text, tagged)
    if found is None and not text.isascii() and not _OTHER_SCRIPT.search(language):
        found = _by_script(text, tagged)
    if found is None:
        return None
    name = NAMES.get(tagged)
    return f"{found}, though it is tagged as {f'{name} ({language})' if name else language}"


def _by_words(text: str, tagged: str) -> str | None:
    """Return the language that has clearly more of the small words than the tagged one."""
    if tagged not in NAMES and scripts_of(tagged) is None:
        return None
    known = languages_of()
    words = _WORD.findall(text.lower().replace("’", "'"))
    heard = Counter(language for word in set(words) for language in known.get(word, ()))
    mine = heard[tagged]
    most = max(heard.values(), default=0)
    few = most == _LEAST - 1 and not mine
    if (most < _LEAST + mine and not few) or most < _SHARE * len(words):
        return None
    best = sorted(language for language, count in heard.items() if count == most)
    if (few and len(best) > 1) or kin_of(tagged).intersection(best):
        return None
    return " or ".join(NAMES[one] for one in best[:2])


def _by_script(text: str, tagged: str) -> str | None:
    """Return what a text is that has hardly a letter of the tagged language's script."""
    scripts = scripts_of(tagged) or (_LATIN if tagged in NAMES else None)
    letters = letters_of(text)
    if scripts is None or not letters:
        return None
    if "Kana" not in scripts and letters["Kana"] >= 3:
        letters["Kana"] += letters.pop("Han", 0)  # Japanese is written in both
    script, count = letters.most_common(1)[0]
    mine = sum(letters[one] for one in scripts)
    if script in scripts or script == "Latin" or count < 6 or mine > 0.3 * letters.total():
        return None
    return SCRIPT_NAMES[script]
