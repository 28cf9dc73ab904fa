// Deciding suggestions one at a time and by keyboard. Without this script the page is a long form
// that does the same. Decisions stay in this browser until they are downloaded or forgotten.
import { Kept, actionOf, say } from "./deciding.js";

const form = document.getElementById("review");
const words = form.dataset;
const ids = words.ids.split(" ").filter(Boolean);
const pairs = [...form.querySelectorAll(".pair")];
const keys = document.getElementById("keys");
const show = (name) => document.querySelector(`[data-show=${name}]`);
const act = (name) => form.querySelector(`[data-do=${name}]`);
const kept = new Kept(storage(), words.left, words.right, words.edition);
const single = act("single");
let at = 0;

function storage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/* ------------------------------------------------------------ what a suggestion says */

const field = (pair, letter) => form.elements[`${letter}-${pair.dataset.id}`];
const verdictOf = (pair) => field(pair, "v").value;
const setVerdict = (pair, verdict) => {
  for (const radio of field(pair, "v")) radio.checked = radio.value === verdict;
};

function read(pair) {
  const verdict = verdictOf(pair);
  if (!verdict) return null;
  const found = { subject: pair.dataset.subject, object: pair.dataset.object, verdict };
  if (verdict === "accept") found.predicate = field(pair, "g").value;
  if (field(pair, "k").value) found.confidence = field(pair, "k").value;
  if (field(pair, "c").value.trim()) found.comment = field(pair, "c").value.trim();
  return found;
}

function write(pair) {
  const found = kept.decisions.get(pair.dataset.id);
  setVerdict(pair, found?.verdict ?? "");
  if (found?.predicate && !setChoice(field(pair, "g"), found.predicate)) setVerdict(pair, "");
  if (found) {
    setChoice(field(pair, "k"), found.confidence ?? "");
    field(pair, "c").value = found.comment ?? "";
  }
  mark(pair);
}

function setChoice(select, value) {
  if (select.type === "hidden") return select.value === value;
  if (![...select.options].some((option) => option.value === value)) return false;
  select.value = value;
  return true;
}

function mark(pair) {
  const verdict = verdictOf(pair);
  pair.classList.toggle("accepted", verdict === "accept");
  pair.classList.toggle("refused", verdict === "refuse");
  if (pair !== pairs[at]) return;
  for (const name of ["accept", "refuse"]) act(name).setAttribute("aria-pressed", String(verdict === name));
}

function keep(pair) {
  kept.decide(pair.dataset.id, read(pair));
  mark(pair);
  count();
}

/* ------------------------------------------------------------ where one is */

function go(place, { focus = true } = {}) {
  at = place;
  for (const [number, pair] of pairs.entries()) pair.hidden = single.checked && number !== at;
  form.classList.toggle("single", single.checked);
  form.querySelector(".acts").hidden = !single.checked;
  mark(pairs[at]);
  if (!focus) return;
  pairs[at].focus({ preventScroll: true });
  pairs[at].scrollIntoView({ block: single.checked ? "nearest" : "start" });
}

function step(by) {
  const place = at + by;
  if (pairs[place]) return go(place), true;
  const address = by > 0 ? words.following : words.previous;
  if (address) {
    location.assign(address + (by > 0 ? "" : "#last"));
    return true;
  }
  tell(by > 0 ? words.sayLast : words.sayFirst);
  pairs[at].focus({ preventScroll: true });
  return false;
}

function count() {
  const { here, others } = kept.count(ids);
  show("decided").textContent = say(words.sayDecided, { n: here, count: ids.length });
  form.querySelector("progress").value = here;
  const told = [kept.works ? words.sayKept : words.sayUnkept];
  if (others > 0) told.push(say(words.sayOther, { n: others }));
  show("kept").textContent = told.join(" ");
}

function tell(...sentences) {
  show("said").textContent = sentences.filter(Boolean).join(". ");
}

/* ------------------------------------------------------------ what is done */

function settle(verdict, sentence) {
  const pair = pairs[at];
  setVerdict(pair, verdict);
  keep(pair);
  tell(sentence, show("decided").textContent);
  step(1);
}

function grade(number) {
  const select = field(pairs[at], "g");
  const option = select.options?.[number - 1];
  if (!option) return;
  select.value = option.value;
  if (verdictOf(pairs[at])) keep(pairs[at]);
  tell(option.textContent);
}

function undo() {
  const id = kept.undo();
  if (!id) return tell(words.sayNothing);
  const place = pairs.findIndex((pair) => pair.dataset.id === id);
  if (place >= 0) {
    write(pairs[place]);
    go(place);
  }
  count();
  tell(words.sayUndone, show("decided").textContent);
}

function forget() {
  if (!confirm(words.sayForget)) return;
  kept.reviewer = "";
  kept.forget();
  for (const pair of pairs) write(pair);
  count();
  tell(words.sayForgotten);
}

