// Answers as data: SPARQL 1.1 Query Results JSON, and triples from N-Triples.

/**
 * @typedef {object} Term
 * @property {"iri" | "literal" | "blank" | "triple"} kind
 * @property {string} value
 * @property {string} [lang]
 * @property {string} [type]
 *
 * @typedef {object} Answer
 * @property {"rows" | "truth" | "triples"} kind
 * @property {string[]} variables
 * @property {(Term | null)[][]} rows
 * @property {boolean} [truth]
 */

const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMERIC = new Set(
  ["integer", "decimal", "double", "float", "int", "long", "short", "byte", "nonNegativeInteger",
    "positiveInteger", "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong",
    "unsignedShort", "unsignedByte"].map((name) => XSD + name),
);
const STRINGS = new Set([XSD + "string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"]);
const MOMENTS = new Set(["date", "dateTime", "gYear", "gYearMonth"].map((name) => XSD + name));

/**
 * Return the answer in a response of the endpoint.
 * @param {string} text
 * @param {string} mediaType
 * @returns {Answer}
 */
export function answerIn(text, mediaType) {
  return mediaType.startsWith("application/n-triples") ? fromTriples(text) : fromResults(text);
}

/**
 * @param {string} text
 * @returns {Answer}
 */
export function fromResults(text) {
  const document = JSON.parse(text);
  if ("boolean" in document) {
    return { kind: "truth", variables: [], rows: [], truth: document.boolean };
  }
  const variables = document.head.vars;
  const rows = document.results.bindings.map((/** @type {any} */ row) =>
    variables.map((/** @type {string} */ name) => termOf(row[name])));
  return { kind: "rows", variables, rows };
}

/**
 * @param {any} binding
 * @returns {Term | null}
 */
function termOf(binding) {
  if (!binding) return null;
  if (binding.type === "uri") return { kind: "iri", value: binding.value };
  if (binding.type === "bnode") return { kind: "blank", value: binding.value };
  if (binding.type === "triple") return { kind: "triple", value: spelt(binding.value) };
  return literal(binding.value, binding["xml:lang"], binding.datatype);
}

/** @param {any} triple */
function spelt(triple) {
  const terms = [triple.subject, triple.predicate, triple.object].map(termOf);
  return `<<( ${terms.map((term) => term?.value).join(" ")} )>>`;
}

/**
 * @param {string} value
 * @param {string} [lang]
 * @param {string} [type]
 * @returns {Term}
 */
function literal(value, lang, type) {
  if (lang) return { kind: "literal", value, lang };
  return type && !STRINGS.has(type) ? { kind: "literal", value, type } : { kind: "literal", value };
}

// One term of N-Triples (RDF 1.1 N-Triples, section 7), or the dot at the end.
const TERM = /\s*(?:<([^>]*)>|(_:[^\s.]+(?:\.[^\s.]+)*)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?|(\.))/y;

/**
 * @param {string} text
 * @returns {Answer}
 */
export function fromTriples(text) {
  const rows = [];
  for (const line of text.split("\n")) {
    const row = termsIn(line);
    if (row.length === 3) rows.push(row);
  }
  return { kind: "triples", variables: ["subject", "predicate", "object"], rows };
}

/**
 * @param {string} line
 * @returns {Term[]}
 */
function termsIn(line) {
  /** @type {Term[]} */
  const terms = [];
  TERM.lastIndex = 0;
  for (let found = TERM.exec(line); found && !found[6]; found = TERM.exec(line)) {
    const [, iri, blank, text, lang, type] = found;
    if (iri !== undefined) terms.push({ kind: "iri", value: unescaped(iri) });
    else if (blank !== undefined) terms.push({ kind: "blank", value: blank.slice(2) });
    else terms.push(literal(unescaped(text), lang, type));
  }
  return terms;
}

const ESCAPES = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

/** @param {string} text */
function unescaped(text) {
  return text.replace(/\\(?:u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|(.))/g, (_, four, eight, one) => {
    if (four || eight) return String.fromCodePoint(parseInt(four ?? eight, 16));
    return ESCAPES[/** @type {keyof typeof ESCAPES} */ (one)] ?? one;
  });
}

/**
 * Return the number that a term is, or null.
 * @param {Term | null} term
 * @returns {number | null}
 */
export function numberIn(term) {
  if (!term?.type || !NUMERIC.has(term.type)) return null;
  const value = Number(term.value);
  return Number.isFinite(value) ? value : null;
}

/** Say whether a term is a day, a moment or a year. @param {Term | null} term */
export function isMoment(term) {
  return term?.type !== undefined && MOMENTS.has(term.type);
}
