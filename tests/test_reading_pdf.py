"""PDF as lines, wrapped ones made whole; and the real documents saved as PDF and as DOCX."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from competency.documents.document import Document
from competency.documents.reading import PDF, read_bytes, read_document

LONG = "Listens actively to clients and shows an understanding of what each of them may need today."


def pdf(pages: Iterable[Iterable[tuple[float, float, str]]], size: int = 10) -> bytes:
    """Return a PDF in Courier, of texts at their places: each sign is 0.6 of the size wide."""
    contents = [
        "\n".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET"
            for x, y, text in ((x, y, t.replace("(", r"\(").replace(")", r"\)")) for x, y, t in one)
        ).encode("cp1252")
        for one in pages
    ]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(contents):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {5 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return assembled(objects)


def assembled(objects: list[bytes], trailer: bytes = b"") -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R %s >>\n"
        b"startxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, trailer, len(data))
    )


def column(texts: Iterable[str], top: float = 750, x: float = 60) -> list[tuple[float, float, str]]:
    return [(x, top - 12 * number, text) for number, text in enumerate(texts)]


def printed(*pages: list[tuple[float, float, str]]) -> Document:
    return read_bytes(pdf(pages), "a.pdf")


def test_lines_of_a_pdf_and_their_pages() -> None:
    document = printed(column(["Level 1", "- Listens (well)"]), column(["Level 2"]))
    assert document.lines == ("Level 1", "- Listens (well)", "Level 2")
    assert document.pages == ("1", "1", "2")
    assert document.media_type == PDF


def test_a_line_wrapped_for_want_of_room_is_one_line_again() -> None:
    first, second = LONG[:80].rsplit(" ", 1)
    texts = ["Short heading", first, second + LONG[80:], "Next line"]
    assert printed(column(texts)).lines == ("Short heading", LONG, "Next line")


def test_a_line_that_ends_early_is_a_line_end() -> None:
    texts = [
        "Officers with this competency see things",
        "from the perspectives of customers",
        "x " * 39 + "y",
    ]
    assert printed(column(texts)).lines == tuple(texts)


def test_lines_that_are_all_short_are_all_line_ends() -> None:
    texts = [f"Level {number}" for number in range(1, 12)]
    assert printed(column(texts)).lines == tuple(texts)


def test_a_column_of_prose_with_a_wide_margin_to_its_right_is_unwrapped() -> None:
    words = (LONG + " ") * 6
    texts, rest = [], words.split()
    while rest:
        line = rest.pop(0)
        while rest and len(line) + 1 + len(rest[0]) <= 50:
            line += " " + rest.pop(0)
        texts.append(line)
    assert printed(column(texts)).lines == (words.strip(),)


def test_where_wraps_show_their_space_a_full_line_without_one_ends_there() -> None:
    wrapped = ["a" * 70 + " ", "bbbbbbbbbbb c", "c" * 70 + " ", "ddddddddddd e"]
    texts = [*wrapped, "f" * 76, "ggggggg", *wrapped]
    lines = printed(column(texts)).lines
    assert lines[2:4] == ("f" * 76, "ggggggg")
    assert lines[0] == "a" * 70 + " bbbbbbbbbbb c"


def test_a_full_line_before_a_bullet_or_number_ends_there() -> None:
    texts = ["x" * 80, "- " + "y" * 78, "12. " + "z" * 76, "# Heading"]
    assert printed(column(texts)).lines == tuple(texts)


def test_a_wrap_goes_on_over_the_page() -> None:
    document = printed(column(["Heading", "w " * 38 + "ww"]), column(["continued", "end"]))
    assert document.lines == ("Heading", "w " * 38 + "ww continued", "end")
    assert document.pages == ("1", "1", "2")


def test_heads_and_feet_of_pages_are_not_joined_with_the_text() -> None:
    def sheet(number: int) -> list[tuple[float, float, str]]:
        return [*column(["w" * 78, "v" * 78]), (60, 40, f"Page {number} " + "x" * 70)]

    lines = printed(sheet(1), sheet(2)).lines
    assert "Page 1 " + "x" * 70 in lines
    assert "Page 2 " + "x" * 70 in lines


def test_a_word_cut_at_its_hyphen_has_no_space_in_it() -> None:
    lines = printed(column(["w" * 70 + " customer-", "oriented-approaches"])).lines
    assert lines == ("w" * 70 + " customer-oriented-approaches",)


def test_a_gap_between_paragraphs_is_an_empty_line() -> None:
    texts = [*column(["a", "b"]), *column(["c", "d"], top=702), *column(["e"], top=654)]
    assert printed(texts).lines == ("a", "b", "", "", "c", "d", "", "", "e")


def test_a_wide_gap_is_a_tab_and_a_column_begins_with_one() -> None:
    rows = [(60, 750, "Title"), (160, 750, "Manage staff"), (60, 738, "Code"), (160, 738, "111 L3")]
    assert printed([*rows, (160, 726, "2. More")]).lines == (
        "Title\tManage staff",
        "Code\t111 L3",
        "\t2. More",
    )


def test_a_bullet_and_its_text_have_a_space_between() -> None:
    assert printed([(60, 750, "\u2022"), (80, 750, "Listens well")]).lines == (
        "\u2022 Listens well",
    )


def test_a_pdf_of_pictures_says_what_to_do() -> None:
    with pytest.raises(
        ValueError, match=r"a\.pdf: holds no text, only pictures \(a scan\?\); .*OCR"
    ):
        printed([])


def test_a_pdf_with_a_password_says_so() -> None:
    keys = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"ab" * 32 + b"> /U <" + b"cd" * 32
        + b"> >> /ID [<00><00>]"
    )  # fmt: skip
    locked = assembled(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"], keys
    )
    with pytest.raises(
        ValueError, match=r"a\.pdf: is protected by a password; save it without one"
    ):
        read_bytes(locked, "a.pdf")


def test_a_damaged_pdf_says_so() -> None:
    with pytest.raises(ValueError, match="damaged or cut-off PDF"):
        read_bytes(b"%PDF-1.7\n" + b"nonsense " * 50, "a.pdf")


def test_a_pdf_of_too_many_pages_is_refused() -> None:
    kids = b"4 0 R " * 2001
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count 2001 >>" % kids,
        b"<< >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    ]
    with pytest.raises(ValueError, match="more than 2,000 pages"):
        read_bytes(assembled(objects), "a.pdf")


# The five real documents


def shown(document: Document) -> list[str]:
    lines = (" ".join(line.split()) for line in document.lines)
    return [line for line in lines if line]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_five_documents_saved_by_libreoffice_read_back_to_the_same_lines(
    saved_seeds: Callable[[str], Mapping[Path, Path]], kind: str
) -> None:
    found = saved_seeds(kind)
    assert len(found) == 5
    for source, saved in found.items():
        assert shown(read_document(saved)) == shown(read_document(source))
