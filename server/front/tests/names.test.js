import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, shortened } from "../names.js";
import { sorted } from "../sorting.js";
import { Words } from "../words.js";

const settings = {
  base: "https://w3id.org/competency/id/",
  thing: "/below/id/__place__?lang=fr",
  entity: "/below/entity?iri=__place__",
  held: ["https://publisher.example/uri/"],
  vocabularies: { "https://w3id.org/competency/ns#": "/below/ns" },
  prefixes: { comp: "https://w3id.org/competency/ns#", rdfs: "http://www.w3.org/2000/01/rdf-schema#" },
};

test("an IRI leads to its page here, to a term, or to the web", () => {
  assert.equal(addressOf("https://w3id.org/competency/id/a/b c?d", settings), "/below/id/a/b%20c%3Fd?lang=fr");
  assert.equal(addressOf("https://w3id.org/competency/id/%C3%A9", settings), "/below/id/%25C3%25A9?lang=fr");
  assert.equal(addressOf("https://publisher.example/uri/p1&x", settings), "/below/entity?iri=https%3A%2F%2Fpublisher.example%2Furi%2Fp1%26x");
  assert.equal(addressOf("https://w3id.org/competency/ns#Part", settings), "/below/ns#Part");
  assert.equal(addressOf("HTTP://example.org/", settings), "HTTP://example.org/");
});

test("a script, a URN or a mail address is no link", () => {
  for (const iri of ["javascript:alert(1)", "urn:x", "mailto:a@example.org", "data:text/html,x", " https://a"]) {
    assert.equal(addressOf(iri, settings), null);
  }
});

test("names are short where that is safe to read", () => {
  assert.equal(shortened("https://w3id.org/competency/ns#Part", settings), "comp:Part");
  assert.equal(shortened("https://w3id.org/competency/ns#a/b", settings), "https://w3id.org/competency/ns#a/b");
  assert.equal(shortened("https://w3id.org/competency/id/wcc/1", settings), "wcc/1");
  assert.equal(shortened("https://w3id.org/competency/ns#", settings), "https://w3id.org/competency/ns#");
});

test("numbers sort by size, texts as the language has it, and gaps come last both ways", () => {
  const whole = (value) => ({ kind: "literal", value, type: "http://www.w3.org/2001/XMLSchema#integer" });
  const rows = [[whole("10")], [null], [whole("9")]];
  assert.deepEqual(sorted(rows, 0, "ascending").map((row) => row[0]?.value), ["9", "10", undefined]);
  assert.deepEqual(sorted(rows, 0, "descending").map((row) => row[0]?.value), ["10", "9", undefined]);
  const texts = ["z", "é", "e", "Ä"].map((value) => [{ kind: "literal", value }]);
  assert.deepEqual(sorted(texts, 0, "ascending", "fr").map((row) => row[0].value), ["Ä", "e", "é", "z"]);
  assert.equal(rows[0][0].value, "10", "the rows themselves stay as they came");
});

test("words are filled in and counted as the language counts", () => {
  const words = new Words({ "rows.one": "{num} ligne", "rows.other": "{num} lignes", at: "{a} $& {b}" }, "fr");
  assert.equal(words.count("rows", 0), "0 ligne");
  assert.equal(words.count("rows", 12345).replace(/\s/g, " "), "12 345 lignes");
  assert.equal(words.say("at", { a: "$1", b: "{a}" }), "$1 $& {a}");
  assert.equal(words.say("nothing"), "nothing");
});
