// What a page can do better with script: copy an IRI, keep the place in a tree, open all of it.
// Everything works without; nothing here asks the network.

/** Show the buttons that copy, and let each say that it has. */
function copying() {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    if (!navigator.clipboard) return;
    button.hidden = false;
    const label = button.textContent;
    const said = document.createElement("span"); // read aloud when the button changes
    said.className = "hidden";
    said.setAttribute("role", "status");
    button.after(said);
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(field.value ?? field.textContent);
        button.textContent = said.textContent = button.dataset.done;
      } catch {
        field.select?.();
      }
      setTimeout(() => { button.textContent = label; said.textContent = ""; }, 2000);
    });
  }
}

/** Keep in the address which branch was opened last, so that a link or a reload comes back to it. */
function placing() {
  const tree = document.querySelector("[data-tree]");
  if (!tree) return;
  let ready = false;
  tree.addEventListener("toggle", (event) => {
    const branch = event.target.closest("li[id]");
    if (ready && branch && event.target.open) {
      history.replaceState(history.state, "", "#" + encodeURI(branch.id));
    }
  }, true);
  reveal();
  addEventListener("hashchange", reveal);
  requestAnimationFrame(() => setTimeout(() => { ready = true; }));
  for (const link of document.querySelectorAll("a[data-open]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      ready = false;
      const open = link.dataset.open === "all";
      for (const details of tree.querySelectorAll("details")) details.open = open;
      history.replaceState(history.state, "", link.href);
      setTimeout(() => { ready = true; }, 50);
    });
  }
}

/** Open what encloses the branch that the address names. */
function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let node = target.parentElement; node; node = node.parentElement) {
    if (node.tagName === "DETAILS") node.open = true;
  }
  target.scrollIntoView({ block: "start" });
}

copying();
placing();
