// Joins the parts of the page. Whatever fails here leaves the report above as it is, in plain HTML.
for (const code of document.querySelectorAll("details.allow pre")) {
  code.after(copyButton("Copy the entry", () => code.textContent));
}

function openTarget(closure, why) {
  const id = decodeURIComponent(location.hash.slice(1));
  if (id.startsWith("path-") && closure) {
    const node = closure.hash.indexOf(id.slice(5));
    if (node >= 0) why.explain(node);
    return;
  }
  const target = document.getElementById(id);
  if (target instanceof HTMLDetailsElement && !target.open) {
    target.open = true;
    target.scrollIntoView();
  }
}

const columns = await unpack("closure-data");
if (columns === null) {
  openTarget();
  addEventListener("hashchange", () => openTarget());
} else {
  const { side, ...others } = columns;
  const closure = new Closure({ ...others, side_: side });
  const why = new Why(closure, document.getElementById("why-here"));
  const explain = node => why.explain(node);
  new SizeTable(closure, document.getElementById("sizes-here"), explain);
  new Picture(closure, document.getElementById("picture-here"), explain);
  openTarget(closure, why);
  addEventListener("hashchange", () => openTarget(closure, why));
}
document.documentElement.dataset.ready = Math.round(performance.now());
