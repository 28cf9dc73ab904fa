"""Texts of SPARQL: whole queries and updates by the grammar, and the same with something amiss.

A text is a list of signs with gaps between them: a space, a line, a comment, or nothing where the
next sign begins anew by itself. Mutations take signs away, repeat and swap them, and put in pieces
that have fooled readers before.
"""

from __future__ import annotations

from hypothesis import strategies as st

HOST = "http://127.0.0.1:9/"  # the engine refuses port 9 before it connects
PREFIXED = ("e:a", "e:b.c", "e:", ":x", "rdfs:label", "e:a%20b", "e:a\\.b", "SERVICE:x", "froma:b",
            "e:SERVICE", "e:a.SERVICE", "GRAPH:g", "e:1", "_:b1", "_:SERVICE.x", "a:named")  # fmt: skip
IRIS = ("<urn:a>", "<urn:b>", "<x>", "<#a,b>", "<>", "<urn:a\\u0062>", "<?a&&?b>", "<../x>",
        "<http://e/\\u0027>", "<urn:SERVICE>", f"<{HOST}>", "<a(b)>", "<urn:g>", "<urn:h>")  # fmt: skip
LITERALS = ("1", "-2.5", "1e5", ".5", "1.", '"a"', "'b'", '"it\\u0027s"', "'''a'b'''", '"""a"b"""',
            '"a"@en', '"1"^^xsd:integer', "true", "FALSE", "'# SERVICE <urn:x> {}'", '"\\\\"',
            "'''\n'''", "'\\t\\''", '""', "''", '"😀"', "'SERVICE'@fr-CA")  # fmt: skip
VARIABLES = ("?s", "?p", "?o", "$s", "?service", "?a1", "?é")
FUNCTIONS = ("STR", "LANG", "BOUND", "isIRI", "STRLEN", "ABS", "UCASE", "COUNT", "MAX", "IRI")
PIECES = (
    "SERVICE", f"SERVICE <{HOST}> {{ ?s ?p ?o }}", f"SERVICE SILENT <{HOST}> {{}}", "SERVICE ?o {}",
    "FROM <urn:g>", "FROM NAMED <urn:g>", "FROM", "NAMED", f"FROM <{HOST}>", "USING <urn:g>",
    f"LOAD <{HOST}>", "LOAD", "WITH <urn:g>", ";", "GRAPH", "GRAPH <urn:g> {", "'''", '"""', "'",
    '"', "#", "\n", "\r", "\\u0053ERVICE", "\\", "\\u0022", "\\uD800", "<", ">", "<<", ">>", "<<(",
    ")>>", "{|", "|}", "{", "}", "(", ")", "[", "]", "<urn:", "&&", "||", "^^", "@en", "--ltr",
    "a", "SELECT * {", "} }", "PREFIX : <urn:>", "PREFIX e: <http://h:>", "BASE <http://e/>",
    "VALUES ?x {", "UNDEF", ".", ",", "/", "|", "^", "!", "*", "+", "?", "$", "1.e", ":", "_:",
    "LATERAL {", "EXISTS {", "NOT EXISTS {", "MINUS {", "\x00", "\u00a0", "\u2028", "\ufeff", "é",
    "SERVICE#\n", "SerVice", "ſERVICE", "SERVİCE", "<2&&<", "true.", "1SERVICE", "?xSERVICE",
    "VERSION '1.2'", "REGEX(", "~", "SEPARATOR", "DATA {", "WHERE {", "INSERT DATA {", "DROP ALL",
)  # fmt: skip
GAPS = (" ", " ", " ", "\n", "", "\t", " # it's\n", "#'''\r", " # SERVICE <urn:x> {}\n", "\r\n")

term = st.sampled_from(VARIABLES + IRIS + PREFIXED + LITERALS)
thing = st.sampled_from(VARIABLES + IRIS + PREFIXED)
verb = st.sampled_from((*VARIABLES[:3], *IRIS[:4], *PREFIXED[:5], "a"))


