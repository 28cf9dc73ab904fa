"""The look at a document before any parser: what it refuses, and that it refuses nothing else."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competency import ConversionError, FormatError, ParseError
from competency.formats import RDF_SYNTAXES, Format, by_name, by_path
from competency.graph import NamedGraph, serialize
from competency.graph.guarding import MAX_DEPTH, check_document
from competency.graph.store import OX_FORMATS, parse
from tests.conftest import ROOT

RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">{}'
    "</rdf:RDF>"
)


def check(syntax: str, text: str | bytes) -> None:
    data = text if isinstance(text, bytes) else text.encode()
    check_document(data, by_name(syntax), "upload")


def refused(syntax: str, text: str | bytes) -> str:
    with pytest.raises(ParseError) as caught:
        check(syntax, text)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def xml(inside: str, entities: str = "") -> str:
    return (f"<!DOCTYPE rdf:RDF [{entities}]>\n" if entities else "") + RDF.format(inside)


def statement(value: str) -> str:
    return xml(f"<e:C><e:p>{value}</e:p></e:C>")


# -- nesting

DEEP = {
    "turtle": [
        "<s:> <p:> " + "[ <p:> " * 65,
        "<s:> <p:> " + "(" * 65 + ")" * 65 + " .",
        "<s:> <p:> " + "<<( <s:> <p:> " * 33,
        "<s:> <p:> <o:> " + "{| <p:> <o:> " * 65,
    ],
    "trig": ["{ " * 65, "<g:> { <s:> <p:> " + "[ <p:> " * 64],
    "ntriples": ["<s:> <p:> " + "<<( <s:> <p:> " * 33],
    "nquads": ["<s:> <p:> " + "<<( <s:> <p:> " * 33],
    "jsonld": [
        "[" * 65,
        '{"http://p":' * 65 + "1" + "}" * 65,
        '{"@list":[' * 33,
        '{"@context":{"a":{"@id":"http://a","@context":' + '{"a":{"@context":' * 33,
        '{"@reverse":{"http://p":' * 33,
    ],
    "rdfxml": [
        xml("<e:C><e:p>" * 33 + "</e:p></e:C>" * 33),
        xml("<e:C>" + '<e:p rdf:parseType="Resource">' * 65 + "</e:p>" * 65 + "</e:C>"),
    ],
}


@pytest.mark.parametrize(
    ("syntax", "text"), [(syntax, text) for syntax, texts in DEEP.items() for text in texts]
)
def test_deep_nesting_is_refused_with_its_place(syntax: str, text: str) -> None:
    message = refused(syntax, text)
    assert "more than 64" in message and "inside each other; name the inner things" in message
    assert int(message.split(":")[2]) > 60


@pytest.mark.parametrize("syntax", [row.name for row in RDF_SYNTAXES])
def test_nesting_to_the_limit_parses(syntax: str) -> None:
    half, whole = MAX_DEPTH // 2, MAX_DEPTH
    text = {
        "turtle": "<s:> <p:> " + "(" * whole + ")" * whole + " .",
        "trig": "<g:> { <s:> <p:> " + "(" * (whole - 1) + ")" * (whole - 1) + " }",
        "jsonld": '{"http://p":' * whole + "1" + "}" * whole,
        "rdfxml": xml("<e:C><e:p>" * (half - 1) + "</e:p></e:C>" * (half - 1)),
    }.get(syntax, "<s:> <p:> " + "<<( <s:> <p:> " * half + "<o:>" + ")>>" * half + " .")
    check(syntax, text)
    assert list(ox.parse(text.encode(), format=OX_FORMATS[syntax], base_iri="http://e/"))


MANY = "[ ( <<( {| " * 30
HARMLESS = [
    f'"{MANY}"',
    f"'{MANY} \\' {MANY} \"'",
    f'"\\\\" , "\\"{MANY}"',
    f"""\"\"\"{MANY} "" ' \\\"\\"{MANY}\"\"\"""",
    f"'''{MANY} '' \" \\\\'''",
    f"1 # {MANY} \" ''' \\\n",
    f"1 # {MANY} \r",
    "<http://e/(('#((" + "(" * 80 + ">",
    r"e:\#" + r"\(\'" * 80,
    '"" , "" , \'\' , """""" , """"a\'\'\' """ , \'b"""\'',
    "(" + '"a"\'b\'"c""""d"""\'\'""' * 40 + ")",
]


