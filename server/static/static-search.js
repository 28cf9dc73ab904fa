// Search in a site of files: every word has to begin a word of what is found; a word in a script
// that has no spaces may stand anywhere. The index is loaded when somebody wants it.

const PAGE = 30;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const [ADDRESS, FRAMEWORK, KIND, SIGN, CODES, WORDS] = [0, 1, 2, 3, 4, 5];

/** Return a text as it is compared: small letters without accents. */
const fold = (text) =>
  text.normalize("NFKD").replace(/\p{Mark}/gu, "").toLowerCase().replace(/ß/g, "ss").normalize("NFC");

/** Return the words of a text that is folded. */
const words = (text) => text.match(/[\p{Letter}\p{Number}]+/gu) ?? [];

/** Return how well a word is met by an entry: a code, a title, a text; 0 where it is not. */
function worth(word, entry) {
  const met = (text) =>
    UNSPACED.test(word) ? text.includes(word) : ` ${text}`.includes(` ${word}`);
  if (entry.codes.includes(word)) return 8;
  if (met(entry.title)) return 4;
  return met(entry.text) ? 1 : 0;
}

/** Return the entries that meet all words and choices, the best first, in order among equals. */
function find(entries, asked) {
  const wanted = words(fold(asked.q));
  const exact = wanted.join("");
  const scored = [];
  for (const entry of entries) {
    const row = entry.row;
    if (asked.framework !== "" && row[FRAMEWORK] !== Number(asked.framework)) continue;
    if (asked.kind !== "" && row[KIND] !== Number(asked.kind)) continue;
    if (asked.polarity !== "" && row[SIGN] !== Number(asked.polarity)) continue;
    let sum = entry.codes.includes(exact) ? 16 : 0;
    const all = wanted.every((word) => {
      const found = worth(word, entry);
      sum += found;
      return found > 0;
    });
    if (all) scored.push([sum, entry]);
  }
  return scored.sort((a, b) => b[0] - a[0]).map((item) => item[1]);
}

/** Return an entry with what is compared: titles, texts and codes, folded once. */
function prepare(row) {
  const spaced = (texts) => words(fold(texts.join(" "))).join(" ");
  return {
    row,
    title: spaced(row[WORDS].map((item) => item[1])),
    text: spaced(row[WORDS].map((item) => item[2])),
    codes: row[CODES].flatMap((code) => [words(fold(code)).join(""), ...words(fold(code))]),
  };
}

/** Return the piece of a text around the first of the words, and the words in it marked. */
function snippet(text, wanted, length = 200) {
  const starts = (part) =>
    wanted.some((word) =>
      UNSPACED.test(word) ? fold(part).includes(word) : fold(part).startsWith(word));
  const parts = text.split(/([\p{Letter}\p{Number}]+)/u);
  let first = parts.findIndex((part, place) => place % 2 && starts(part));
  if (first < 0) first = 0;
  let begin = first, before = 0;
  while (begin > 0 && before < length / 3) before += parts[--begin].length;
  const nodes = [begin > 0 ? "… " : ""];
  let size = 0, end = begin;
  for (; end < parts.length && size < length; end++) {
    size += parts[end].length;
    if (end % 2 && starts(parts[end])) {
      const mark = document.createElement("mark");
      mark.textContent = parts[end];
      nodes.push(mark);
    } else nodes.push(parts[end]);
  }
  if (end < parts.length) nodes.push(" …");
  return nodes;
}

/** Return the words of a row in the language of the page, or else the first. */
const wording = (row, language) =>
  row[WORDS].find((item) => item[0].split("-")[0] === language) ?? row[WORDS][0] ?? ["", "", ""];

class Search {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[role=status]");
    this.list = form.querySelector("ol");
    this.more = form.querySelector("button[type=button]");
    this.template = form.querySelector("template");
    this.language = form.dataset.language;
    this.index = new URL(form.dataset.index, location.href);
    this.found = [];
  }

  async start() {
    this.form.hidden = false;
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.run(); });
    this.form.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.run(), 120);
    });
    this.more.addEventListener("click", () => this.show());
    addEventListener("popstate", () => { this.restore(); this.run(false); });
    try {
      await this.load();
    } catch {
      this.status.textContent = this.status.dataset.failed;
      return;
    }
    this.restore();
    this.run(false);
  }

  async load() {
    this.status.textContent = this.status.dataset.loading;
    const json = async (address) => {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(`${answer.status}`);
      return answer.json();
    };
    this.head = await json(this.index);
    const rows = await Promise.all(this.head.files.map((file) => json(new URL(file, this.index))));
    this.entries = rows.flat().map(prepare);
    this.kinds = this.head.kinds[this.language] ?? Object.values(this.head.kinds)[0];
    this.offer("framework", this.head.frameworks);
    this.offer("kind", this.kinds);
    this.status.textContent = "";
  }

  offer(name, labels) {
    const options = labels.map((label, number) => new Option(label, number));
    options.sort((a, b) => a.text.localeCompare(b.text, this.language));
    this.form.elements[name].append(...options);
  }

  restore() {
    const asked = new URLSearchParams(location.search);
    for (const name of ["q", "framework", "kind", "polarity"]) {
      this.form.elements[name].value = asked.get(name) ?? "";
    }
  }

  run(remember = true) {
    if (!this.entries) return;
    const asked = Object.fromEntries(new FormData(this.form));
    if (remember) {
      const kept = Object.entries(asked).filter(([, value]) => value);
      history.replaceState(null, "", kept.length ? `?${new URLSearchParams(kept)}` : location.pathname);
    }
    const nothing = Object.values(asked).every((value) => !value.trim());
    this.found = nothing ? [] : find(this.entries, asked);
    this.wanted = words(fold(asked.q));
    this.list.replaceChildren();
    const said = this.status.dataset;
    this.status.textContent = nothing ? ""
      : this.found.length ? said.count.replace("{number}", this.found.length.toLocaleString(this.language))
      : said.none;
    this.show();
  }

  show() {
    const begin = this.list.children.length;
    for (const entry of this.found.slice(begin, begin + PAGE)) this.list.append(this.item(entry.row));
    this.more.hidden = this.list.children.length >= this.found.length;
  }

  item(row) {
    const item = this.template.content.firstElementChild.cloneNode(true);
    const part = (name) => item.querySelector(name);
    const put = (name, content) => {
      part(name).append(content);
      part(name).hidden = !content;
    };
    const [language, label, text] = wording(row, this.language);
    part("a").href = new URL(row[ADDRESS], location.href);
    part("a").append(...snippet(label.split("\n")[0] || text, this.wanted));
    part(".hit-text").append(...snippet(label ? text : "", this.wanted));
    part(".hit-text").hidden = !label || !text;
    part("h2").lang = part(".hit-text").lang = language;
    part("h2").dir = part(".hit-text").dir = "auto";
    const sign = row[SIGN] > 0 ? "helpful" : row[SIGN] < 0 ? "unhelpful" : "";
    if (sign) item.classList.add(sign);
    put(".sign-word", part(".sign-word").dataset[sign] ?? "");
    put(".hit-place", this.head.frameworks[row[FRAMEWORK]]);
    put(".kind", this.kinds[row[KIND]]);
    put(".code", row[CODES].join(", "));
    return item;
  }
}

const form = document.getElementById("search");
if (form) new Search(form).start();
