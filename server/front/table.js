// An answer as a table: sorted by a click, in pages, with language and datatype of every value.

/** @import { Answer, Term } from "./answers.js" */
/** @import { Settings } from "./settings.js" */
/** @import { Words } from "./words.js" */

import { numberIn } from "./answers.js";
import { element } from "./elements.js";
import { addressOf, shortened } from "./names.js";
import { sorted } from "./sorting.js";

const PAGE = 100; // rows shown at once

/** @typedef {{ column: number, direction: "ascending" | "descending" } | null} Order */

/**
 * Return a table of an answer that sorts and turns pages by itself.
 * @param {Answer} answer
 * @param {Settings} settings
 * @param {Words} words
 */
export function tableOf(answer, settings, words) {
  const columns = answer.variables.map((name, index) => columnOf(answer, name, index));
  const body = element("tbody");
  const pager = element("nav", { class: "pager", "aria-label": words.say("pages") });
  /** @type {Order} */
  let order = null;
  let first = 0;

  const rows = () => (order ? sorted(answer.rows, order.column, order.direction, words.language) : answer.rows);

  function show() {
    const page = rows().slice(first, first + PAGE);
    body.replaceChildren(...page.map((row) => rowOf(row, columns, settings)));
    if (answer.rows.length > PAGE) turnable(pager, first, answer.rows.length, words, turn);
  }

  /** @param {number} place */
  function turn(place) {
    first = place;
    show();
  }

  const head = element("tr");
  const heads = columns.map((column, index) => headOf(column, words, () => {
    order = next(order, index);
    for (const [place, cell] of heads.entries()) {
      cell.setAttribute("aria-sort", order?.column === place ? order.direction : "none");
    }
    turn(0);
  }));
  head.append(...heads);
  show();
  const table = element("table", {}, element("thead", {}, head), body);
  const scroll = element("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": words.say("table") }, table);
  return element("div", {}, scroll, ...(answer.rows.length > PAGE ? [pager] : []));
}

/**
 * Return the order after a click: up, down, then as the answer came.
 * @param {Order} order
 * @param {number} column
 * @returns {Order}
 */
function next(order, column) {
  if (order?.column !== column) return { column, direction: "ascending" };
  return order.direction === "ascending" ? { column, direction: "descending" } : null;
}

/**
 * @typedef {{ name: string, note: string, number: boolean }} Column
 *
 * Return a column: its name, and the language or datatype that all of its values share.
 * @param {Answer} answer
 * @param {string} name
 * @param {number} index
 * @returns {Column}
 */
function columnOf(answer, name, index) {
  const cells = answer.rows.map((row) => row[index]).filter((term) => term !== null);
  const notes = new Set(cells.map((term) => (term.kind === "literal" ? term.lang ? `@${term.lang}` : term.type ?? "" : "")));
  const [note] = notes.size === 1 ? notes : [""];
  return { name, note, number: cells.length > 0 && cells.every((term) => numberIn(term) !== null) };
}

/**
 * @param {Column} column
 * @param {Words} words
 * @param {() => void} sort
 */
function headOf(column, words, sort) {
  const button = element("button", { type: "button", class: "sort", title: words.say("sort", { name: column.name }) }, column.name);
  button.addEventListener("click", sort);
  const cell = element("th", { scope: "col", "aria-sort": "none", class: column.number ? "number-cell" : null }, button);
  if (column.note) cell.append(element("span", { class: "note" }, brief(column.note)));
  return cell;
}

/**
 * @param {(Term | null)[]} row
 * @param {Column[]} columns
 * @param {Settings} settings
 */
function rowOf(row, columns, settings) {
  const cells = row.map((term, index) => {
    const cell = element("td", { class: columns[index].number ? "number-cell" : null });
    if (term) cell.append(...shown(term, columns[index].note, settings));
    return cell;
  });
  return element("tr", {}, ...cells);
}

/**
 * Return a term for people; `known` is what the head of the column says of all its values.
 * @param {Term} term
 * @param {string} known
 * @param {Settings} settings
 * @returns {(Node | string)[]}
 */
function shown(term, known, settings) {
  if (term.kind === "iri") {
    const address = addressOf(term.value, settings);
    const text = shortened(term.value, settings);
    return [address ? element("a", { href: address, title: term.value }, text) : text];
  }
  if (term.kind === "blank") return [`_:${term.value}`];
  if (term.kind === "triple") return [term.value];
  const note = term.lang ? `@${term.lang}` : term.type ?? "";
  const text = term.lang ? element("span", { lang: term.lang, dir: "auto" }, term.value) : term.value;
  if (!note || note === known) return [text];
  return [text, " ", element("span", { class: "note" }, brief(note, settings))];
}

/**
 * Return a language tag as it is and a datatype by its short name.
 * @param {string} note
 * @param {Settings} [settings]
 */
function brief(note, settings) {
  if (note.startsWith("@")) return note.slice(1);
  return settings ? shortened(note, settings) : note.replace("http://www.w3.org/2001/XMLSchema#", "xsd:");
}

/**
 * Show which rows are on the page, and the buttons to the others.
 * @param {HTMLElement} pager
 * @param {number} first
 * @param {number} num
 * @param {Words} words
 * @param {(place: number) => void} turn
 */
function turnable(pager, first, num, words, turn) {
  const step = (/** @type {string} */ name, /** @type {number} */ place, /** @type {boolean} */ off) => {
    const button = element("button", { type: "button", class: "quiet", "aria-disabled": off ? "true" : null, "data-step": name }, words.say(name));
    button.addEventListener("click", () => {
      if (off) return;
      turn(place);
      /** @type {HTMLElement | null} */ (pager.querySelector(`[data-step=${name}]`))?.focus();
    });
    return button;
  };
  const last = Math.min(first + PAGE, num);
  pager.replaceChildren(
    step("previous", first - PAGE, first === 0),
    element("span", { role: "status" }, words.say("shown", { first: first + 1, last, num })),
    step("next", first + PAGE, last === num),
  );
}
