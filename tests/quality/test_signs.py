"""Signs: what was meant is said, what cannot be seen is named, and what is in order passes."""

from __future__ import annotations

import pytest
from rdflib import Literal

from competency import KnowledgeGraph
from competency.shapes.quality.hidden import hidden_sign
from competency.shapes.quality.mojibake import mojibake
from tests.quality.common import found, item, part

SENTENCES = [
    "Prüft größere Nähte für die Kunden – „täglich“.",
    "Contrôle l’état de la soudure à l’arrivée…",
    "Señala los daños y enseña cómo evitarlos.",
    "Naprawia źle położone spoiny według zasad bezpieczeństwa.",
    "Проверяет шов перед работой.",
    "次の層を置く前に継ぎ目を確認する",
]


@pytest.mark.parametrize("text", SENTENCES)
def test_text_in_order_passes(text: str) -> None:
    assert mojibake(text) is None


@pytest.mark.parametrize("text", SENTENCES)
def test_utf_8_that_was_read_as_latin_1_is_told(text: str) -> None:
    assert mojibake(text.encode("utf-8").decode("latin-1")) is not None


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("Prüft fÃ¼r Kunden", "für"),
        ("cÃ´tÃ©", "côté"),
        ("lâ€™accueil", "l’accueil"),
        ("5 â€“ 7 mm", "–"),
        ("Â£5", "£5"),
        ("Ã‰cole", "École"),
        ("æ—¥æœ¬", "日本"),
    ],
)
def test_what_was_meant_is_said(wrong: str, meant: str) -> None:
    assert str(mojibake(wrong)).endswith(f"was probably “{meant}”")


@pytest.mark.parametrize(
    "text",
    ["MANHÃ»", "„MENÜ“", "«À la carte»", "Ünïcödé", "5 °C ± 2 €", "naïve café", "ÄÖÜ", "São Paulo"],
)
def test_rare_but_rightful_signs_pass(text: str) -> None:
    assert mojibake(text) is None


@pytest.mark.parametrize("text", ["grades 9\ufffd10", "l?accueil des clients"])
def test_signs_that_were_lost_are_told(text: str) -> None:
    assert str(mojibake(text)).endswith("has probably lost a sign")


@pytest.mark.parametrize(
    "text", ["Is it safe? It is.", "https://example.org/a?b=c", "Why?", "?", "5?6", "and/or?x"]
)
def test_a_question_or_an_address_has_lost_nothing(text: str) -> None:
    assert mojibake(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("infor\u00admation", "a soft hyphen (U+00AD) after “infor”"),
        ("\ufeffWeld", "a byte order mark (U+FEFF) at the beginning"),
        ("Weld \uf0b7 cut", "a sign of a private font (U+F0B7) after “Weld”"),
        ("Weld\x07", "a control character (U+0007) after “Weld”"),
    ],
)
def test_a_sign_that_cannot_be_seen_is_named_with_its_place(text: str, name: str) -> None:
    assert hidden_sign(text) == name


@pytest.mark.parametrize("text", ["Weld\n\tand cut", "می‌خواهم", "क्‍ष", "a\u00a0b", "", "👩‍🔧"])
def test_line_breaks_joiners_and_fixed_spaces_are_no_hidden_signs(text: str) -> None:
    assert hidden_sign(text) is None


def test_the_signs_of_all_that_is_shipped_are_in_order() -> None:
    for graph in KnowledgeGraph.shipped().graphs():
        for text in graph.graph.objects():
            if isinstance(text, Literal):
                assert mojibake(str(text)) is None and hidden_sign(str(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "Weld the <b>seam</b>.",
        "Weld.<br />",
        "Gas &nbsp;",
        "R&#38;D",
        "**Weld** it",
        "[x](http://a)",
    ],
)
def test_markup_is_told(text: str) -> None:
    assert found("MarkupInText", item("a", text)) == ["a"]


@pytest.mark.parametrize(
    "text", ["R&D; plans", "gaps < 2 mm > 1 mm", "5 * 3 ** 2", "f[0](x)", "a & b"]
)
def test_signs_that_are_no_markup_pass(text: str) -> None:
    assert found("MarkupInText", item("a", text)) == []


@pytest.mark.parametrize("text", [" Weld", "Weld ", "Weld  it", "Weld , cut", "Weld\\t\\tit"])
def test_odd_spaces_are_told(text: str) -> None:
    assert found("OddSpaces", item("a", text)) == ["a"]


@pytest.mark.parametrize("text", ["Weld.  Cut.", "Weld : cut", "Weld\\nit", "Plan ... , cut"])
def test_spaces_that_people_write_on_purpose_pass(text: str) -> None:
    assert found("OddSpaces", item("a", text)) == []


@pytest.mark.parametrize(
    "text", ["TBD", "tbc.", "To be confirmed", "XXX", "???", "-", "NULL", "#N/A"]
)
def test_placeholders_are_told(text: str) -> None:
    assert found("PlaceholderText", item("a", text)) == ["a"]


@pytest.mark.parametrize(
    "text", ["None", "Nil", "Not applicable", "X", "To do the accounts", "Testing"]
)
def test_short_texts_that_documents_print_are_no_placeholders(text: str) -> None:
    assert found("PlaceholderText", part("a", "Note", f'comp:text "{text}"@en')) == []
