// Pages that follow what is typed: the results of a search, a list of frameworks to choose from.
// The server makes them as for anybody, and the address is that of what is shown.

import { announcer, fetcher, whenTyped } from "./search.js";

for (const form of document.querySelectorAll("form[data-refresh]")) {
  const field = form.querySelector("input[name=q], input[name=find]");
  if (field) refresh(form, field);
}

/** Let the part of a page that a form names in data-refresh follow what is typed and chosen in it. */
function refresh(form, field) {
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
