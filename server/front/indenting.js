// How far a line of a query stands in: two spaces for every bracket that is open, and two more
// where the line before goes on with the same subject or predicate.

const STEP = 2;
// Comments, texts and IRIs hold no brackets that count.
const SILENT = /#[^\n]*|"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|<[^<>\s]*>/g;

/**
 * Return the number of spaces before a line.
 * @param {string} before  the text of all lines above it
 * @param {string} line  the line itself
 */
export function indentation(before, line) {
  const plain = before.replace(SILENT, (found) => (found.startsWith("#") ? "" : "x"));
  let open = 0;
  for (const sign of plain) {
    if ("{([".includes(sign)) open += 1;
    else if ("})]".includes(sign)) open = Math.max(0, open - 1);
  }
  const closes = /^\s*[})\]]/.test(line);
  const goesOn = /[;,]\s*$/.test(plain) && !closes;
  return STEP * (open - (closes && open ? 1 : 0) + (goesOn ? 1 : 0));
}
