// The view with the chart: what to draw, and the drawing, which is loaded when it is first wanted.

/** @import { Answer, Term } from "./answers.js" */
/** @import { Choice } from "./columns.js" */
/** @import { Settings } from "./settings.js" */
/** @import { Words } from "./words.js" */

import { choice, numberColumns, pointsOf } from "./columns.js";
import { element } from "./elements.js";
import { shortened } from "./names.js";

const EXAMPLE = "(COUNT(*) AS ?n)";

/**
 * Return the view: the chart with its choices, or why there is none.
 * @param {Answer} answer
 * @param {Settings} settings
 * @param {Words} words
 */
export function chartOf(answer, settings, words) {
  const chosen = choice(answer);
  if (!chosen) return element("p", { class: "unstated" }, whyNot(answer, words));
  return view(answer, chosen, settings, words);
}

/**
 * @param {Answer} answer
 * @param {Choice} chosen
 * @param {Settings} settings
 * @param {Words} words
 */
function view(answer, chosen, settings, words) {
  const place = element("div", { class: "chart" });
  const note = element("p", { class: "note" });
  const named = (/** @type {Term} */ term) => (term.kind === "iri" ? shortened(term.value, settings) : term.value);
  let width = 0;

  async function draw() {
    const { chart, MOST } = await import("./chart.js");
    const points = pointsOf(answer, chosen, named);
    const title = words.say("chart-of", {
      values: answer.variables[chosen.values], labels: answer.variables[chosen.labels],
    });
    place.replaceChildren(chart(points, { kind: chosen.kind, title, width: place.clientWidth, words, font: getComputedStyle(place).fontFamily }));
    const cut = points.length > MOST[chosen.kind] ? words.say("chart-cut", { shown: MOST[chosen.kind], num: points.length }) : "";
    note.textContent = `${cut} ${words.say("same-table")}`.trim();
  }

  new ResizeObserver(() => {
    if (place.clientWidth === width || !place.isConnected) return;
    width = place.clientWidth;
    void draw();
  }).observe(place);
  return element("div", {}, choices(answer, chosen, words, () => void draw()), place, note);
}

/**
 * @param {Answer} answer
 * @param {Words} words
 */
function whyNot(answer, words) {
  if (answer.kind !== "rows") return words.say("not-rows");
  return answer.rows.length ? words.say("no-number", { example: EXAMPLE }) : words.say("no-rows");
}

/**
 * Return the fields that change what is drawn.
 * @param {Answer} answer
 * @param {Choice} chosen
 * @param {Words} words
 * @param {() => void} changed
 */
function choices(answer, chosen, words, changed) {
  const all = answer.variables.map((name, index) => /** @type {[string, string]} */ ([String(index), name]));
  const numbers = new Set(numberColumns(answer));
  const fields = [
    field("labels", all, String(chosen.labels), (value) => { chosen.labels = Number(value); }),
    field("values", all.filter(([index]) => numbers.has(Number(index))), String(chosen.values), (value) => { chosen.values = Number(value); }),
    field("kind", [["bars", words.say("bars")], ["line", words.say("line")]], chosen.kind, (value) => { chosen.kind = value === "line" ? "line" : "bars"; }),
  ];
  return element("p", { class: "choose" }, ...fields);

  /**
   * @param {string} name
   * @param {[string, string][]} options
   * @param {string} value
   * @param {(value: string) => void} take
   */
  function field(name, options, value, take) {
    const id = `chart-${name}`;
    const picker = element("select", { id });
    for (const [key, text] of options) {
      picker.append(element("option", { value: key, selected: key === value }, text));
    }
    picker.addEventListener("change", () => { take(picker.value); changed(); });
    return element("span", {}, element("label", { for: id }, words.say(name)), picker);
  }
}
