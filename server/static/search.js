// Search as you type. A form with data-suggest gets a list of hits under its field (the combobox
// pattern of the WAI-ARIA Authoring Practices). Without this script the form is sent, and the server
// answers with a page.

const WAIT = 180; // milliseconds after the last key
const MOST = 8; // hits that are listed under a field

for (const form of document.querySelectorAll('form[role="search"]')) {
  const field = form.querySelector('input[name="q"]');
  if (!field) continue;
  if (form.dataset.suggest) suggest(form, field);
}

/** Call `act` with what is typed, a moment after the typing; not while a character is composed. */
export function whenTyped(field, act) {
  let timer;
  const later = (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(act, WAIT);
  };
  field.addEventListener("input", later);
  field.addEventListener("compositionend", later);
}

/** Return a function that fetches an address and gives up what it fetched before. */
export function fetcher(type) {
  let running;
  return async (url) => {
    running?.abort();
    running = new AbortController();
    const answer = await fetch(url, { headers: { Accept: type }, signal: running.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    return type === "application/json" ? answer.json() : answer.text();
  };
}

/** Return an element that is read aloud whenever its text changes, and is not seen. */
export function announcer(form) {
  const said = element("p", "hidden");
  said.setAttribute("role", "status");
  form.append(said);
  return said;
}

export function element(name, classes = "", text = "") {
  const made = document.createElement(name);
  if (classes) made.className = classes;
  made.textContent = text;
  return made;
}

// ------------------------------------------------------------------ the list under a field

function suggest(form, field) {
  withStyles();
  const list = element("ul", "suggestions");
  const said = announcer(form);
  const load = fetcher("application/json");
  list.id = `${field.id || "q"}-suggestions`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels[0]?.textContent ?? field.placeholder);
  for (const [name, value] of [
    ["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"],
    ["aria-controls", list.id], ["autocomplete", "off"],
  ]) field.setAttribute(name, value);
  form.classList.add("suggesting");
  form.append(list);

  const options = () => [...list.children];
  const active = () => list.querySelector('[aria-selected="true"]');

  function show(open) {
    list.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    if (!open) select(null);
  }

  function select(option) {
    active()?.setAttribute("aria-selected", "false");
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", option.id);
    } else {
      field.removeAttribute("aria-activedescendant");
    }
  }

  whenTyped(field, async () => {
    if (!worthAsking(field.value)) return show(false);
    const url = new URL(form.dataset.suggest, location.href);
    const language = new URLSearchParams(location.search).get("lang");
    url.searchParams.set("q", field.value);
    url.searchParams.set("limit", MOST);
    if (language) url.searchParams.set("lang", language);
    try {
      const found = await load(url);
      list.replaceChildren(...found.hits.map((hit, place) => optionOf(hit, `${list.id}-${place}`)));
      said.textContent = found.summary;
      show(found.hits.length > 0 && document.activeElement === field);
    } catch (error) {
      if (error.name !== "AbortError") show(false);
    }
  });

  field.addEventListener("keydown", (event) => {
    const all = options();
    const place = all.indexOf(active());
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      show(false);
    } else if (event.key === "Enter" && active()) {
      event.preventDefault();
      location.assign(active().dataset.url);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && all.length) {
      event.preventDefault();
      if (list.hidden) show(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = place < 0 && step < 0 ? all.length - 1 : place + step;
      select(all[next] ?? null); // past either end the field itself has its turn
    }
  });
  field.addEventListener("blur", () => show(false));
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
}

/** Say whether so little text can be looked for: one letter begins too many words. */
function worthAsking(text) {
  const typed = text.trim();
  return typed.length > 1 || /[^\p{ASCII}]/u.test(typed);
}

function optionOf(hit, id) {
  const option = element("li");
  option.id = id;
  option.dataset.url = hit.url;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.append(marked(hit.title));
  const where = [hit.kind.label, ...hit.codes, hit.framework.title?.value].filter(Boolean);
  option.append(element("span", "where", where.join(" · ")));
  return option;
}

/** Return a text with its marks; their places are counted in code points. */
function marked(text) {
  const signs = Array.from(text.value);
  const made = element("span");
  if (text.language) made.lang = text.language;
  made.dir = "auto";
  let done = 0;
  for (const [start, end] of text.marks) {
    made.append(signs.slice(done, start).join(""));
    made.append(element("mark", "", signs.slice(start, end).join("")));
    done = end;
  }
  made.append(signs.slice(done).join(""));
  return made;
}

function withStyles() {
  const href = new URL("search.css", import.meta.url).href;
  if ([...document.styleSheets].some((sheet) => sheet.href === href)) return;
  const link = element("link");
  link.rel = "stylesheet";
  link.href = href;
  document.head.append(link);
}
