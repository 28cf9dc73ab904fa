import assert from "node:assert/strict";
import { test } from "node:test";
import { answerIn, fromResults, fromTriples, numberIn } from "../answers.js";

const XSD = "http://www.w3.org/2001/XMLSchema#";

test("rows keep their order, their gaps, languages and datatypes", () => {
  const answer = fromResults(JSON.stringify({
    head: { vars: ["s", "label", "n"] },
    results: {
      bindings: [
        { s: { type: "uri", value: "urn:a" }, label: { type: "literal", value: "Ein", "xml:lang": "de" } },
        { s: { type: "bnode", value: "b0" }, n: { type: "literal", value: "007", datatype: XSD + "integer" } },
      ],
    },
  }));
  assert.equal(answer.kind, "rows");
  assert.deepEqual(answer.rows, [
    [{ kind: "iri", value: "urn:a" }, { kind: "literal", value: "Ein", lang: "de" }, null],
    [{ kind: "blank", value: "b0" }, null, { kind: "literal", value: "007", type: XSD + "integer" }],
  ]);
});

test("ASK is yes or no, and no rows are still rows", () => {
  assert.equal(fromResults('{"head":{},"boolean":false}').truth, false);
  assert.deepEqual(fromResults('{"head":{"vars":["x"]},"results":{"bindings":[]}}').rows, []);
});

test("a quoted triple is written out", () => {
  const part = (value) => ({ type: "uri", value });
  const triple = { subject: part("urn:s"), predicate: part("urn:p"), object: part("urn:o") };
  const answer = fromResults(JSON.stringify({ head: { vars: ["t"] }, results: { bindings: [{ t: { type: "triple", value: triple } }] } }));
  assert.equal(answer.rows[0][0].value, "<<( urn:s urn:p urn:o )>>");
});

test("N-Triples are read with escapes, dots in names, quotes and datatypes", () => {
  const text = [
    '<urn:s> <urn:p> "a \\"b\\" \\u00e9 \\U0001F600 \\\\n . <x>"@en-GB .',
    "_:a.b <urn:p> _:c .",
    `<urn:s> <urn:p> "1"^^<${XSD}integer> .`,
    "",
  ].join("\n");
  const { kind, rows } = answerIn(text, "application/n-triples");
  assert.equal(kind, "triples");
  assert.deepEqual(rows.map((row) => row[2]), [
    { kind: "literal", value: 'a "b" é 😀 \\n . <x>', lang: "en-GB" },
    { kind: "blank", value: "c" },
    { kind: "literal", value: "1", type: XSD + "integer" },
  ]);
  assert.equal(rows[1][0].value, "a.b");
});

test("an empty graph has no rows", () => {
  assert.deepEqual(fromTriples("").rows, []);
});

test("a number is one by its datatype, not by its looks", () => {
  assert.equal(numberIn({ kind: "literal", value: "12" }), null);
  assert.equal(numberIn({ kind: "literal", value: "1e3", type: XSD + "double" }), 1000);
  assert.equal(numberIn({ kind: "literal", value: "INF", type: XSD + "double" }), null);
  assert.equal(numberIn(null), null);
});
