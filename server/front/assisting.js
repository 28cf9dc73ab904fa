// What an editor needs only once somebody writes: completion and pairs of brackets.

/** @import { Extension } from "@codemirror/state" */
/** @import { Sources } from "./completing.js" */

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { keymap } from "@codemirror/view";
import { completions } from "./completing.js";

/**
 * @param {Sources} sources
 * @returns {Extension}
 */
export function assistance(sources) {
  return [
    autocompletion({ override: [completions(sources)], icons: false, maxRenderedOptions: 10 }),
    closeBrackets(),
    keymap.of([...closeBracketsKeymap, ...completionKeymap]),
  ];
}
