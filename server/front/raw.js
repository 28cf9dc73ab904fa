// An answer as the server writes it, in any of its formats.

/** @import { Format } from "./settings.js" */
/** @import { Words } from "./words.js" */

import { element } from "./elements.js";

const MOST = 200_000; // characters shown; a browser is slow with more

/**
 * Return a text in the format that is picked, fetched when it is.
 * @param {Format[]} formats
 * @param {(name: string) => Promise<string>} fetched
 * @param {Words} words
 */
export function rawOf(formats, fetched, words) {
  const text = element("code");
  const cut = element("p", { class: "unstated", hidden: true });
  const frame = element("pre", { tabindex: 0, role: "region", "aria-label": words.say("raw") }, text);
  const picker = element("select", { id: "raw-format" });
  for (const format of formats) picker.append(element("option", { value: format.name }, format.title));

  async function show() {
    const wanted = picker.value;
    text.textContent = words.say("loading");
    let found;
    try {
      found = await fetched(wanted);
    } catch (error) {
      found = error instanceof Error ? error.message : String(error);
    }
    if (picker.value !== wanted) return;
    text.textContent = found.slice(0, MOST);
    cut.hidden = found.length <= MOST;
    cut.textContent = words.say("cut", { shown: MOST, num: found.length });
  }

  picker.addEventListener("change", show);
  void show();
  const label = element("label", { for: "raw-format" }, words.say("format"));
  return element("div", {}, element("p", { class: "choose" }, element("span", {}, label, picker)), frame, cut);
}