@pytest.mark.parametrize("value", HARMLESS)
def test_brackets_in_texts_iris_and_comments_do_not_count(value: str) -> None:
    text = f"@prefix e: <http://e/> . <s:> <p:> {value} ; <q:> [ <p:> () ] ."
    assert list(ox.parse(text.encode(), format=ox.RdfFormat.TURTLE))
    check("turtle", text)
    check("turtle", f"{text}\n" * 100)


@pytest.mark.parametrize("value", HARMLESS)
def test_nothing_hides_brackets_that_come_after_it(value: str) -> None:
    start = f"@prefix e: <http://e/> . <s:> <p:> {value} ; <q:> "
    assert "more than 64 brackets" in refused("turtle", start + "[ <p:> " * 65)
    nested = f"{start}[ <p:> {value} ; <q:> " + f"[ <p:> 1 , {value} ; <q:> " * 64
    assert "more than 64 brackets" in refused("turtle", nested)


def test_strings_in_json_hide_nothing_and_count_nothing() -> None:
    text = json.dumps({"http://p": ["[" * 90, '\\"{' * 90, '"', "\\", '\\"' * 3]})
    check("jsonld", text)
    inside = f'{{"http://q":{text},"http://p":'
    assert "more than 64 brackets" in refused("jsonld", inside * 65 + "1" + "}" * 65)


def test_comments_sections_and_attributes_hide_no_elements() -> None:
    hiding = "<!-- </e:p></e:C> --><e:q e:b='/>'>]]<![CDATA[</e:p></e:C>]]></e:q>"
    inside = f"<e:C>{hiding}<e:p>" * 33 + "</e:p></e:C>" * 33
    assert "more than 64 elements" in refused("rdfxml", xml(inside))
    check("rdfxml", xml((f"<e:C>{hiding}<e:p>" * 9 + "</e:p></e:C>" * 9) * 50))


def test_many_things_beside_each_other_are_not_deep() -> None:
    check("turtle", "<s:> <p:> [ <p:> ( 1 << <a:> <b:> <c:> >> ) ] .\n" * 300)
    check("ntriples", "<s:> <p:> <<( <s:> <p:> <o:> )>> .\n" * 300)
    check("jsonld", json.dumps([{"http://p": [[]]}] * 300))
    check("rdfxml", xml("<e:C><e:p/></e:C><!-- a -->" * 300))


# -- JSON-LD


def context(*terms: tuple[str, object], after: str = '"x":1') -> str:
    return f'{{"@context":{json.dumps(dict(terms))},{after}}}'


CHAINS: dict[str, list[tuple[str, object]]] = {
    "prefixes": [(f"t{i}", f"t{i + 1}:x") for i in range(20)],
    "names": [(f"t{i}", f"t{i + 1}") for i in range(20)],
    "datatypes": [(f"t{i}", {"@id": "http://y", "@type": f"t{i + 1}"}) for i in range(20)],
    "inverses": [(f"t{i}", {"@reverse": f"t{i + 1}"}) for i in range(20)],
    "full IRIs": [(f"http://t/{i}", {"@id": f"http://t/{i + 1}"}) for i in range(20)],
    "a circle": [("t0", "t1:x"), ("t1", "t0:x")],
}


