import assert from "node:assert/strict";
import { test } from "node:test";
import { choice, numberColumns, pointsOf } from "../columns.js";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const text = (value) => ({ kind: "literal", value });
const iri = (value) => ({ kind: "iri", value });
const whole = (value) => ({ kind: "literal", value: String(value), type: XSD + "integer" });
const year = (value) => ({ kind: "literal", value: String(value), type: XSD + "gYear" });
const rows = (variables, ...found) => ({ kind: "rows", variables, rows: found });

test("a name is a better label than an IRI, and the last number is what was counted", () => {
  const answer = rows(["kind", "rank", "label", "n"],
    [iri("urn:a"), whole(1), text("A"), whole(5)],
    [iri("urn:b"), whole(1), text("B"), whole(7)]);
  assert.deepEqual(choice(answer), { labels: 2, values: 3, kind: "bars" });
});

test("a name that is always the same tells nothing apart", () => {
  const answer = rows(["framework", "kind", "n"],
    ...["a", "b", "c", "d", "e", "f"].map((name) => [text("One"), iri(`urn:${name}`), whole(2)]));
  assert.equal(choice(answer).values, 2);
  assert.equal(choice(answer).labels, 1);
});

test("years make a line, in the order of time", () => {
  const answer = rows(["when", "n"], [year(2022), whole(3)], [year(2020), whole(1)], [year(2021), whole(2)]);
  const chosen = choice(answer);
  assert.equal(chosen.kind, "line");
  const places = pointsOf(answer, chosen, (term) => term.value).map((point) => point.place);
  assert.ok(places[1] < places[2] && places[2] < places[0]);
});

test("a column with a word or with nothing in it holds no numbers, one with gaps does", () => {
  const answer = rows(["mixed", "empty", "gaps"], [whole(1), null, whole(1)], [text("x"), null, null]);
  assert.deepEqual(numberColumns(answer), [2]);
  assert.equal(pointsOf(answer, choice(answer), (term) => term.value).length, 1);
});

test("without rows, without numbers and for triples there is no chart", () => {
  assert.equal(choice(rows(["n"])), null);
  assert.equal(choice(rows(["a"], [text("1")])), null);
  assert.equal(choice({ ...rows(["n"], [whole(1)]), kind: "triples" }), null);
});

test("one number alone is its own label", () => {
  assert.deepEqual(choice(rows(["n"], [whole(3)])), { labels: 0, values: 0, kind: "bars" });
});