def _joined(*parts: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    return st.tuples(*parts).map(lambda found: [sign for part in found for sign in part])


def _words(*words: str) -> st.SearchStrategy[list[str]]:
    return st.just(list(words))


def _flat(parts: list[list[str]]) -> list[str]:
    return [sign for part in parts for sign in part]


def _between(
    opening: str, inside: st.SearchStrategy[list[str]], closing: str
) -> st.SearchStrategy[list[str]]:
    return inside.map(lambda found: [*opening.split(), *found, *closing.split()])


_atom = st.sampled_from(VARIABLES + LITERALS + IRIS).map(lambda one: [one])
expressions: st.SearchStrategy[list[str]] = st.recursive(
    _atom,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(("<", ">", "<=", "=", "!=", "&&", "||", "+", "-", "*", "/")), inner)
        .map(lambda found: [*found[0], found[1], *found[2]]),
        inner.map(lambda found: ["(", *found, ")"]),
        inner.map(lambda found: ["!", "(", *found, ")"]),
        st.tuples(st.sampled_from(FUNCTIONS[:7]), inner).map(lambda f: [f[0], "(", *f[1], ")"]),
        st.tuples(inner, inner).map(lambda f: ["IF", "(", *f[0], ",", *f[1], ",", "1", ")"]),
        st.tuples(inner, inner).map(lambda f: [*f[0], "IN", "(", *f[1], ",", "2", ")"]),
        st.tuples(inner, inner).map(lambda f: ["REGEX", "(", *f[0], ",", *f[1], ")"]),
    ),
    max_leaves=6,
)  # fmt: skip
_path: st.SearchStrategy[list[str]] = st.recursive(
    verb.map(lambda one: [one]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("/|"), inner).map(lambda f: [*f[0], f[1], *f[2]]),
        st.tuples(inner, st.sampled_from("*+?")).map(lambda f: ["(", *f[0], ")", f[1]]),
        inner.map(lambda f: ["^", "(", *f, ")"]),
    ),
    max_leaves=3,
)
_object: st.SearchStrategy[list[str]] = st.one_of(
    term.map(lambda one: [one]),
    st.lists(term, max_size=3).map(lambda found: ["(", *found, ")"]),
    st.tuples(verb, term).map(lambda found: ["[", *found, "]"]),
    st.tuples(thing, verb, term).map(lambda found: ["<<(", *found, ")>>"]),
)
triples = st.tuples(thing, st.one_of(verb.map(lambda one: [one]), _path), _object).map(
    lambda found: [found[0], *found[1], *found[2], "."]
)
_values = st.lists(st.sampled_from((*IRIS[:3], *LITERALS, "UNDEF")), max_size=3).map(
    lambda found: ["VALUES", "?s", "{", *found, "}"]
)
patterns: st.SearchStrategy[list[str]] = st.recursive(
    st.one_of(triples, triples, triples, _values),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda found: ["{", *_flat(found), "}"]),
        st.tuples(inner, inner).map(lambda f: ["{", *f[0], "}", "UNION", "{", *f[1], "}"]),
        _between("OPTIONAL {", inner, "}"),
        _between("MINUS {", inner, "}"),
        _between("FILTER EXISTS {", inner, "}"),
        st.tuples(thing, inner).map(lambda f: ["GRAPH", f[0], "{", *f[1], "}"]),
        _between("FILTER (", expressions, ")"),
        expressions.map(lambda found: ["BIND", "(", *found, "AS", "?new", ")"]),
        st.tuples(inner, expressions).map(
            lambda f: ["{", "SELECT", "?s", "(", *f[1], "AS", "?x", ")", "{", *f[0], "}", "}"]
        ),
    ),
    max_leaves=5,
)
group = st.lists(patterns, max_size=3).map(lambda found: ["{", *_flat(found), "}"])
_prologue = st.lists(
    st.sampled_from((
        ["PREFIX", "e:", "<urn:e:>"], ["PREFIX", ":", "<urn:>"], ["BASE", "<http://e/>"],
        ["PREFIX", "SERVICE:", f"<{HOST}>"], ["PREFIX", "froma:", "<urn:f/>"],
        ["PREFIX", "GRAPH:", "<urn:>"], ["PREFIX", "a:", "<x/>"], ["PREFIX", "e:", "<http://h:>"],
    )),
    max_size=4,
).map(_flat)  # fmt: skip
DECLARED = ["PREFIX e: <urn:e:>", "PREFIX : <urn:>", f"PREFIX SERVICE: <{HOST}>",
            "PREFIX froma: <urn:f/>", "PREFIX GRAPH: <urn:>", "PREFIX a: <x/>"]  # fmt: skip