@pytest.mark.parametrize("chain", CHAINS)
def test_terms_defined_by_one_another_are_refused(chain: str) -> None:
    terms = CHAINS[chain]
    message = refused("jsonld", context(*terms))
    assert "is defined by other terms, more than 10 deep or in a circle" in message
    assert "upload:1:14: term 't0'" in message or chain == "full IRIs"
    inner = ("a", {"@id": "http://a", "@context": dict(terms)})
    escaped = context(inner).replace("@context", "\\u0040co\\u006Etex\\u0074", 1)
    assert "more than 10 deep" in refused("jsonld", escaped)


def test_ordinary_contexts_pass() -> None:
    terms: list[tuple[str, object]] = [
        ("schema", "http://schema.org/"),
        ("http", "http://www.w3.org/2011/http#"),
        ("name", "schema:name"),
        ("schema:text", {"@type": "schema:Text"}),
        ("label", {"@id": "name", "@language": "fr"}),
        ("id", "@id"),
        ("part", {"@id": "schema:hasPart", "@context": {"label": "schema:label"}}),
    ]
    check("jsonld", context(*terms, after='"part":{"label":"x"}'))
    records = ",".join([context(*terms)] * 3000)
    check("jsonld", f"[{records}]")


LARGE = [(f"t{i}", f"http://x/{i}") for i in range(9000)]
SCOPED = {"@id": "http://p", "@context": dict(LARGE)}


def often(record: str) -> str:
    return '"http://q":[' + ",".join([record] * 9000) + "]"


COPYING = {
    "contexts inside": context(*LARGE, after=often('{"@context":{},"x":1}')),
    "a context behind a term": context(("p", SCOPED), after=often('{"p":{"t1":1}}')),
    "a context behind a class": context(("C", SCOPED), after=often('{"@type":["C"],"t1":1}')),
    "contexts in a context": context(*((t, {"@id": iri, "@context": {}}) for t, iri in LARGE)),
}


@pytest.mark.parametrize("way", COPYING)
def test_contexts_copied_into_each_other_are_refused(way: str) -> None:
    message = refused("jsonld", COPYING[way])
    assert "would be copied into each other; write one @context at the top" in message
    check("jsonld", context(*LARGE, after=often('{"t2":1}')))


def test_many_values_in_deep_objects_are_refused() -> None:
    values = ",".join(['{"http://q":1}'] * 100_000)
    deep = '{"http://p":' * 30 + f"[{values}]" + "}" * 30
    assert "most values lie 30 objects deep" in refused("jsonld", deep)
    check("jsonld", '{"http://p":' * 5 + f"[{values}]" + "}" * 5)


@pytest.mark.parametrize(
    "value", ["9" * 400_000, "0." + "9" * 400_000, "1e999999999", '"\\u0000"', '"\\ud83d\\ude00"']
)
def test_odd_json_values_are_left_to_the_parser(value: str) -> None:
    check("jsonld", f'{{"@context":{{"n":{value}}},"http://p":{value}}}')


def test_what_is_no_json_is_left_to_the_parser() -> None:
    for text in ("", "{", '{"a":1,}', "[1] 2", '{"@context":[1', '{"a":"\\ud800"}', "NaN", "\x00"):
        check("jsonld", text)


def test_a_broken_quote_cannot_make_the_guard_itself_overflow() -> None:
    text = '{"a" \\"@context": ' + "[" * 5000 + '"'
    assert "more than 64 brackets" in refused("jsonld", text)


# -- RDF/XML

OWL = "<!ENTITY owl \"http://www.w3.org/2002/07/owl#\" >\n<!ENTITY e 'http://e/'>"
NOT_PLAIN = [
    '<!ENTITY b "x"><!ENTITY a "&b;&b;">',
    '<!ENTITY a "&a;">',
    '<!ENTITY a "&#38;b;">',
    '<!ENTITY a "&#x26;b;">',
    '<!ENTITY a "&#060;b/>">',
    '<!ENTITY a "<e:b/>">',
    '<!ENTITY a "&#37;p;">',
    '<!-- <!ENTITY a "&b;&b;"> -->',
    '<?x <!ENTITY a "&b;&b;"> ?>',
]
BAD_ENTITIES = dict.fromkeys(NOT_PLAIN, "entity 'a' is not a plain text") | {
    '<!ENTITY a SYSTEM "file:///etc/passwd">': "entity 'a' would be read from outside",
    '<!ENTITY a PUBLIC "x" "http://e/">': "entity 'a' would be read from outside",
    "<!ENTITY % a \"<!ENTITY b 'x'>\"> %a;": "entity 'a' is a parameter entity",
}


