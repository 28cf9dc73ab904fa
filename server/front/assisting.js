// What an editor needs only once somebody writes: completion, pairs of brackets, marks of errors.

/** @import { Extension } from "@codemirror/state" */
/** @import { EditorView } from "@codemirror/view" */
/** @import { Sources } from "./completing.js" */

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { keymap } from "@codemirror/view";
import { completions } from "./completing.js";
import { placeIn } from "./places.js";

/**
 * @param {Sources} sources
 * @returns {Extension}
 */
export function assistance(sources) {
  return [
    autocompletion({ override: [completions(sources)], icons: false, maxRenderedOptions: 10 }),
    closeBrackets(),
    lintGutter(),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap]),
  ];
}

/**
 * Mark a place in the text, counted from 1, with what is wrong there; null takes the mark away.
 * @param {EditorView} view
 * @param {{ line: number, column: number, message: string } | null} fault
 */
export function mark(view, fault) {
  const marks = fault
    ? [{ ...placeIn(view.state.doc, fault.line, fault.column), severity: /** @type {const} */ ("error"), message: fault.message }]
    : [];
  view.dispatch(setDiagnostics(view.state, marks));
}
