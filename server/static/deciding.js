// Decisions about suggestions, without a page: what a key means, what is kept, what is counted.

const KEYS = {
  a: "accept", r: "refuse", s: "skip", j: "next", k: "previous",
  u: "undo", c: "comment", "?": "help",
};
const TYPED = "input:not([type=radio], [type=checkbox], [type=button], [type=submit]), textarea, select, [contenteditable], dialog";

/** Return what a key press asks for, or "" where it is none of ours: typing, or a shortcut of others. */
export function actionOf(event, rightToLeft = false) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return "";
  const target = event.target;
  if (target?.closest?.(TYPED)) return "";
  if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
    if (event.shiftKey || target?.matches?.("[type=radio]")) return "";
    return (event.key === "ArrowRight") !== rightToLeft ? "next" : "previous";
  }
  if (/^[1-5]$/.test(event.key)) return `grade ${event.key}`;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return KEYS[key] ?? "";
}

/** The decisions about two frameworks, kept in a storage by the name of the pair. */
export class Kept {
  /** `storage` is like localStorage, or null; one that throws is as good as none. */
  constructor(storage, left, right, edition) {
    this.storage = storage;
    this.name = `competency.align ${left} ${right}`;
    this.edition = edition;
    this.decisions = new Map();
    this.reviewer = "";
    this.works = Boolean(storage);
    this.undone = [];
    this.load();
  }

  load() {
    try {
      const found = JSON.parse(this.storage.getItem(this.name) ?? "null");
      if (found && typeof found === "object") {
        this.decisions = new Map(Object.entries(found.decisions ?? {}).filter(([, one]) => isDecision(one)));
        this.reviewer = String(found.reviewer ?? "");
      }
    } catch (error) {
      if (!(error instanceof SyntaxError)) this.works = false;
    }
  }

  save() {
    try {
      if (this.decisions.size || this.reviewer) {
        const kept = { edition: this.edition, reviewer: this.reviewer, decisions: Object.fromEntries(this.decisions) };
        this.storage.setItem(this.name, JSON.stringify(kept));
      } else {
        this.storage.removeItem(this.name);
      }
    } catch {
      this.works = false;
    }
  }

  /** Keep a decision, or take it back with null; `undo` knows what was before. */
  decide(id, decision, remembered = true) {
    const before = this.decisions.get(id) ?? null;
    if (same(before, decision)) return;
    const last = this.undone.at(-1);
    const written = last?.id === id && before && decision && before.verdict === decision.verdict;
    if (remembered && !written) this.undone.push({ id, before });
    if (decision) this.decisions.set(id, decision);
    else this.decisions.delete(id);
    this.save();
  }

  /** Take the last decision back and return its id, or null where there is none. */
  undo() {
    const last = this.undone.pop();
    if (!last) return null;
    if (last.before) this.decisions.set(last.id, last.before);
    else this.decisions.delete(last.id);
    this.save();
    return last.id;
  }

  /** Return how many of a queue are decided, and how many decisions are about others. */
  count(ids) {
    const here = ids.filter((id) => this.decisions.has(id)).length;
    return { here, others: this.decisions.size - here };
  }

  /** Return the decisions about a queue, as the server takes them. */
  list(ids) {
    return ids.filter((id) => this.decisions.has(id)).map((id) => this.decisions.get(id));
  }

  /** Forget what is kept: all of it, or what is about a queue. */
  forget(ids = null) {
    if (ids) for (const id of ids) this.decisions.delete(id);
    else this.decisions.clear();
    this.undone = [];
    this.save();
  }
}

/** Fill `{name}` in a sentence. */
export function say(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function isDecision(one) {
  return one && typeof one === "object" && ["accept", "refuse"].includes(one.verdict);
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
