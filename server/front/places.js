// Lines and columns of the server, counted from 1 in characters, as places in a text.

/**
 * Return what a fault covers: from its place to the end of the word there, at least one character.
 * @param {{ lines: number, length: number, line: (n: number) => { from: number, to: number, text: string } }} text
 * @param {number} line
 * @param {number} column
 */
export function placeIn(text, line, column) {
  const found = text.line(Math.min(Math.max(line, 1), text.lines));
  const before = [...found.text].slice(0, Math.max(column - 1, 0)).join("");
  const from = found.from + before.length;
  const word = /^[^\s{}()[\],;]+/.exec(found.text.slice(before.length))?.[0].length ?? 1;
  if (from < found.to) return { from, to: Math.min(from + word, found.to) };
  return { from: Math.max(found.from, found.to - 1), to: found.to };
}
