// The picture of what hangs on what: one element for a screen reader, to which the table of sizes is the twin. Arrow keys walk the tree.
class Picture {
  constructor(closure, here, explain) {
    this.closure = closure;
    this.explain = explain;
    this.top = closure.children.get(-1)?.length === 1 ? closure.children.get(-1)[0] : -1;
    this.home = this.top;
    this.selected = this.top;
    this.layout = icicle;
    const isCut = closure.freed.includes(1);
    this.stage = element("div", {
      class: "stage", tabindex: "0", role: "group", "aria-roledescription": "tree picture", "aria-describedby": "picture-keys",
      "aria-label": "What hangs on what, by bytes", keydown: event => this.onKey(event),
    });
    this.trail = element("p", { class: "trail" });
    this.panel = element("div", { class: "panel", "aria-live": "polite" });
    here.append(
      element("div", { class: "controls" },
        this.choice("shape", "Shape", [["Icicle", () => { this.layout = icicle; }, true], ["Treemap", () => { this.layout = treemap; }]]),
        isCut ? this.choice("mark", "Hatched", [["Build side", () => { here.classList.remove("mark-freed"); }, true], ["What the cut frees", () => { here.classList.add("mark-freed"); }]]) : "",
        this.legend()),
      this.trail, this.stage, this.panel,
      element("p", { id: "picture-keys", class: "dim" }, "Click a box, or walk with the arrow keys. Enter looks into it, Escape goes back."));
    here.hidden = false;
    this.draw();
    new ResizeObserver(() => this.draw()).observe(this.stage);
  }

  choice(name, title, items) {
    return element("fieldset", {}, element("legend", {}, title), ...items.map(([label, choose, isFirst]) =>
      element("label", {}, element("input", { type: "radio", name, checked: isFirst === true, change: () => { choose(); this.draw(true); } }), label)));
  }

  legend() {
    return element("p", { class: "legend" }, ...Object.keys(sideWords).filter(side => this.closure.side_.includes(side)).map(side =>
      element("span", {}, drawn("svg", { width: 14, height: 14, "aria-hidden": "true" }, drawn("rect", { width: 14, height: 14, class: sideNames[side] })), sideWords[side])));
  }

