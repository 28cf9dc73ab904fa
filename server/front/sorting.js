// The order of rows by one column: numbers by size, texts as the reader's language sorts them.

/** @import { Term } from "./answers.js" */

import { numberIn } from "./answers.js";

/**
 * Return the rows in the order of a column; empty cells come last in either direction, and rows
 * that are equal stay as they were.
 * @param {(Term | null)[][]} rows
 * @param {number} column
 * @param {"ascending" | "descending"} direction
 * @param {string} [language]
 */
export function sorted(rows, column, direction, language) {
  const collator = new Intl.Collator(language, { numeric: true });
  const sign = direction === "descending" ? -1 : 1;
  return [...rows].sort((left, right) => {
    const one = left[column];
    const two = right[column];
    if (!one || !two) return Number(!one) - Number(!two);
    return sign * compared(one, two, collator);
  });
}

/**
 * @param {Term} one
 * @param {Term} two
 * @param {Intl.Collator} collator
 */
function compared(one, two, collator) {
  const first = numberIn(one);
  const second = numberIn(two);
  if (first !== null && second !== null) return first - second;
  return collator.compare(one.value, two.value);
}