@pytest.mark.parametrize("entities", BAD_ENTITIES)
def test_entities_other_than_plain_texts_are_refused(entities: str) -> None:
    assert BAD_ENTITIES[entities] in refused("rdfxml", xml("<e:C/>", entities))


def test_plain_entities_pass_and_parse() -> None:
    text = xml('<e:C rdf:about="&e;x"><e:p>&owl;</e:p></e:C>', OWL) + "\n<!-- the end -->\n"
    check("rdfxml", text)
    assert len(list(ox.parse(text.replace("'", '"').encode(), format=ox.RdfFormat.RDF_XML))) == 2
    check("rdfxml", xml("<e:C/>", '<!ENTITY eacute "&#233;&#xe9;">'))


def test_one_large_entity_used_often_is_refused() -> None:
    large = f'<!ENTITY a "{"a" * 10_000}">'
    message = refused("rdfxml", xml(f"<e:C><e:p>{'&a;' * 10_000}</e:p></e:C>", large))
    assert "its entities would add 100,020,000 bytes" in message
    message = refused("rdfxml", xml('<e:C e:q="&a;"/>' * 10_000, large))
    assert "its entities would add 100,020,000 bytes" in message
    check("rdfxml", xml('<e:C e:q="&a;"/>' * 50, large))


@pytest.mark.parametrize("outside", ['SYSTEM "http://e/x.dtd"', 'PUBLIC "-//x" "file:///x.dtd"'])
def test_a_document_type_from_outside_is_refused(outside: str) -> None:
    message = refused("rdfxml", f"<!DOCTYPE rdf:RDF {outside}>" + statement("x"))
    assert "its DOCTYPE points to" in message and "take SYSTEM or PUBLIC out" in message


@pytest.mark.parametrize("word", ["<!DOCTYPE", "<!doctype"])
def test_no_document_type_hides_further_down_or_in_other_letters(word: str) -> None:
    hidden = f'{word} x [<!ENTITY a "&b;&b;">]>'
    for text in (RDF.format(hidden), RDF.format("") + hidden, hidden + RDF.format("")):
        assert "entity 'a' is not a plain text" in refused("rdfxml", text)


@pytest.mark.parametrize("encoding", ["utf-7", "utf-16", "us-ascii", "iso-8859-1", "x-none"])
def test_other_encodings_than_utf_8_are_refused(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + statement("x")
    assert f"its encoding is {encoding}; save the file as UTF-8" in refused("rdfxml", text)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "iso-8859-1"])
@pytest.mark.parametrize("syntax", [row.name for row in RDF_SYNTAXES])
def test_bytes_that_are_not_utf_8_are_refused(syntax: str, encoding: str) -> None:
    assert "UTF-8" in refused(syntax, "<!-- é -->".encode(encoding))


def test_a_byte_order_mark_and_an_explicit_utf_8_pass() -> None:
    check("rdfxml", '\ufeff<?xml version="1.0" encoding="UTF-8"?>\n' + statement("é"))


def test_too_many_attributes_are_refused() -> None:
    many = " ".join(f'e:a{i}="x"' for i in range(257))
    assert "more than 256 attributes on one" in refused("rdfxml", xml(f"<e:C {many}/>"))
    check("rdfxml", xml(f"<e:C {many.rpartition(' ')[0]}/>"))
    default = f"<!ATTLIST e:C {many.replace('=', ' CDATA ')}>"
    assert "more than 256 attributes declared" in refused("rdfxml", xml("<e:C/>", default))


