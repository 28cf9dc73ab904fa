// What the page tells the editor, in a block of JSON.

/**
 * @typedef {{ name: string, title: string, type: string }} Format
 *
 * @typedef {object} Settings
 * @property {string} endpoint
 * @property {string} terms
 * @property {string} base
 * @property {string} thing
 * @property {string} entity
 * @property {string[]} held
 * @property {Record<string, string>} vocabularies
 * @property {Record<string, string>} prefixes
 * @property {{ rows: Format[], truth: Format[], triples: Format[] }} formats
 * @property {Record<string, string>} words
 */

/**
 * Return the settings of the page, or null on a page that has none.
 * @returns {Settings | null}
 */
export function settingsOfPage() {
  const block = document.getElementById("editor-settings");
  return block ? JSON.parse(block.textContent ?? "") : null;
}
