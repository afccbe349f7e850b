// Where boxes lie. A box is a path with all that hangs on it alone; boxes too small to be seen are counted and not drawn.
const smallest = 3;
const mostBoxes = 1500;

function weightOf(closure, node) {
  return node < 0 ? closure.size : closure.added[node];
}

// Columns from left to right, a column a step down the tree of holders.
function icicle(closure, top, width, height) {
  const columnWidth = Math.max(110, Math.min(220, width / 5));
  const columns = Math.max(2, Math.floor(width / columnWidth));
  const step = width / columns;
  const out = { boxes: [], hidden: 0, hiddenBytes: 0 };
  place(top, 0, 0, height);
  return out;

  function place(node, depth, y, tall) {
    out.boxes.push({ node, x: depth * step, y, width: step, height: tall });
    if (depth + 1 >= columns) return;
    const scale = tall / Math.max(1, weightOf(closure, node));
    let at = y;
    for (const child of closure.children.get(node) ?? []) {
      const part = closure.added[child] * scale;
      if (part < smallest || out.boxes.length >= mostBoxes) {
        out.hidden++;
        out.hiddenBytes += closure.added[child];
        continue;
      }
      place(child, depth + 1, at, part);
      at += part;
    }
  }
}

// Boxes in boxes, as square as they can be: Bruls, Huizing and van Wijk, "Squarified treemaps" (2000).
function treemap(closure, top, width, height) {
  const out = { boxes: [], hidden: 0, hiddenBytes: 0 };
  place(top, 0, 0, width, height);
  return out;

  function place(node, x, y, wide, tall) {
    out.boxes.push({ node, x, y, width: wide, height: tall });
    const children = closure.children.get(node) ?? [];
    if (children.length === 0 || wide < 12 || tall < 12) return;
    const title = wide > 60 && tall > 40 ? 18 : 2;
    const inner = { x: x + 2, y: y + title, width: wide - 4, height: tall - title - 2 };
    const scale = (inner.width * inner.height) / Math.max(1, weightOf(closure, node));
    rows(children, inner, scale);
  }

  function rows(children, room, scale) {
    let start = 0;
    while (start < children.length) {
      const short = Math.min(room.width, room.height);
      let end = start;
      let sum = 0;
      let worst = Infinity;
      while (end < children.length) {
        const next = sum + closure.added[children[end]] * scale;
        const shape = worstShape(closure.added[children[start]] * scale, closure.added[children[end]] * scale, next, short);
        if (shape > worst) break;
        worst = shape;
        sum = next;
        end++;
      }
      const thick = sum / Math.max(1, short);
      if (thick < smallest || out.boxes.length >= mostBoxes) {
        for (const child of children.slice(start)) {
          out.hidden++;
          out.hiddenBytes += closure.added[child];
        }
        return;
      }
      let at = 0;
      const isColumn = room.width >= room.height;
      for (const child of children.slice(start, end)) {
        const long = (closure.added[child] * scale) / thick;
        if (long < smallest) {
          out.hidden++;
          out.hiddenBytes += closure.added[child];
        } else if (isColumn) {
          place(child, room.x, room.y + at, thick, long);
        } else {
          place(child, room.x + at, room.y, long, thick);
        }
        at += long;
      }
      if (isColumn) {
        room.x += thick;
        room.width -= thick;
      } else {
        room.y += thick;
        room.height -= thick;
      }
      start = end;
    }
  }

  function worstShape(largest, least, sum, short) {
    const square = short * short;
    return least <= 0 ? Infinity : Math.max((square * largest) / (sum * sum), (sum * sum) / (square * least));
  }
}
