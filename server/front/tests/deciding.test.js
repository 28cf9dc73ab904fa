// What a key means on the page of suggestions, and what is kept of decisions.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Kept, actionOf, say } from "../../static/deciding.js";

/** Return a storage like that of a browser. */
function storage() {
  const held = new Map();
  return {
    getItem: (name) => held.get(name) ?? null,
    setItem: (name, value) => void held.set(name, value),
    removeItem: (name) => void held.delete(name),
    size: () => held.size,
  };
}

/** Return a key press; `on` is the selector of what has the focus. */
const press = (key, { on = "", ...more } = {}) => ({
  key,
  target: { closest: () => (on === "input" ? {} : null), matches: (what) => on === what },
  ...more,
});
const accept = { subject: "urn:a", object: "urn:b", verdict: "accept", predicate: "skos:closeMatch" };
const refuse = { subject: "urn:c", object: "urn:d", verdict: "refuse" };

test("keys do what the help says, capitals as well", () => {
  const meant = { a: "accept", R: "refuse", s: "skip", j: "next", k: "previous", u: "undo", c: "comment", "?": "help", 3: "grade 3" };
  for (const [key, action] of Object.entries(meant)) assert.equal(actionOf(press(key)), action);
  for (const key of ["x", "6", "0", "Enter", "Tab", " ", "ArrowDown"]) assert.equal(actionOf(press(key)), "");
});

test("keys do nothing while somebody types, nor with another key held down", () => {
  assert.equal(actionOf(press("a", { on: "input" })), "");
  for (const held of ["ctrlKey", "metaKey", "altKey", "isComposing"]) {
    assert.equal(actionOf(press("a", { [held]: true })), "");
  }
});

test("arrows follow the direction of the page, and are left to radio buttons", () => {
  assert.equal(actionOf(press("ArrowRight")), "next");
  assert.equal(actionOf(press("ArrowRight"), true), "previous");
  assert.equal(actionOf(press("ArrowRight", { on: "[type=radio]" })), "");
});

test("decisions outlive a reload, each pair of frameworks by itself", () => {
  const held = storage();
  const first = new Kept(held, "urn:l", "urn:r", "1");
  first.decide("x", accept);
  first.decide("y", refuse);
  assert.deepEqual(new Kept(held, "urn:l", "urn:r", "2").list(["y", "x", "z"]), [refuse, accept]);
  assert.deepEqual(new Kept(held, "urn:r", "urn:l", "1").list(["x"]), []);
});

test("decisions about what is not in the queue are kept and counted apart", () => {
  const kept = new Kept(storage(), "urn:l", "urn:r", "1");
  kept.decide("x", accept);
  kept.decide("old", refuse);
  assert.deepEqual(kept.count(["x", "z"]), { here: 1, others: 1 });
  kept.forget(["x", "z"]);
  assert.deepEqual(kept.count(["x", "z"]), { here: 0, others: 1 });
});

test("undo takes decisions back one by one, to what was before", () => {
  const kept = new Kept(storage(), "urn:l", "urn:r", "1");
  kept.decide("x", accept);
  kept.decide("x", refuse);
  kept.decide("y", refuse);
  kept.decide("y", { ...refuse, comment: "no" }); // what is written on the way is no step
  assert.equal(kept.undo(), "y");
  assert.equal(kept.count(["x", "y"]).here, 1);
  assert.equal(kept.undo(), "x");
  assert.deepEqual(kept.list(["x"]), [accept]);
  assert.equal(kept.undo(), "x");
  assert.equal(kept.undo(), null);
});

test("forgetting leaves nothing behind", () => {
  const held = storage();
  const kept = new Kept(held, "urn:l", "urn:r", "1");
  kept.decide("x", accept);
  assert.equal(held.size(), 1);
  kept.forget();
  assert.equal(held.size(), 0);
});

test("a storage that is damaged, full or forbidden ends nothing", () => {
  const damaged = storage();
  damaged.setItem("competency.align urn:l urn:r", "{");
  assert.equal(new Kept(damaged, "urn:l", "urn:r", "1").works, true);
  damaged.setItem("competency.align urn:l urn:r", '{"decisions": {"x": {"verdict": "maybe"}, "y": 1}}');
  assert.deepEqual(new Kept(damaged, "urn:l", "urn:r", "1").count(["x", "y"]), { here: 0, others: 0 });
  const full = { ...storage(), setItem() { throw new Error("full"); } };
  for (const held of [full, null]) {
    const kept = new Kept(held, "urn:l", "urn:r", "1");
    kept.decide("x", accept);
    assert.equal(kept.works, false);
    assert.deepEqual(kept.list(["x"]), [accept]);
  }
});

test("sentences are filled in, and what is not known stays", () => {
  assert.equal(say("{n} of {count}{x}", { n: 0, count: 2 }), "0 of 2{x}");
});
