// A picture of a graph that can be moved and made larger, and that shows who is next to whom.
// Without this script the picture is whole, with its links, in a box that scrolls.

const LEAST = 0.08;

function neighbours(svg) {
  const lines = [...svg.querySelectorAll("[data-from]")];
  const nodes = [...svg.querySelectorAll("[data-node]")];
  const light = (key) => {
    const near = new Set([key]);
    for (const line of lines) {
      const touches = line.dataset.from === key || line.dataset.to === key;
      line.classList.toggle("near", touches);
      if (touches) near.add(line.dataset.from).add(line.dataset.to);
    }
    for (const node of nodes) node.classList.toggle("near", near.has(node.dataset.node));
    svg.classList.add("lit");
  };
  const dark = () => svg.classList.remove("lit");
  for (const node of nodes) {
    for (const kind of ["pointerenter", "focusin"]) node.addEventListener(kind, () => light(node.dataset.node));
    for (const kind of ["pointerleave", "focusout"]) node.addEventListener(kind, dark);
  }
}

function movable(holder, svg) {
  const whole = svg.viewBox.baseVal;
  const full = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
  const view = { ...full };
  const show = () => svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
  const zoom = (factor, x = view.x + view.width / 2, y = view.y + view.height / 2) => {
    const width = Math.min(full.width, Math.max(full.width * LEAST, view.width * factor));
    const share = width / view.width;
    Object.assign(view, { x: x - (x - view.x) * share, y: y - (y - view.y) * share, width, height: view.height * share });
    show();
  };
  const tools = document.createElement("div");
  tools.className = "tools";
  const add = (text, label, act) => {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: text });
    button.setAttribute("aria-label", label);
    button.addEventListener("click", act);
    tools.append(button);
  };
  const words = holder.dataset;
  add("+", words.larger, () => zoom(0.75));
  add("−", words.smaller, () => zoom(1 / 0.75));
  add("○", words.whole, () => { Object.assign(view, full); show(); });
  holder.before(tools);

  const scale = () => view.width / svg.clientWidth;
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const place = svg.getBoundingClientRect();
    zoom(event.deltaY < 0 ? 0.85 : 1 / 0.85, view.x + (event.clientX - place.left) * scale(), view.y + (event.clientY - place.top) * scale());
  }, { passive: false });
  let last = null;
  svg.addEventListener("pointerdown", (event) => { if (event.pointerType === "mouse" && event.button === 0) last = event; });
  addEventListener("pointermove", (event) => {
    if (!last) return;
    view.x -= (event.clientX - last.clientX) * scale();
    view.y -= (event.clientY - last.clientY) * scale();
    last = event;
    show();
  });
  addEventListener("pointerup", () => { last = null; });
  svg.addEventListener("dragstart", (event) => event.preventDefault());
}

for (const holder of document.querySelectorAll("[data-wander]")) {
  const svg = holder.querySelector("svg");
  if (svg) {
    neighbours(svg);
    movable(holder, svg);
  }
}
