// What comes back from the server, for people: an answer in its views, or what is wrong.

/** @import { Answer } from "./answers.js" */
/** @import { Format, Settings } from "./settings.js" */
/** @import { Words } from "./words.js" */

import { chartOf } from "./charting.js";
import { element } from "./elements.js";
import { rawOf } from "./raw.js";
import { tableOf } from "./table.js";

/**
 * @typedef {"table" | "chart" | "raw"} View
 *
 * @typedef {object} Showing
 * @property {Answer} answer
 * @property {number} seconds
 * @property {View | null} view  the view to begin with, where somebody has chosen one
 * @property {Settings} settings
 * @property {Words} words
 * @property {(format: string) => Promise<string>} text  the answer in a format
 * @property {(format: Format) => Node} download  a link to the answer in a format, or a button
 * @property {(view: View) => void} chosen  called when somebody chooses a view
 */

/**
 * Return an answer with its headline, its views and its downloads.
 * @param {Showing} showing
 */
export function answerSection(showing) {
  const { answer, words } = showing;
  const formats = showing.settings.formats[answer.kind];
  const time = element("span", { class: "note" }, inSeconds(showing.seconds, words));
  const headline = element("h2", { id: "answer" }, summary(answer, words), " ", time);
  const files = element("ul", { class: "downloads", "aria-label": words.say("download") });
  for (const format of formats) files.append(element("li", {}, showing.download(format)));
  const panel = element("div", { id: "view", class: "view" });
  const names = viewsOf(answer);
  const head = element("div", { class: "answer-head" }, headline);
  if (names.length > 1) head.append(tabs(names, panel, showing));
  else draw(names[0], panel, showing);
  head.append(files);
  return element("section", { class: "answer", "aria-labelledby": "answer" }, head, panel);
}

/**
 * Return the answer in a few words.
 * @param {Answer} answer
 * @param {Words} words
 */
export function summary(answer, words) {
  if (answer.kind === "truth") return words.say(answer.truth ? "yes" : "no");
  if (!answer.rows.length) return words.say(answer.kind === "rows" ? "none" : "no-triples");
  return words.count(answer.kind, answer.rows.length);
}

/**
 * @param {number} seconds
 * @param {Words} words
 */
export function inSeconds(seconds, words) {
  const digits = seconds < 1 ? 2 : 1;
  return words.say("seconds", { seconds: seconds.toLocaleString(words.language, { maximumFractionDigits: digits, minimumFractionDigits: digits }) });
}

/**
 * Return the views of an answer, the one to begin with first.
 * @param {Answer} answer
 * @returns {View[]}
 */
export function viewsOf(answer) {
  if (answer.kind === "truth") return ["raw"];
  return answer.kind === "triples" ? ["raw", "table", "chart"] : ["table", "chart", "raw"];
}

/**
 * Return the tabs that choose a view (ARIA Authoring Practices, Tabs): arrows go from one to the
 * next, and only the chosen one is reached by Tab.
 * @param {View[]} names
 * @param {HTMLElement} panel
 * @param {Showing} showing
 */
function tabs(names, panel, showing) {
  const { words } = showing;
  const list = element("div", { role: "tablist", class: "tabs", "aria-label": words.say("views") });
  const buttons = names.map((name) => {
    const text = name === "raw" && showing.answer.kind === "triples" ? "Turtle" : words.say(name);
    return element("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": "view" }, text);
  });
  /** @param {number} index */
  function choose(index) {
    for (const [place, button] of buttons.entries()) {
      button.setAttribute("aria-selected", String(place === index));
      button.tabIndex = place === index ? 0 : -1;
    }
    panel.setAttribute("aria-labelledby", `tab-${names[index]}`);
    draw(names[index], panel, showing);
  }
  for (const [index, button] of buttons.entries()) {
    button.addEventListener("click", () => { choose(index); showing.chosen(names[index]); });
    button.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const to = event.key === "Home" ? 0 : event.key === "End" ? names.length - 1
        : step ? (index + step + names.length) % names.length : null;
      if (to === null) return;
      event.preventDefault();
      buttons[to].focus();
      buttons[to].click();
    });
  }
  list.append(...buttons);
  panel.setAttribute("role", "tabpanel");
  choose(Math.max(0, showing.view ? names.indexOf(showing.view) : 0));
  return list;
}

/**
 * @param {View} view
 * @param {HTMLElement} panel
 * @param {Showing} showing
 */
function draw(view, panel, showing) {
  const { answer, settings, words } = showing;
  if (view === "chart") panel.replaceChildren(chartOf(answer, settings, words));
  else if (view === "raw") panel.replaceChildren(rawOf(settings.formats[answer.kind], showing.text, words));
  else if (answer.rows.length) panel.replaceChildren(tableOf(answer, settings, words));
  else panel.replaceChildren();
}

/**
 * Return what is wrong; where the place is known, a button leads to it.
 * @param {{ message: string, line?: number, column?: number }} fault
 * @param {Words} words
 * @param {(line: number, column: number) => void} goTo
 */
export function faultBox(fault, words, goTo) {
  const text = element("p");
  const { line, column = 1 } = fault;
  if (line) {
    const place = element("button", { type: "button", class: "place" }, words.say("place", { line, column }));
    place.addEventListener("click", () => goTo(line, column));
    text.append(place, " ");
  }
  text.append(fault.message);
  return element("div", { class: "fault", id: "fault", role: "alert" }, text);
}
