// The marks of errors, which an editor needs only once there is one.

/** @import { Extension } from "@codemirror/state" */
/** @import { EditorView } from "@codemirror/view" */

import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { keymap } from "@codemirror/view";
import { placeIn } from "./places.js";

/** @returns {Extension} */
export function marks() {
  return [lintGutter(), keymap.of(lintKeymap)];
}

/**
 * Mark a place in the text, counted from 1, with what is wrong there; null takes the mark away.
 * @param {EditorView} view
 * @param {{ line: number, column: number, message: string } | null} fault
 */
export function mark(view, fault) {
  const found = fault
    ? [{ ...placeIn(view.state.doc, fault.line, fault.column), severity: /** @type {const} */ ("error"), message: fault.message }]
    : [];
  view.dispatch(setDiagnostics(view.state, found));
}