const does = {
  accept: () => settle("accept", words.sayAccept),
  refuse: () => settle("refuse", words.sayRefuse),
  skip: () => settle("", words.sayLeave),
  next: () => step(1),
  previous: () => step(-1),
  undo,
  comment: () => field(pairs[at], "c").focus(),
  help: () => keys.showModal(),
  close: () => keys.close(),
  forget,
};

/* ------------------------------------------------------------ listening */

document.addEventListener("keydown", (event) => {
  if (event.target.matches?.(".comment input") && !event.isComposing && (event.key === "Escape" || event.key === "Enter")) {
    event.preventDefault();
    pairs[at].focus({ preventScroll: true });
    return;
  }
  if (keys.open || !on.checked) return;
  const action = actionOf(event, document.documentElement.dir === "rtl");
  if (!action) return;
  event.preventDefault();
  if (action.startsWith("grade ")) grade(Number(action.slice(6)));
  else does[action]();
});

for (const button of document.querySelectorAll("button[data-do]")) {
  button.addEventListener("click", () => does[button.dataset.do]());
}

for (const [number, pair] of pairs.entries()) {
  pair.addEventListener("change", () => keep(pair));
  pair.addEventListener("focusin", () => { at = number; });
}

single.addEventListener("change", () => go(at, { focus: false }));
form.elements.reviewer.addEventListener("change", (event) => {
  kept.reviewer = event.target.value.trim();
  kept.save();
});
form.addEventListener("submit", () => {
  form.elements.decisions.value = JSON.stringify(kept.list(ids));
});

/* ------------------------------------------------------------ publishing */

const publishing = document.getElementById("publish");
const TOKEN = "competency.token";

async function publish() {
  const said = show("published");
  const token = document.getElementById("token").value.trim();
  said.classList.remove("wrong");
  said.textContent = publishing.dataset.sayBusy;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({
        left: words.left, right: words.right,
        per_part: Number(form.elements.per_part.value), contrasts: Boolean(form.elements.contrasts),
        set: form.elements.set?.value ?? "", reviewer: form.elements.reviewer.value,
        decisions: kept.list(ids),
      }),
    });
    const told = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(refusal(answer.status, told));
    remember(token);
    published(told, said);
  } catch (error) {
    said.classList.add("wrong");
    said.textContent = error instanceof TypeError ? publishing.dataset.sayFault : error.message;
  }
}

/** Say why nothing was published: what to do is known for some answers, others bring their reason. */
function refusal(status, told) {
  const sentence = publishing.dataset[`say-${status}`] ?? publishing.dataset.sayFault;
  const reason = told.detail ?? told.results?.[0]?.message;
  return status === 401 || status === 403 || !reason ? sentence : `${sentence} ${reason}`;
}

function published(told, said) {
  const some = told.accepted + told.refused > 0;
  const sentences = [some ? say(publishing.dataset.sayDone, { ...told, edition: Number(told.edition) || told.edition }) : publishing.dataset.sayNone];
  if (told.known) sentences.push(say(publishing.dataset.sayKnown, { n: told.known }));
  kept.forget(ids);
  said.textContent = sentences.join(" ");
  const link = document.createElement("a");
  link.href = words.again;
  link.textContent = publishing.dataset.sayGoOn;
  said.append(" ", link);
  publishing.querySelector("button").disabled = true;
}

function remember(token) {
  try {
    if (document.getElementById("token-kept").checked) sessionStorage.setItem(TOKEN, token);
    else sessionStorage.removeItem(TOKEN);
  } catch { /* a browser that keeps nothing asks again */ }
}

if (publishing) {
  publishing.hidden = false;
  try {
    document.getElementById("token").value = sessionStorage.getItem(TOKEN) ?? "";
    document.getElementById("token-kept").checked = Boolean(sessionStorage.getItem(TOKEN));
  } catch { /* as above */ }
  publishing.addEventListener("submit", (event) => {
    event.preventDefault();
    publish();
  });
}

/* ------------------------------------------------------------ beginning */

const on = document.getElementById("keys-on");
try {
  on.checked = localStorage.getItem("competency.keys") !== "off";
  on.addEventListener("change", () => localStorage.setItem("competency.keys", on.checked ? "on" : "off"));
} catch { /* a browser that keeps nothing has the keys on */ }

for (const node of form.querySelectorAll(".board, [data-show=kept], [data-for=script]")) node.hidden = false;
// With pages of their own there is nothing to keep in the form; what this browser keeps is enough.
if (!form.elements.set || pairs.length === ids.length) act("forget").closest("form").querySelector("[data-for=plain]").hidden = true;
form.elements.reviewer.value ||= kept.reviewer;
for (const pair of pairs) write(pair);
count();
const first = pairs.findIndex((pair) => !verdictOf(pair));
go(location.hash === "#last" ? pairs.length - 1 : Math.max(first, 0), { focus: Boolean(location.hash) });
