// Why a path is here: a shortest chain with the bytes behind each link, and who else holds it.
class Why {
  constructor(closure, here) {
    this.closure = closure;
    this.here = here;
    this.input = element("input", { type: "search", id: "why-search", autocomplete: "off", input: () => this.suggest() });
    this.matches = element("ul", { class: "matches" });
    this.status = element("p", { role: "status", class: "dim" });
    this.answer = element("div", { class: "answer", tabindex: "-1" });
    this.lower = closure.name.map((name, node) => `${closure.hash[node]}-${name}`.toLowerCase());
    here.append(element("label", { class: "search" }, "A path, or a part of its name ", this.input), this.status, this.matches, this.answer);
    here.hidden = false;
    this.suggest();
  }

  suggest() {
    const text = this.input.value.trim().toLowerCase();
    const { closure } = this;
    const nodes = [];
    for (let node = 0; node < closure.count; node++) {
      if (closure.isReached(node) && (text === "" ? closure.side(node) === "f" : this.lower[node].includes(text))) nodes.push(node);
    }
    nodes.sort((a, b) => closure.added[b] - closure.added[a]);
    this.status.textContent = text === ""
      ? nodes.length > 0 ? "The largest of the build side:" : ""
      : nodes.length === 0 ? "No path of the closure is called so." : `${countText(nodes.length, "path")}${nodes.length > 8 ? ", the largest 8" : ""}:`;
    this.matches.replaceChildren(...nodes.slice(0, 8).map(node =>
      element("li", {}, element("button", { type: "button", click: () => this.explain(node) }, closure.name[node], " ", element("span", { class: "dim" }, `${closure.hash[node]}, ${sizeText(closure.added[node])}`)))));
  }

  async explain(node, isAsked = true) {
    const { closure } = this;
    const links = await unpack("link-data");
    const chain = closure.chain(node);
    const referrers = [...closure.referrers[node]].sort((a, b) => closure.added[b] - closure.added[a]);
    this.answer.replaceChildren(
      element("h3", {}, closure.name[node]),
      ...details(closure, node, null),
      element("p", { class: "label" }, chain.length === 1 ? "A root: the closure was asked for it." : `A shortest chain, ${countText(chain.length - 1, "link")}`),
      element("ol", { class: "chain" }, ...chain.map((at, i) => element("li", {}, element("code", {}, closure.name[at]), i + 1 < chain.length ? this.link(links, chain[i + 1]) : ""))),
      ...this.list("Held by", referrers), ...this.list("Holds", closure.refs[node]));
    history.replaceState(null, "", `#path-${closure.hash[node]}`);
    if (isAsked) {
      this.here.closest("section").scrollIntoView();
      this.answer.focus({ preventScroll: true });
    }
  }

  link(links, node) {
    const file = links?.file[node];
    if (file === null || file === undefined) return element("span", { class: "via dim" }, "registered by the store; which bytes, this page does not know");
    const line = links.line[node] > 0 ? `:${links.line[node]}` : "";
    return element("span", { class: "via" },
      element("code", { class: "file" }, (file === "" ? "the path itself" : file) + line), " ",
      element("span", { class: "dim" }, `${links.how[node]}, byte ${links.byte[node]}`),
      links.text?.[node] ? element("pre", { class: "context" }, element("code", {}, links.text[node].trim())) : "");
  }

  list(title, nodes) {
    const { closure } = this;
    if (nodes.length === 0) return [];
    const shown = [...nodes].sort((a, b) => closure.added[b] - closure.added[a]).slice(0, 30);
    return [element("details", {}, element("summary", {}, `${title} ${countText(nodes.length, "path")}`),
      element("ul", {}, ...shown.map(at => element("li", {}, element("button", { type: "button", class: "crumb", click: () => this.explain(at) }, closure.name[at]), " ", element("span", { class: "dim" }, sizeText(closure.added[at]))))),
      nodes.length > shown.length ? element("p", { class: "left-out" }, `and ${nodes.length - shown.length} smaller`) : "")];
  }
}