  draw(force = false) {
    const width = Math.floor(this.stage.clientWidth);
    const height = Math.min(520, Math.max(320, Math.floor(window.innerHeight * 0.6)));
    if (width === 0 || (!force && width === this.drawnWidth && this.top === this.drawnTop)) return;
    this.drawnWidth = width;
    this.drawnTop = this.top;
    const { boxes, hidden, hiddenBytes } = this.layout(this.closure, this.top, width, height);
    const label = `${this.closure.label(this.top)}, ${sizeText(weightOf(this.closure, this.top))}: ${countText(boxes.length, "box", "boxes")}`;
    this.drawing = drawn("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label, click: event => this.onClick(event) },
      drawn("defs", {}, drawn("pattern", { id: "hatch", width: 9, height: 9, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, drawn("rect", { width: 2, height: 9, class: "hatch" }))),
      ...boxes.map(box => this.box(box)));
    this.stage.replaceChildren(this.drawing);
    this.trail.replaceChildren(...this.crumbs(), hidden > 0 ? element("span", { class: "dim" }, ` ${countText(hidden, "smaller box", "smaller boxes")} of ${sizeText(hiddenBytes)} not drawn`) : "");
    this.select(boxes.some(box => box.node === this.selected) ? this.selected : this.top, false);
  }

  box({ node, x, y, width, height }) {
    const { closure } = this;
    const kind = sideNames[closure.side(node)];
    const group = drawn("g", { class: `box ${kind}${node >= 0 && closure.freed[node] ? " freed" : ""}`, "data-node": node },
      drawn("rect", { x: x + 0.5, y: y + 0.5, width: Math.max(1, width - 1), height: Math.max(1, height - 1), class: kind }),
      drawn("rect", { x: x + 0.5, y: y + 0.5, width: Math.max(1, width - 1), height: Math.max(1, height - 1), class: "over" }));
    const letters = Math.floor((width - 10) / 6.6);
    if (height >= 14 && letters >= 4) {
      const size = sizeText(weightOf(closure, node));
      const name = shorten(closure.label(node), letters);
      group.append(drawn("text", { x: x + 5, y: y + Math.min(height / 2 + 4, 14) }, name.length + size.length + 2 <= letters ? `${name}  ${size}` : name));
      if (this.layout === icicle && height >= 30 && name.length + size.length + 2 > letters) group.append(drawn("text", { x: x + 5, y: y + 28, class: "size" }, size));
    }
    return group;
  }

  crumbs() {
    const trail = [];
    for (let node = this.top; ; node = node < 0 ? -2 : this.closure.holder[node]) {
      if (node < -1) break;
      if (node === -1 && this.home !== -1) break;
      const at = node;
      trail.unshift(element("button", { type: "button", class: "crumb", click: () => this.zoom(at) }, shorten(this.closure.label(node), 40)));
      if (node === -1) break;
    }
    return trail.flatMap((crumb, i) => i === 0 ? [crumb] : [" › ", crumb]);
  }

  zoom(node) {
    this.top = node;
    this.selected = node;
    this.draw(true);
  }

  onClick(event) {
    const group = event.target.closest("g.box");
    if (group === null) return;
    const node = Number(group.dataset.node);
    if (node === this.selected && node !== this.top) this.zoom(node);
    else this.select(node);
  }

  onKey(event) {
    const { closure, selected } = this;
    const siblings = selected === this.top ? [selected] : closure.children.get(closure.holder[selected]) ?? [selected];
    const at = siblings.indexOf(selected);
    const move = {
      ArrowDown: () => siblings[Math.min(at + 1, siblings.length - 1)],
      ArrowUp: () => siblings[Math.max(at - 1, 0)],
      ArrowRight: () => closure.children.get(selected)?.[0] ?? selected,
      ArrowLeft: () => selected === this.top ? selected : closure.holder[selected],
      Home: () => this.top,
    }[event.key];
    if (move) this.select(move());
    else if (event.key === "Enter") this.zoom(selected);
    else if (event.key === "Escape" && this.top !== this.home) this.zoom(this.top < 0 ? this.home : Math.max(closure.holder[this.top], this.home === -1 ? -1 : this.home));
    else return;
    event.preventDefault();
  }

  select(node, isAsked = true) {
    this.selected = node;
    this.drawing.querySelector(".selected")?.classList.remove("selected");
    const group = this.drawing.querySelector(`[data-node="${node}"]`);
    group?.classList.add("selected");
    if (isAsked || this.panel.childElementCount === 0) this.panel.replaceChildren(...details(this.closure, node, this.explain));
  }
}

// What is known of one path, in words.
function details(closure, node, explain) {
  if (node < 0) return [element("p", {}, `All roots: ${sizeText(closure.size)} in ${countText(closure.count, "path")}.`)];
  const holders = closure.referrers[node].length;
  const hangers = (closure.children.get(node) ?? []).length;
  const found = closure.found.get(node) ?? [];
  return [
    element("p", {}, element("strong", {}, closure.name[node]), " ", element("span", { class: "dim" }, closure.hash[node] + "…")),
    element("p", {}, `${sizeText(closure.self[node])} itself, ${sizeText(closure.added[node])} with what only it holds (${countText(hangers, "path hangs", "paths hang")} on it directly), ${sizeText(closure.closure[node])} with all that it reaches.`),
    element("p", {}, `${sideWords[closure.side(node)]}: ${closure.reasons[closure.because[node]]}. ${holders === 0 ? "A root." : `Held by ${countText(holders, "path")}.`}${closure.freed[node] ? " The cut frees it." : ""}`),
    ...found.slice(0, 5).map(finding => element("p", {}, element("span", { class: `effect ${finding.effect}` }, finding.effect), " ", element("a", { href: `#${finding.anchor}` }, finding.from === node ? "a finding in it" : "a finding names it"))),
    element("p", { class: "actions" }, explain ? element("button", { type: "button", click: () => explain(node) }, "Why is this here?") : "", " ", copyButton("Copy the path", () => closure.path(node))),
  ];
}

// A name that fits: platform triples say least, then the middle.
function shorten(name, letters) {
  if (name.length <= letters) return name;
  const bare = name.replace(/-?(?:x86_64|aarch64|armv\w+|riscv64|i686|powerpc64le)-(?:unknown-)?linux-(?:gnu\w*|musl\w*)(?=-|$)/, "…").replace(/^…-?/, "…");
  if (bare.length <= letters) return bare;
  return bare.slice(0, Math.max(1, letters - 1)) + "…";
}
