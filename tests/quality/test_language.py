"""Languages: told only when plain, and never from a title of three words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some
from rdflib import RDFS, Literal

from competency import KnowledgeGraph
from competency.ontology.terms import COMP
from competency.shapes.quality import CHECKS
from competency.shapes.quality.language import other_language
from competency.shapes.quality.scripts import letters_of, scripts_of
from competency.shapes.quality.words import NAMES, kin_of, languages_of

# One sentence of a trade in each language, as its tag says.
SENTENCES = {
    "bg": "Проверява дали ръбът е чист и съобщава за повредите на другите, преди да се продължи.",
    "cs": "Kontroluje, že svar je čistý, a hlásí závady, které najde při práci na lodi.",
    "cy": "Mae'n gwirio bod y sêm yn lân cyn i'r gwaith fynd ymlaen gyda eraill.",
    "da": "Kontrollerer, at svejsningen er ren, og at den ikke har fejl, før der arbejdes videre.",
    "de": "Prüft die Naht mit der Lehre und meldet Fehler, bevor die nächste Lage folgt.",
    "el": "Ελέγχει τη ραφή με το όργανο και δεν συνεχίζει πριν από την επισκευή της.",
    "en": "Checks the seam with the gauge and reports faults before the next layer is laid.",
    "es": "Comprueba la costura con el calibre y no sigue antes de que los fallos se corrijan.",
    "fi": "Tarkistaa että sauma on puhdas ja ilmoittaa viat ennen kuin työ jatkuu sen jälkeen.",
    "fr": "Contrôle la soudure avec le gabarit et signale les défauts avant que la suite soit posée.",
    "hu": "Ellenőrzi, hogy a varrat tiszta, és jelzi a hibát, ha az nem felel meg.",
    "it": "Controlla il cordone con la dima e segnala i difetti prima che il lavoro continui.",
    "nl": "Controleert de naad met de mal en meldt fouten voordat er aan de volgende laag wordt gewerkt.",
    "pl": "Sprawdza, czy spoina jest czysta, i zgłasza wady, które znajduje podczas pracy na statku.",
    "pt": "Verifica a solda com o gabarito e não continua antes que os defeitos sejam corrigidos.",
    "ru": "Проверяет шов и не продолжает работу, если он не чист или на нём есть трещины.",
    "sv": "Kontrollerar att fogen är ren och att den inte har fel innan arbetet går vidare.",
    "tr": "Dikişin temiz olup olmadığını bir mastar ile denetler ve hata için haber verir.",
    "vi": "Kiểm tra mối hàn và báo lỗi cho người khác trước khi làm lớp được hàn sau.",
}
SIGNS = {
    "ar": "يفحص اللحام قبل الطبقة التالية",
    "he": "בודק את התפר לפני השכבה הבאה",
    "hi": "अगली परत से पहले जोड़ की जाँच करता है",
    "ja": "次の層を置く前に継ぎ目を確認する",
    "ko": "다음 층을 쌓기 전에 이음매를 확인한다",
    "th": "ตรวจรอยเชื่อมก่อนวางชั้นถัดไป",
    "zh": "在铺设下一层之前检查焊缝是否合格",
}


@pytest.mark.parametrize(("tag", "text"), [*SENTENCES.items(), *SIGNS.items()])
def test_a_sentence_in_the_language_of_its_tag_passes(tag: str, text: str) -> None:
    assert other_language(text, tag) is None


@pytest.mark.parametrize("tag", ["de", "fr", "nl", "es", "cy", "ja", "ru"])
def test_an_english_sentence_is_told_whatever_its_tag(tag: str) -> None:
    said = other_language(SENTENCES["en"], tag)
    assert said is not None and said.startswith("English, though it is tagged as")
    assert said.endswith(f"({tag})" if tag != "ja" else "ja")


@pytest.mark.parametrize("tag", sorted(SENTENCES))
def test_a_sentence_of_any_language_is_told_when_it_is_tagged_as_english(tag: str) -> None:
    said = other_language(SENTENCES[tag], "en")
    assert said is None if tag == "en" else said is not None and NAMES[tag] in said


@pytest.mark.parametrize("tag", sorted(SIGNS))
def test_a_sentence_in_other_letters_is_told_when_it_is_tagged_as_english(tag: str) -> None:
    said = other_language(SIGNS[tag], "en")
    assert said is not None and said.endswith(", though it is tagged as English (en)")


def test_japanese_is_told_from_chinese_by_its_own_letters() -> None:
    said = other_language(SIGNS["ja"], "zh-Hans")
    assert said == "Japanese, though it is tagged as zh-Hans"


@pytest.mark.parametrize(
    "text", ["Client service", "Safety", "", "   ", "42", "!!!", "CASE 1.1", "Plan Do Check Act"]
)
@pytest.mark.parametrize("tag", ["fr", "de", "ja", "ru"])
def test_what_is_too_short_to_be_judged_passes(text: str, tag: str) -> None:
    assert other_language(text, tag) is None


@pytest.mark.parametrize("tag", [None, "", "x-private", "tlh", "mul", "en-GB", "EN", "en-x-old"])
def test_a_text_without_a_tag_or_with_one_that_is_not_known_passes(tag: str | None) -> None:
    assert other_language(SENTENCES["en"], tag) is None


@pytest.mark.parametrize(("tag", "near"), [("da", "nb"), ("cs", "sk"), ("es", "pt"), ("ru", "uk")])
def test_languages_that_are_close_are_not_told_apart(tag: str, near: str) -> None:
    assert other_language(SENTENCES[tag], near) is None
    assert near in kin_of(tag)


def test_the_name_of_the_tag_that_is_kept_for_an_older_one_is_known() -> None:
    assert other_language("Kontrollerer at sveisen er ren, og at den ikke har feil.", "no") is None


def test_an_identifier_is_no_text() -> None:
    assert other_language("b3bac9da-2988-11e9-89ec-a7ed6f798df9", "en") is None


def test_a_script_that_the_tag_itself_names_is_believed() -> None:
    assert other_language(SIGNS["ja"], "en-Jpan") is None
    assert other_language("Pismo koje je na latinici i nije na ćirilici.", "sr-Latn") is None


def test_a_foreign_word_or_two_do_not_matter() -> None:
    assert other_language("Uses the Kanban (看板方式) board of the team every day.", "en") is None
    assert other_language("Nutzt das „Train the Trainer“ der Firma für die Schulung.", "de") is None


def test_letters_are_counted_by_script_and_unknown_ones_not_at_all() -> None:
    assert letters_of("plain") == {"Latin": 5}
    assert letters_of("ꦄꦏ") == {}
    assert scripts_of("tlh") is None


def test_every_listed_language_has_a_name_and_words_of_its_own() -> None:
    only = {languages[0] for languages in languages_of().values() if len(languages) == 1}
    assert only == set(NAMES)


def test_nothing_that_is_shipped_is_called_another_language() -> None:
    texts = 0
    for graph in KnowledgeGraph.shipped().graphs():
        for _, property_, text in graph.graph:
            if property_ in (COMP.text, RDFS.label) and isinstance(text, Literal):
                assert other_language(str(text), text.language) is None
                texts += 1
    assert texts > 300


@given(some.text(max_size=200), some.sampled_from([*NAMES, "ja", "zh", "xx", "en-GB", "sr"]))
def test_no_text_whatever_is_an_error(text: str, tag: str) -> None:
    for check in CHECKS.values():
        answer = check(text, tag)
        assert answer is None or answer
