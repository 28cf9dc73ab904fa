"""One table of formats, used by everything that reads, writes or negotiates."""

from __future__ import annotations

import pytest

from competency.errors import FormatError
from competency.formats import RDF_SYNTAXES, RESULT_FORMATS, by_media_type, by_name, by_path


def test_no_two_rows_share_a_name_media_type_or_suffix() -> None:
    for table in (RDF_SYNTAXES, RESULT_FORMATS):
        for column in ("name", "media_type", "title"):
            values = [getattr(row, column) for row in table]
            assert len(values) == len(set(values))
        suffixes = [suffix for row in table for suffix in row.suffixes]
        assert len(suffixes) == len(set(suffixes))


def test_a_format_is_found_by_name_suffix_and_media_type() -> None:
    for row in RDF_SYNTAXES:
        assert by_name(row.name) is row
        assert all(by_path("x" + suffix.upper()) is row for suffix in row.suffixes)
        assert all(by_media_type(f"{name}; charset=utf-8") is row for name in row.media_types)


def test_an_unknown_format_names_those_there_are() -> None:
    with pytest.raises(FormatError, match="docx: no such format; there are: turtle, jsonld"):
        by_name("docx")
    with pytest.raises(FormatError, match=r"\.ttl"):
        by_path("framework.docx")
    assert by_media_type("image/png") is None
