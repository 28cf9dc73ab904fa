// What can be completed where the cursor stands: words of SPARQL, prefixes, terms, variables.

/** @import { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete" */

export const KEYWORDS = (
  "SELECT CONSTRUCT DESCRIBE ASK WHERE FROM NAMED DISTINCT REDUCED AS BASE PREFIX OPTIONAL UNION MINUS "
  + "FILTER EXISTS NOT IN BIND VALUES UNDEF GRAPH GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET true false"
).split(" ");

export const FUNCTIONS = (
  "COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT STR LANG LANGMATCHES DATATYPE BOUND IRI BNODE RAND ABS "
  + "CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE "
  + "STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 "
  + "SHA512 COALESCE IF STRLANG STRDT SAMETERM ISIRI ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE"
).split(" ");

const WORD = /[?$]?[\p{L}\p{N}_:.-]*$/u;
const VALID = /^[?$]?[\p{L}\p{N}_:.-]*$/u;
const AFTER_TYPE = /(?:^|[\s;{])(?:a|rdf:type)\s+$/;

/**
 * @typedef {{ name: string, kind: "class" | "property", label?: string, about?: string }} Named
 * @typedef {{ prefixes: Record<string, string>, terms: () => Promise<Named[]>, said: (name: string) => string }} Sources
 */

/**
 * Return the source of completions that CodeMirror asks.
 * @param {Sources} sources
 * @returns {(context: CompletionContext) => Promise<CompletionResult | null>}
 */
export function completions({ prefixes, terms, said }) {
  const words = KEYWORDS.map((label) => ({ label, type: "keyword" }));
  const functions = FUNCTIONS.map((label) => ({ label, type: "function", detail: said("function"), apply: `${label}(` }));
  const known = new Set([...KEYWORDS, ...FUNCTIONS]);
  return async (context) => {
    if (isSilent(context)) return null;
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const word = WORD.exec(before)?.[0] ?? "";
    if (!context.explicit && (!word || known.has(word.toUpperCase()))) return null;
    const from = context.pos - word.length;
    const text = context.state.doc.toString();
    if (/^[?$]/.test(word)) {
      return { from, options: variables(text, from, said("variable")), validFor: VALID };
    }
    const names = (await terms()).map((term) => completion(term, AFTER_TYPE.test(before.slice(0, before.length - word.length))));
    if (word.includes(":")) return { from, options: names, validFor: VALID };
    const starts = Object.keys(prefixes).map((prefix) => ({ label: `${prefix}:`, type: "namespace", detail: said("prefix"), info: prefixes[prefix] }));
    return { from, options: [...words, ...functions, ...starts, ...names, ...variables(text, from, said("variable"))], validFor: VALID };
  };
}

/**
 * Say whether nothing is completed here: in a comment, a text or an IRI.
 * @param {CompletionContext} context
 */
function isSilent(context) {
  const line = context.state.doc.lineAt(context.pos);
  return inText(line.text.slice(0, context.pos - line.from));
}

/**
 * Say whether a line ends inside of a comment, a text or an IRI.
 * @param {string} before
 */
export function inText(before) {
  const rest = before.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|<[^<>\s]*>/g, "");
  return /["'#]|<[^\s<>=]+$/.test(rest);
}

/**
 * Return the variables of a query, but not the one that is being written at `from`.
 * @param {string} text
 * @param {number} from
 * @param {string} detail
 * @returns {Completion[]}
 */
export function variables(text, from, detail) {
  const found = new Set();
  for (const match of text.matchAll(/[?$][\p{L}\p{N}_]+/gu)) {
    if (match.index !== from) found.add(match[0]);
  }
  return [...found].map((label) => ({ label, type: "variable", detail }));
}

/**
 * @param {Named} term
 * @param {boolean} afterType
 * @returns {Completion}
 */
function completion(term, afterType) {
  const own = term.label !== undefined;
  const fits = afterType ? term.kind === "class" : true;
  return {
    label: term.name,
    type: term.kind,
    detail: term.label,
    info: term.about || undefined,
    boost: (own ? 1 : -1) + (fits ? 1 : -2),
  };
}
