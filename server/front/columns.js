// Which columns of an answer make a chart.

/** @import { Answer, Term } from "./answers.js" */

import { isMoment, numberIn } from "./answers.js";

/** @typedef {{ labels: number, values: number, kind: "bars" | "line" }} Choice */

/**
 * Return the columns whose every value is a number, at least one of them.
 * @param {Answer} answer
 */
export function numberColumns(answer) {
  return answer.variables.map((_, index) => index).filter((index) => {
    const cells = answer.rows.map((row) => row[index]).filter((term) => term !== null);
    return cells.length > 0 && cells.every((term) => numberIn(term) !== null);
  });
}

/**
 * Return the columns to draw when nobody has chosen, or null where no column holds numbers.
 *
 * Names are better labels than IRIs, and labels that tell the rows apart are better than others;
 * of the number columns the last is taken, where queries put what they count. What goes along
 * with numbers or time is drawn as a line.
 * @param {Answer} answer
 * @returns {Choice | null}
 */
export function choice(answer) {
  const numbers = numberColumns(answer);
  if (answer.kind !== "rows" || !answer.rows.length || !numbers.length) return null;
  const values = numbers[numbers.length - 1];
  const others = answer.variables.map((_, index) => index).filter((index) => index !== values);
  if (!others.length) return { labels: values, values, kind: "bars" };
  const labels = others.reduce((best, index) => (worth(answer, index) > worth(answer, best) ? index : best));
  const cells = answer.rows.map((row) => row[labels]);
  const ordered = cells.length > 2 && cells.every((term) => isMoment(term) || numberIn(term) !== null);
  return { labels, values, kind: ordered ? "line" : "bars" };
}

/**
 * @param {Answer} answer
 * @param {number} index
 */
function worth(answer, index) {
  const cells = answer.rows.map((row) => row[index]);
  const filled = cells.filter((term) => term !== null);
  if (!filled.length) return 0;
  const apart = new Set(filled.map((term) => term.value)).size / cells.length;
  const text = filled.every((term) => term.kind === "literal" && numberIn(term) === null);
  const moment = filled.every(isMoment);
  return apart + (moment ? 1.2 : text ? 1 : numberIn(filled[0]) !== null ? 0.4 : 0.2);
}

/**
 * Return what is drawn: a label and a number for each row that has both.
 * @param {Answer} answer
 * @param {Choice} chosen
 * @param {(term: Term) => string} named
 */
export function pointsOf(answer, chosen, named) {
  return answer.rows.flatMap((row) => {
    const value = numberIn(row[chosen.values]);
    const label = row[chosen.labels];
    if (value === null) return [];
    return [{ label: label ? named(label) : "", value, place: label ? placeOf(label) : null }];
  });
}

/**
 * Return where on a line a label stands, where it is a number or a moment.
 * @param {Term} term
 */
function placeOf(term) {
  if (isMoment(term)) {
    const time = Date.parse(term.value);
    return Number.isNaN(time) ? null : time;
  }
  return numberIn(term);
}
