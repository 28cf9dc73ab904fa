"""How the sentences begin that we write where a standard has no term: for writing and reading.

They are English and tagged so; only the warning before an unhelpful behaviour is in the language
of its text, where that is one of a few.
"""

from __future__ import annotations

WORDING = {
    "Reworded": "The text is reworded; it is not to be quoted as the publisher's.",
    "Verbatim": "The text is word for word that of the source.",
}
TITLE_REWORDED = "The title is reworded."
REPAIRED = "The text as extracted from the source had to be "
ASPECT = "Asks for "
NOTICES = (
    ("comp:notStated", "Not stated in the source"),
    ("comp:inferred", "Inferred, not printed in the source"),
    ("comp:added", "Added, not from the source"),
)
UNHELPFUL = {
    "de": "Unerwünschtes Verhalten: ",
    "en": "Unhelpful behaviour: ",
    "es": "Conducta que se debe evitar: ",
    "fr": "Comportement à éviter : ",
    "it": "Comportamento da evitare: ",
    "nl": "Ongewenst gedrag: ",
    "zh": "不当行为:",
}
AUDIENCE, PRINTED, LAW = "Audience", "Also printed as", "Refers to"
CREDIT, DOUBT, SOURCE = "Credit", "Doubt", "Source"
# In front of what our other words say of a part: of these, other people begin a sentence as well.
PLAIN = (ASPECT, *(f"{word}: " for word in (AUDIENCE, PRINTED, LAW, CREDIT, DOUBT, SOURCE)))


def warned(text: str) -> str | None:
    """Return an unhelpful behaviour without the warning before it; None for any other text.

    >>> warned("Unhelpful behaviour: Talks over people."), warned("Talks over people.")
    ('Talks over people.', None)
    """
    start = next((start for start in UNHELPFUL.values() if text.startswith(start)), None)
    rest = "" if start is None else text.removeprefix(start)
    return rest if rest.strip() else None