_dataset = st.lists(
    st.sampled_from((["FROM", "<urn:g>"], ["FROM", "NAMED", "<urn:h>"], ["FROM", "e:g"])),
    max_size=2,
).map(_flat)
_head = st.one_of(
    _words("SELECT", "*"), _words("ASK"), _words("SELECT", "DISTINCT", "?s"),
    _words("DESCRIBE", "?s"), _words("DESCRIBE", "<urn:a>"),
    expressions.map(lambda found: ["SELECT", "(", *found, "AS", "?x", ")"]),
    triples.map(lambda found: ["CONSTRUCT", "{", *found, "}"]),
)  # fmt: skip
_tail = st.sampled_from(([], ["LIMIT", "3"], ["ORDER", "BY", "?s"], ["ORDER", "BY", "(", "?s<1", ")"],
                         ["GROUP", "BY", "?s"], ["OFFSET", "1"]))  # fmt: skip
queries = _joined(st.just(DECLARED), _prologue, _head, _dataset, _words("WHERE"), group, _tail)
_quads = st.lists(
    st.one_of(triples, st.tuples(thing, triples).map(lambda f: ["GRAPH", f[0], "{", *f[1], "}"])),
    max_size=3,
).map(lambda found: ["{", *_flat(found), "}"])
_using = st.sampled_from(([], [], ["USING", "<urn:g>"], ["USING", "NAMED", "<urn:h>"]))
_with = st.sampled_from(([], ["WITH", "<urn:g>"]))
operations = st.one_of(
    _joined(_words("INSERT", "DATA"), _quads),
    _joined(_words("DELETE", "DATA"), _quads),
    _joined(_words("DELETE", "WHERE"), _quads),
    _joined(_with, _words("DELETE"), _quads, _words("INSERT"), _quads, _using, _words("WHERE"), group),
    _joined(_words("INSERT"), _quads, _using, _words("WHERE"), group),
    st.tuples(st.sampled_from(("CLEAR", "DROP", "CREATE")), st.sampled_from(
        ("ALL", "DEFAULT", "NAMED", "GRAPH <urn:g>", "SILENT GRAPH <urn:g>", "GRAPH e:g")
    )).map(list),
    st.tuples(st.sampled_from(("ADD", "MOVE", "COPY")), st.sampled_from(
        ("<urn:g> TO <urn:h>", "DEFAULT TO <urn:g>", "GRAPH <urn:g> TO DEFAULT", "<urn:h> TO e:g")
    )).map(list),
)  # fmt: skip
updates = st.lists(_joined(_prologue, operations), min_size=1, max_size=3).map(
    lambda found: DECLARED + _flat([[*one, ";"] for one in found])
)


@st.composite
def spaced(draw: st.DrawFn, signs: list[str]) -> str:
    """Return the text of signs, with gaps between them."""
    if draw(st.booleans()):
        return " ".join(signs)
    gaps = draw(st.lists(st.sampled_from(GAPS), min_size=1, max_size=8))
    return "".join(sign + gaps[number % len(gaps)] for number, sign in enumerate(signs))


@st.composite
def amiss(draw: st.DrawFn, whole: st.SearchStrategy[list[str]]) -> str:
    """Return a text with some signs taken away, repeated, swapped or put in, or cut within."""
    signs = list(draw(whole))
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, max(0, len(signs) - 1)))
        way = draw(st.integers(0, 5))
        if way == 0:
            del signs[at : at + draw(st.integers(1, 4))]
        elif way == 1:
            signs[at:at] = signs[at : at + 2]
        elif way == 2 and signs:
            other = draw(st.integers(0, len(signs) - 1))
            signs[at], signs[other] = signs[other], signs[at]
        elif way == 3 and signs:
            sign = signs[at]
            cut = draw(st.integers(0, len(sign)))
            signs[at] = sign[:cut] + draw(st.sampled_from(PIECES)) + sign[cut:]
        else:
            signs.insert(at, draw(st.sampled_from(PIECES)))
    return draw(spaced(signs))


def texts(whole: st.SearchStrategy[list[str]]) -> st.SearchStrategy[str]:
    """Return texts that are whole, and those that are not."""
    return st.one_of(whole.flatmap(spaced), amiss(whole), amiss(whole))
