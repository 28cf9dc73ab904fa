// The page of the endpoint, once its script is there: the form becomes an editor, and answers
// come without another page. The form, its fields and its addresses stay what they are without.

/** @import { Fields } from "./asking.js" */
/** @import { Format } from "./settings.js" */
/** @import { View } from "./showing.js" */

import { answerIn } from "./answers.js";
import { Refused, addressFor, ask, lengthOf, MOST_IN_ADDRESS, tooLong } from "./asking.js";
import { element, known } from "./elements.js";
import { settingsOfPage } from "./settings.js";
import { answerSection, faultBox, inSeconds, summary } from "./showing.js";
import { Words } from "./words.js";
import { editorOf } from "./writing.js";

const ACCEPTED = "application/sparql-results+json, application/n-triples;q=0.9";
const VIEWS = ["table", "chart", "raw"];

/** @param {import("./settings.js").Settings} settings */
function start(settings) {
  const words = new Words(settings.words, document.documentElement.lang || "en");
  const form = known("ask", HTMLFormElement);
  const textarea = known("query", HTMLTextAreaElement);
  const result = known("result", HTMLElement);
  const cancel = known("cancel", HTMLButtonElement);
  const share = known("share", HTMLButtonElement);
  const status = element("p", { id: "status", class: "note", role: "status" });
  share.after(status);
  known("keys", HTMLElement).hidden = false;
  share.hidden = false;

  /** @type {AbortController | null} */
  let running = null;
  /** @type {View | null} */
  let view = /** @type {View | null} */ (VIEWS.find((name) => name === new URLSearchParams(location.search).get("view")) ?? null);

  const editor = editorOf(textarea, {
    words,
    sources: { prefixes: settings.prefixes, terms: termsOf(settings.terms), said: (name) => words.say(name) },
    run: () => form.requestSubmit(),
    changed: () => void editor.mark(null),
  });

  /** @returns {Fields} */
  const fieldsOfForm = () => [...new FormData(form)].map(([name, value]) => [name, String(value)]);

  /** @param {Fields} fields */
  async function run(fields) {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    busy(true);
    const began = performance.now();
    try {
      const response = await ask(settings.endpoint, fields, { accept: ACCEPTED, signal: mine.signal });
      const answer = answerIn(await response.text(), response.headers.get("Content-Type") ?? "");
      const seconds = (performance.now() - began) / 1000;
      void editor.mark(null);
      result.replaceChildren(answerSection({
        answer, seconds, view, settings, words,
        text: async (format) => (await ask(settings.endpoint, fields, { format })).text(),
        download: (format) => download(fields, format),
        chosen,
      }));
      say(`${summary(answer, words)}, ${inSeconds(seconds, words)}`);
    } catch (error) {
      if (mine.signal.aborted) {
        if (running === mine) say(words.say("cancelled"));
      } else {
        fail(error);
      }
    } finally {
      if (running === mine) {
        running = null;
        busy(false);
      }
    }
  }

  /** @param {unknown} error */
  function fail(error) {
    const refused = error instanceof Refused ? error : null;
    const message = refused ? refused.message || words.say("refused", { status: refused.status }) : words.say("unreachable");
    const fault = { message, line: refused?.line, column: refused?.column };
    result.replaceChildren(faultBox(fault, words, editor.goTo));
    if (fault.line) void editor.mark({ line: fault.line, column: fault.column ?? 1, message });
    say("");
  }

  /** @param {boolean} on */
  function busy(on) {
    cancel.hidden = !on;
    result.setAttribute("aria-busy", String(on));
    if (on) say(words.say("running"));
  }

  /** @param {string} text */
  function say(text) {
    status.textContent = text;
  }

  /** @param {View} name */
  function chosen(name) {
    view = name;
    const address = new URL(location.href);
    address.searchParams.set("view", name);
    history.replaceState(null, "", address);
  }

  /**
   * @param {Fields} fields
   * @param {Format} format
   */
  function download(fields, format) {
    const address = addressFor(settings.endpoint, fields, { format: format.name });
    const name = `answer.${format.name}`;
    if (!tooLong(address)) return element("a", { href: address.href, type: format.type, download: name }, format.title);
    const button = element("button", { type: "button", class: "link" }, format.title);
    button.addEventListener("click", async () => {
      const data = await (await ask(settings.endpoint, fields, { format: format.name })).blob();
      const link = element("a", { href: URL.createObjectURL(data), download: name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    });
    return button;
  }

  /** Return the address of what is in the editor now, with the view that was chosen. */
  function addressOfState() {
    return addressFor(settings.endpoint, fieldsOfForm(), view ? { view } : {});
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = addressOfState();
    const shown = tooLong(address) ? addressFor(settings.endpoint, []) : address;
    if (shown.href !== location.href) history.pushState(null, "", shown);
    void run(fieldsOfForm()).then(reveal);
  });
  cancel.addEventListener("click", () => {
    running?.abort();
    editor.view.focus();
  });
  share.addEventListener("click", async () => {
    const address = addressOfState();
    if (tooLong(address)) {
      say(words.say("too-long", { length: lengthOf(address), most: MOST_IN_ADDRESS }));
      return;
    }
    history.replaceState(null, "", address);
    try {
      await navigator.clipboard.writeText(address.href);
      say(words.say("copied"));
    } catch {
      say(words.say("not-copied"));
    }
  });
  addEventListener("popstate", () => location.reload());

  /** Bring the answer into sight where it is below the window. */
  function reveal() {
    const { top } = result.getBoundingClientRect();
    if (top > innerHeight - 120) scrollBy({ top: top - innerHeight * 0.5 });
  }

  const current = document.querySelector(".questions [aria-current]")?.closest("li");
  const list = current?.parentElement;
  if (current && list) list.scrollTop = current.offsetTop - list.offsetTop - 40;

  const { line, column } = textarea.dataset;
  if (line) {
    const message = document.querySelector("#fault p")?.textContent?.trim() ?? "";
    void editor.mark({ line: Number(line), column: Number(column ?? 1), message });
  }
  const asked = [...new URLSearchParams(location.search)];
  if (asks(asked) && !document.getElementById("fault")) void run(asked);
}

/** Say whether an address asks something, so that the page came with an answer. @param {Fields} fields */
function asks(fields) {
  const names = new Set(fields.map(([name]) => name));
  return names.has("query") || (names.has("question") && names.has("run"));
}

/**
 * Return the function that gives the terms to complete, fetched once; without them it goes on.
 * @param {string} address
 */
function termsOf(address) {
  /** @type {Promise<import("./completing.js").Named[]> | null} */
  let fetched = null;
  return () => {
    fetched ??= fetch(address).then((response) => response.json()).then((found) => found.terms).catch(() => []);
    return fetched;
  };
}

const settings = settingsOfPage();
if (settings) start(settings);
