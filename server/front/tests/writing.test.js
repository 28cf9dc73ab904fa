import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutPlace } from "../asking.js";
import { completions, inText, variables } from "../completing.js";
import { indentation } from "../indenting.js";
import { placeIn } from "../places.js";

/** A text as CodeMirror gives it, and the place in it where `|` stands. */
function contextOf(marked, explicit = false) {
  const pos = marked.indexOf("|");
  const whole = marked.replace("|", "");
  const doc = {
    toString: () => whole,
    lineAt(place) {
      const from = whole.lastIndexOf("\n", place - 1) + 1;
      const end = whole.indexOf("\n", place);
      return { from, text: whole.slice(from, end < 0 ? undefined : end) };
    },
  };
  return { pos, explicit, state: { doc } };
}

const source = completions({
  prefixes: { comp: "https://w3id.org/competency/ns#" },
  terms: async () => [
    { name: "comp:Part", kind: "class", label: "part", about: "Anything inside a framework." },
    { name: "comp:partOf", kind: "property", label: "part of" },
    { name: "rdfs:label", kind: "property" },
  ],
  said: (name) => name,
});
const labels = (result) => result.options.map((option) => option.label);

test("terms, prefixes, keywords and variables are offered where one writes a word", async () => {
  const found = labels(await source(contextOf("SELECT ?x { ?x comp|")));
  for (const name of ["comp:", "comp:Part", "rdfs:label", "OPTIONAL", "COUNT", "?x"]) assert.ok(found.includes(name), name);
});

test("after a colon only terms are, after a question mark only variables", async () => {
  assert.deepEqual(labels(await source(contextOf("{ ?x comp:P|"))), ["comp:Part", "comp:partOf", "rdfs:label"]);
  assert.deepEqual(labels(await source(contextOf("SELECT ?one $two { ?|"))), ["?one", "$two"]);
});

test("classes come first after a", async () => {
  const { options } = await source(contextOf("{ ?x a comp:|"));
  const [kind, property] = options;
  assert.ok(kind.boost > property.boost);
});

test("nothing is offered for a whole word, an empty place, in a text, an IRI or a comment", async () => {
  for (const place of ["WHERE|", "?x |", '"comp:|', "'it is|", "<https://w3|", "# comp|"]) {
    assert.equal(await source(contextOf(place)), null, place);
  }
  assert.notEqual(await source(contextOf("?x |", true)), null);
  assert.equal(inText('FILTER(?a < ?b && ?c = "#") '), false);
});

test("the variable that is being written is not one of those there are", () => {
  assert.deepEqual(variables("SELECT ?ab { ?a", 13, "v").map((item) => item.label), ["?ab"]);
});

test("a line stands in by what is open above it", () => {
  assert.equal(indentation("SELECT ?x {\n", ""), 2);
  assert.equal(indentation("SELECT ?x {\n  ?x a comp:Part ;\n", ""), 4);
  assert.equal(indentation("SELECT ?x {\n  ?x a comp:Part .\n", ""), 2);
  assert.equal(indentation("SELECT ?x {\n  OPTIONAL {\n    ?x a comp:Part ;\n", "}"), 2);
  assert.equal(indentation("SELECT ?x {\n", "}"), 0);
  assert.equal(indentation("}}}\n", "x"), 0);
});

test("brackets in texts, comments and IRIs open nothing", () => {
  assert.equal(indentation('{ ?x ?y "(((" . # {{{ ;\n', ""), 2);
  assert.equal(indentation("{ ?x <https://example.org/(a> '{' .\n", ""), 2);
  assert.equal(indentation('{ ?x ?y """{\n{""" .\n', ""), 2);
  assert.equal(indentation("{ FILTER(?a < ?b && ?c > ?d) .\n", ""), 2);
});

test("a fault covers the word where reading stopped, or the last sign of its line", () => {
  const lines = ["SELECT *", "WHERE { ?s 😀 foo }", ""];
  const starts = [0, 9, 29];
  const text = {
    lines: 3, length: 29,
    line: (n) => ({ from: starts[n - 1], to: starts[n - 1] + lines[n - 1].length, text: lines[n - 1] }),
  };
  const covered = (line, column) => {
    const { from, to } = placeIn(text, line, column);
    return lines.join("\n").slice(from, to);
  };
  assert.equal(covered(2, 14), "foo");
  assert.equal(covered(1, 9), "*");
  assert.equal(covered(99, 99), "");
  assert.deepEqual(placeIn(text, 3, 1), { from: 29, to: 29 });
});

test("a message does not say its place twice", () => {
  assert.equal(withoutPlace("query, line 4, column 2: the query ends"), "the query ends");
  assert.equal(withoutPlace("line 4 is odd: x"), "line 4 is odd: x");
});
