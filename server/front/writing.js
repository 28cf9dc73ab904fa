// The field to write a query in: CodeMirror over the textarea of the form, which keeps the text.
//
// It stands in a shadow tree, where CodeMirror adopts its styles as constructed style sheets; in
// the document itself it would add a <style>, which our Content-Security-Policy forbids.

/** @import { Words } from "./words.js" */
/** @import { Sources } from "./completing.js" */

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { HighlightStyle, StreamLanguage, bracketMatching, indentOnInput, indentService, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { Compartment, EditorState, Prec } from "@codemirror/state";
import { EditorView, drawSelection, gutter, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { element } from "./elements.js";
import { indentation } from "./indenting.js";
import { placeIn } from "./places.js";

/** @typedef {{ line: number, column: number, message: string }} Fault */

const HELP = "editor-keys";

const NUMBER = /^\d/;
const language = StreamLanguage.define({
  ...sparql,
  indent: undefined,
  languageData: { ...sparql.languageData, indentOnInput: /^\s*[})\]]$/ },
  token(stream, state) {
    const style = sparql.token(stream, state);
    return style === "variable" && NUMBER.test(stream.current()) ? "number" : style;
  },
});

const indenting = indentService.of((context, position) =>
  indentation(context.state.sliceDoc(0, position), context.textAfterPos(position)));

// A browser that types over coloured text gives the new text a style attribute, which the
// Content-Security-Policy refuses with a complaint; so what replaces a selection is put in here.
const replacing = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main;
    const text = event.data;
    if (event.inputType !== "insertText" || !text || empty || event.isComposing) return false;
    const insert = () => view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handler) => handler(view, from, to, text, insert))) view.dispatch(insert());
    return true;
  },
});

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--code-word)", fontWeight: "600" },
  { tag: tags.standard(tags.variableName), color: "var(--code-word)" },
  { tag: tags.local(tags.variableName), color: "var(--code-variable)" },
  { tag: tags.atom, color: "var(--code-name)" },
  { tag: [tags.string, tags.number, tags.meta], color: "var(--code-text)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
]);

const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "transparent", fontSize: "0.92rem" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", minHeight: "14em", maxHeight: "min(34em, 70vh)", overflow: "auto" },
  ".cm-content": { padding: "0.7em 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 0.9em 0 0.6em" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--soft)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine, &.cm-focused .cm-activeLineGutter": { backgroundColor: "var(--code-line)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "var(--code-selected)" },
  "&.cm-focused .cm-matchingBracket, .cm-matchingBracket": { backgroundColor: "transparent", boxShadow: "inset 0 0 0 1px var(--accent)", borderRadius: "2px" },
  "&.cm-focused .cm-nonmatchingBracket, .cm-nonmatchingBracket": { backgroundColor: "transparent", color: "var(--warn)" },
  ".cm-tooltip": { backgroundColor: "var(--card)", color: "var(--ink)", border: "1px solid var(--soft)", borderRadius: "0.3rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "none" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.15em 0.6em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--paper)" },
  ".cm-completionDetail": { color: "var(--soft)", fontFamily: "var(--sans)", fontStyle: "normal", marginLeft: "1em" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-tooltip.cm-completionInfo": { fontFamily: "var(--sans)", fontSize: "0.88rem", lineHeight: "1.45", padding: "0.5rem 0.7rem", maxWidth: "24rem" },
  ".cm-diagnostic": { fontFamily: "var(--sans)", padding: "0.4rem 0.7rem", borderLeft: "0.25rem solid var(--warn)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--warn)", textUnderlineOffset: "0.2em" },
  ".cm-gutter-lint": { width: "1.1em" },
});

/**
 * Put an editor in the place of a textarea, which goes on holding the text.
 * @param {HTMLTextAreaElement} textarea
 * @param {{ words: Words, sources: Sources, run: () => void, changed: () => void }} options
 */
export function editorOf(textarea, { words, sources, run, changed }) {
  const host = element("div", { class: "editor-host" });
  const shadow = host.attachShadow({ mode: "open" });
  const assisted = new Compartment();
  const marked = new Compartment();
  const view = new EditorView({
    root: shadow,
    state: EditorState.create({
      doc: textarea.value,
      extensions: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => { run(); return true; } }])),
        lineNumbers(), highlightActiveLine(), highlightActiveLineGutter(), highlightSpecialChars(),
        drawSelection(), history(), bracketMatching(), indentOnInput(), indentUnit.of("  "),
        EditorView.lineWrapping, language, syntaxHighlighting(colours), theme, indenting, replacing,
        assisted.of([]),
        marked.of(gutter({ class: "cm-gutter-lint" })), // the room of the marks that come later
        keymap.of([...historyKeymap, ...defaultKeymap, indentWithTab]),
        EditorView.contentAttributes.of({ "aria-label": words.say("query"), "aria-describedby": HELP, tabindex: "0", spellcheck: "false", autocapitalize: "off" }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          textarea.value = update.state.doc.toString();
          changed();
        }),
      ],
    }),
  });
  const help = element("span", { id: HELP, hidden: true }, words.say("keys"));
  shadow.append(view.dom, help);
  textarea.before(host);
  textarea.hidden = true;
  for (const label of textarea.labels ?? []) label.addEventListener("click", () => view.focus());

  const assist = async () => {
    const { assistance } = await import("./assisting.js");
    view.dispatch({ effects: assisted.reconfigure(assistance(sources)) });
  };
  view.contentDOM.addEventListener("focus", () => void assist(), { once: true });

  /** @type {Promise<typeof import("./marking.js")> | null} */
  let loaded = null;
  const marking = () => {
    loaded ??= import("./marking.js").then((module) => {
      view.dispatch({ effects: marked.reconfigure(module.marks()) });
      return module;
    });
    return loaded;
  };

  return {
    view,
    /** @param {Fault | null} fault */
    async mark(fault) {
      if (!fault && !loaded) return;
      (await marking()).mark(view, fault);
    },
    /** @param {number} line @param {number} column */
    goTo(line, column) {
      view.dispatch({ selection: { anchor: placeIn(view.state.doc, line, column).from }, scrollIntoView: true });
      view.focus();
    },
  };
}
