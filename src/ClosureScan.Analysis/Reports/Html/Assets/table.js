// Every path in a table: search, filters, sorting. As many rows as a browser bears; the search is over all of them.
const rowsAtOnce = 500;

class SizeTable {
  constructor(closure, here, explain) {
    this.closure = closure;
    this.explain = explain;
    this.by = "added";
    this.isRising = false;
    this.shown = rowsAtOnce;
    this.text = "";
    this.filter = "all";
    this.lower = closure.name.map((name, node) => `${closure.hash[node]}-${name}`.toLowerCase());
    this.body = element("tbody");
    this.status = element("p", { role: "status", class: "dim" });
    this.more = element("button", { type: "button", click: () => { this.shown += rowsAtOnce; this.draw(); } }, `Show ${rowsAtOnce} more`);
    this.heads = [["name", "path"], ["self", "self"], ["added", "added"], ["closure", "closure"], ["side", "side"], ["findings", "findings"]].map(([key, title]) =>
      element("th", { scope: "col", class: ["self", "added", "closure", "findings"].includes(key) ? "number" : "" },
        element("button", { type: "button", "data-key": key, click: () => this.sort(key) }, title)));
    here.replaceChildren(
      element("div", { class: "controls" },
        element("label", {}, "Search ", element("input", { type: "search", id: "size-search", input: event => { this.text = event.target.value.trim().toLowerCase(); this.shown = rowsAtOnce; this.draw(); } })),
        element("label", {}, "Show ", element("select", { change: event => { this.filter = event.target.value; this.shown = rowsAtOnce; this.draw(); } },
          ...[["all", "all paths"], ["f", "the build side"], ["h", "the host's side"], ["found", "paths with findings"], ["freed", "what the cut frees"]].map(([value, title]) => element("option", { value }, title))))),
      this.status,
      element("div", { class: "wide", role: "region", "aria-label": "Sizes of paths", tabindex: "0" },
        element("table", { class: "sizes" }, element("thead", {}, element("tr", {}, ...this.heads)), this.body)),
      element("p", {}, this.more));
    this.draw();
  }

  sort(key) {
    this.isRising = this.by === key ? !this.isRising : key === "name" || key === "side";
    this.by = key;
    this.draw();
  }

  value(node) {
    const { closure } = this;
    return { name: closure.name[node], side: closure.side(node), findings: closure.found.get(node)?.length ?? 0 }[this.by] ?? closure[this.by][node];
  }

  isShown(node) {
    const { closure } = this;
    return (this.text === "" || this.lower[node].includes(this.text))
      && (this.filter === "all" || (this.filter === "found" ? closure.found.has(node) : this.filter === "freed" ? closure.freed[node] === 1 : closure.side(node) === this.filter));
  }

  draw() {
    const { closure } = this;
    let nodes = [];
    let sum = 0;
    for (let node = 0; node < closure.count; node++) {
      if (this.isShown(node)) {
        nodes.push(node);
        sum += closure.self[node];
      }
    }
    const keys = new Map(nodes.map(node => [node, this.value(node)]));
    const way = this.isRising ? 1 : -1;
    nodes.sort((a, b) => {
      const [one, other] = [keys.get(a), keys.get(b)];
      return one < other ? -way : one > other ? way : a - b;
    });
    this.status.textContent = `${countText(nodes.length, "path")}, ${sizeText(sum)} themselves`;
    this.more.hidden = nodes.length <= this.shown;
    nodes = nodes.slice(0, this.shown);
    const largest = Math.max(1, ...nodes.map(node => closure.added[node]));
    this.body.replaceChildren(...nodes.map(node => this.row(node, largest)));
    for (const head of this.heads) {
      const isSorted = head.firstChild.dataset.key === this.by;
      if (isSorted) head.setAttribute("aria-sort", this.isRising ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    }
  }

  row(node, largest) {
    const { closure } = this;
    const found = closure.found.get(node) ?? [];
    const share = Math.round((closure.added[node] / largest) * 1000);
    return element("tr", {},
      element("th", { scope: "row" }, element("a", { href: `#path-${closure.hash[node]}`, click: event => { event.preventDefault(); this.explain(node); } }, closure.name[node]), " ", element("span", { class: "dim" }, closure.hash[node])),
      element("td", { class: "number" }, sizeText(closure.self[node])),
      element("td", { class: "number" }, sizeText(closure.added[node]), drawn("svg", { class: "bar", viewBox: "0 0 1000 10", preserveAspectRatio: "none", "aria-hidden": "true" }, drawn("rect", { class: "track", width: 1000, height: 10 }), drawn("rect", { class: sideNames[closure.side(node)], width: share, height: 10 }))),
      element("td", { class: "number" }, sizeText(closure.closure[node])),
      element("td", {}, element("span", { class: `side ${sideNames[closure.side(node)]}` }, sideWords[closure.side(node)])),
      element("td", { class: "number" }, found.length === 0 ? "" : element("a", { href: `#${found[0].anchor}` }, String(found.length))));
  }
}
