// Words, numbers and elements. Text from the closure goes into text nodes alone: nothing here makes elements from strings.
const units = ["B", "KiB", "MiB", "GiB", "TiB"];

function sizeText(bytes) {
  let unit = 0;
  while (Math.abs(bytes) >= 1024 && unit < units.length - 1) {
    bytes /= 1024;
    unit++;
  }
  return `${bytes.toFixed(unit === 0 || Math.abs(bytes) >= 100 ? 0 : 1)} ${units[unit]}`;
}

function countText(count, one, many = one + "s") {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}

function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

function drawn(name, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

// A button that copies, and says so; where the browser forbids that, it shows the text to be copied by hand.
function copyButton(label, text) {
  const button = element("button", {
    type: "button",
    class: "copy",
    click: async () => {
      try {
        await navigator.clipboard.writeText(await text());
        button.textContent = "Copied";
      } catch {
        button.replaceWith(element("code", {}, await text()));
        return;
      }
      setTimeout(() => { button.textContent = label; }, 1500);
    },
  }, label);
  return button;
}
