// Pages that follow what is typed: the results of a search, a list of frameworks to choose from.
// The server makes them as for anybody, and the address is that of what is shown.

const WAIT = 180; // milliseconds after the last key

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

/** Let the part of a page that a form names in data-refresh follow what is typed and chosen in it. */
export function refresh(form, field) {
  const place = form.querySelector(form.dataset.refresh);
  const said = announcer(form);
  const load = fetcher("text/html");
  form.dataset.live = "";

  async function update(top = 0) {
    const url = addressOf(form);
    const results = place.querySelector(".results");
    results?.setAttribute("aria-busy", "true");
    try {
      const page = new DOMParser().parseFromString(await load(url), "text/html");
      const fresh = page.querySelector(form.dataset.refresh);
      if (!fresh) return;
      keepingPlace(place, () => place.replaceChildren(...fresh.childNodes));
      document.title = page.title;
      const list = place.querySelector(".bounded");
      if (list) list.scrollTop = top;
      said.textContent = place.querySelector("[data-said]")?.textContent ?? "";
      history.replaceState(history.state, "", url);
    } catch (error) {
      if (error.name !== "AbortError") results?.removeAttribute("aria-busy");
    }
  }

  whenTyped(field, () => update());
  place.addEventListener("change", (event) => {
    // A select keeps its focus, for what is typed in it goes on.
    if (event.target.matches("input")) update(place.querySelector(".bounded")?.scrollTop);
  });
}

/** Return the address that sending the form would lead to, without what is empty. */
function addressOf(form) {
  const url = new URL(form.action);
  const button = form.querySelector("[data-refreshes]"); // as if it were pressed
  for (const [name, value] of new FormData(form, button)) {
    if (value) url.searchParams.append(name, value);
  }
  return url;
}

/** Do something that replaces the choices; the one that had the focus has it again after. */
function keepingPlace(place, act) {
  const { name, value } = document.activeElement ?? {};
  const inside = place.contains(document.activeElement) && name;
  const open = [...place.querySelectorAll("details[open]")].map(facetOf);
  act();
  for (const details of place.querySelectorAll("details")) details.open = open.includes(facetOf(details));
  if (!inside) return;
  for (const input of place.querySelectorAll("input")) {
    if (input.name === name && input.value === value) input.focus({ preventScroll: true });
  }
}

function facetOf(details) {
  return details.closest("[data-facet]")?.dataset.facet;
}