@pytest.mark.parametrize("kind", ["Literal", "daml:collection", "Resour&#99;e"])
def test_namespaces_copied_into_xml_literals_are_refused(kind: str) -> None:
    spaces = " ".join(f'xmlns:n{i}="http://{"a" * 50}/{i}"' for i in range(250))
    literal = f'<e:p rdf:parseType="{kind}">{"<b/>" * 2000}</e:p>'
    message = refused("rdfxml", xml(f"<e:C {spaces}>{literal}</e:C>"))
    assert "all namespaces are copied into each element of an XML literal" in message
    check("rdfxml", xml(f"<e:C>{literal}</e:C>" * 10))


@pytest.mark.parametrize("text", ["<a", statement("x")[:-9], statement("<?x ?>&nbsp;")])
def test_a_document_cut_short_is_refused_where_it_ends(text: str) -> None:
    assert "upload:1:" in refused("rdfxml", text) and "not RDF/XML: " in refused("rdfxml", text)


# -- size, and honest documents


@pytest.mark.parametrize("sign", ["[", "<<(", "<a>", "<a/>"])
def test_ten_megabytes_of_one_sign_are_looked_at_in_no_time(sign: str) -> None:
    for syntax in RDF_SYNTAXES[:3]:
        with contextlib.suppress(ParseError):
            check(syntax.name, sign * (10_000_000 // len(sign)))


pieces = st.sampled_from(
    [*"<>\"'\\#[](){}&;:,!-?/= \n\0aé", '"""', '"@context":', "<!DOCTYPE ", "<!ENTITY ", "<!--"]
)


@settings(deadline=None, max_examples=300)
@given(st.lists(pieces, max_size=20), st.sampled_from(RDF_SYNTAXES), st.sampled_from([1, 3, 999]))
def test_no_rubbish_makes_the_guard_fail_itself(
    rubbish: list[str], syntax: Format, times: int
) -> None:
    with contextlib.suppress(ParseError):
        check(syntax.name, "".join(rubbish) * times)


texts = st.text(st.sampled_from("[](){}<>\"'\\#\n\r\té框&%;:/!-?a "), max_size=40)
names = st.sampled_from(["http://e/(a'b)", "http://e/a#b", "urn:x", "http://e/text"])
objects = st.one_of(
    st.builds(ox.Literal, texts),
    st.builds(lambda text: ox.Literal(text, language="fr"), texts),
    st.builds(lambda n: ox.Literal(str(n), datatype=ox.NamedNode("urn:d")), st.integers()),
    st.builds(ox.NamedNode, names),
    st.builds(ox.BlankNode, st.sampled_from("abc")),
)
triples = st.lists(
    st.builds(ox.Triple, st.builds(ox.NamedNode, names), st.builds(ox.NamedNode, names), objects),
    max_size=8,
)


@settings(deadline=None, max_examples=100)
@given(triples, st.sampled_from(RDF_SYNTAXES), st.integers(1, 50))
def test_whatever_our_own_writers_write_passes(
    found: list[ox.Triple], syntax: Format, times: int
) -> None:
    with contextlib.suppress(ConversionError):
        written = serialize(NamedGraph("http://e/g", found), syntax)
        check_document(written, syntax, "ours")
        if syntax.name in ("turtle", "ntriples"):
            check_document(written * times, syntax, "ours")


def documents(*folders: Path) -> Iterator[tuple[bytes, Format, str]]:
    for path in (path for folder in folders for path in sorted(folder.rglob("*.*"))):
        with contextlib.suppress(FormatError):
            yield path.read_bytes(), by_path(path), path.name


def test_every_document_of_this_repository_passes() -> None:
    for row in documents(*(ROOT / name for name in ("graph", "ontology", "shapes"))):
        check_document(*row)


def test_every_sample_that_parses_passes(shared: Path) -> None:
    for data, syntax, name in documents(shared / "samples"):
        try:
            parse(data, syntax, name, "http://e/")
        except ParseError:
            continue
        check_document(data, syntax, name)
