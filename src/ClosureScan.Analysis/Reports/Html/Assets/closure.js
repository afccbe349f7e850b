// The closure as the page carries it: columns, one value a path. Blocks are unpacked when somebody asks for them.
const blocks = new Map();

function unpack(id) {
  if (!blocks.has(id)) blocks.set(id, read(id));
  return blocks.get(id);
}

async function read(id) {
  const holder = document.getElementById(id);
  if (holder === null) return null;
  const base64 = holder.textContent;
  holder.textContent = "";
  const bytes = Uint8Array.fromBase64 ? Uint8Array.fromBase64(base64) : Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

const sideNames = { h: "host", f: "foreign", n: "neutral", m: "mixed" };
const sideWords = { h: "host", f: "build side", n: "neutral", m: "mixed" };

class Closure {
  constructor(columns) {
    Object.assign(this, columns);
    this.count = this.name.length;
    for (const list of this.refs) {
      for (let i = 1; i < list.length; i++) list[i] += list[i - 1];
    }
    this.found = new Map();
    for (const [from, to, anchor, effect] of this.findings) {
      for (const node of [from, to]) {
        if (node < 0) continue;
        if (!this.found.has(node)) this.found.set(node, []);
        this.found.get(node).push({ from, to, anchor, effect });
      }
    }
  }

  // Who hangs on whom alone: children by what leaves with them, most first. The root of roots is -1.
  get children() {
    return this.once("children", () => {
      const children = new Map();
      for (let node = 0; node < this.count; node++) {
        const holder = this.holder[node];
        if (holder < -1) continue;
        if (!children.has(holder)) children.set(holder, []);
        children.get(holder).push(node);
      }
      for (const list of children.values()) list.sort((a, b) => this.added[b] - this.added[a]);
      return children;
    });
  }

  // The references, read from their other end.
  get referrers() {
    return this.once("referrers", () => {
      const referrers = Array.from({ length: this.count }, () => []);
      this.refs.forEach((list, node) => { for (const target of list) referrers[target].push(node); });
      return referrers;
    });
  }

  once(name, make) {
    const value = make();
    Object.defineProperty(this, name, { value });
    return value;
  }

  label(node) {
    return node < 0 ? "all roots" : this.name[node];
  }

  short(node) {
    return `${this.hash[node]}…-${this.name[node]}`;
  }

  side(node) {
    return node < 0 ? "n" : this.side_[node];
  }

  async path(node) {
    const rest = await unpack("hash-data");
    return rest === null ? this.short(node) : `${this.store}/${this.hash[node]}${rest[node]}-${this.name[node]}`;
  }

  chain(node) {
    const chain = [];
    for (let at = node; at >= 0; at = this.before[at]) chain.unshift(at);
    return chain;
  }

  isReached(node) {
    return this.holder[node] !== -2;
  }
}
