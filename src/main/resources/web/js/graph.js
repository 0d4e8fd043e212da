// The job graph: vertices as buttons over the lines between them. A press on one chooses the vertex that the charts show.
import { h, svg, place, replace, say } from "./dom.js";
import { layered } from "./layout.js";
import { DASH, percent } from "./format.js";

const BOX = { width: 216, height: 96, bend: 20, gapX: 56, gapY: 20 };

/** Draws into the element; what it returns shows newer figures of the same vertices without drawing anew. */
export function graph(element, onSelect) {
  let drawn = "", boxes = new Map(), paths = new Map();
  return {
    show(vertices, edges, selected) {
      const structure = JSON.stringify([vertices.map(v => [v.id, v.name]), edges]);
      if (structure !== drawn) {
        ({ boxes, paths } = draw(element, vertices, edges, onSelect));
        drawn = structure;
      }
      for (const vertex of vertices) update(boxes.get(vertex.id), vertex, vertex.id === selected);
      const pressed = new Set(vertices.filter(v => v.backPressuredRatio >= 0.1).map(v => v.id));
      for (const { line, from } of paths) line.classList.toggle("pressed", pressed.has(from));
    },
  };
}

function draw(element, vertices, edges, onSelect) {
  const plan = layered(vertices.map(v => v.id), edges.map(e => [e.from, e.to]), BOX);
  const width = plan.columns * BOX.width + (plan.columns - 1) * BOX.gapX;
  const height = plan.height;
  const left = id => plan.at.get(id).column * (BOX.width + BOX.gapX);
  const top = id => plan.at.get(id).top;
  const boxes = new Map(vertices.map(v => [v.id, box(v, onSelect)]));
  for (const v of vertices) {
    place(boxes.get(v.id).root, { left: `${left(v.id)}px`, top: `${top(v.id)}px`, width: `${BOX.width}px`, height: `${BOX.height}px` });
  }
  const paths = plan.paths.map(path => ({ from: path.from, line: svg("path", { d: route(path, left, top, id => plan.at.get(id).height), "marker-end": "url(#arrow)" }) }));
  const arrow = svg("marker", { id: "arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse", orient: "auto" },
    svg("path", { d: "M0 0.5 L8 4 L0 7.5 z" }));
  const lines = svg("svg", { width, height, "aria-hidden": "true" }, svg("defs", {}, arrow), paths.map(p => p.line));
  place(element, { width: `${width}px`, height: `${height}px` });
  replace(element, lines, [...boxes.values()].map(b => b.root));
  return { boxes, paths };
}

/** A curve from the right side of a box over the bends to the left side of another. */
function route({ from, to, bends }, left, top, heights) {
  const middle = id => top(id) + heights(id) / 2;
  let x = left(from) + BOX.width, y = middle(from), d = `M${x} ${y}`;
  const reach = BOX.gapX * 0.6;
  const curve = (nx, ny) => { d += ` C${x + reach} ${y} ${nx - reach} ${ny} ${nx} ${ny}`; x = nx; y = ny; };
  for (const bend of bends) {
    curve(left(bend), middle(bend));
    x = left(bend) + BOX.width;
    d += ` H${x}`;
  }
  curve(left(to), middle(to));
  return d;
}

function box(vertex, onSelect) {
  const now = h("b"), to = h("b", { class: "to" }), rest = h("span"), busy = meter("busy"), pressed = meter("back-pressure");
  const root = h("button", { type: "button", class: "vertex", "data-vertex": vertex.id, title: vertex.name, click: () => onSelect(vertex.id) },
    h("span", { class: "name" }, vertex.name), h("span", { class: "par" }, now, to, rest), busy.root, pressed.root);
  return { root, now, to, rest, busy, pressed };
}

function meter(label) {
  const fillings = h("i"), figure = h("span", { class: "figure" });
  return { root: h("span", { class: "meter" }, h("span", {}, label), h("span", { class: "bar" }, fillings), figure), fillings, figure };
}

function update(box, vertex, selected) {
  const changes = vertex.targetParallelism && vertex.targetParallelism !== vertex.parallelism;
  say(box.now, `${vertex.parallelism ?? DASH}`);
  say(box.to, changes ? ` → ${vertex.targetParallelism}` : "");
  say(box.rest, ` of max ${vertex.maxParallelism ?? DASH}`);
  level(box.busy, vertex.busyRatio, 0.8, 0.95);
  level(box.pressed, vertex.backPressuredRatio, 0.1, 0.5);
  box.root.setAttribute("aria-pressed", String(selected));
  box.root.setAttribute("aria-label", `${vertex.name}: parallelism ${vertex.parallelism ?? "unknown"}`
    + `${changes ? `, target ${vertex.targetParallelism}` : ""}, busy ${percent(vertex.busyRatio)}, back-pressured ${percent(vertex.backPressuredRatio)}`);
}

function level({ fillings, figure }, ratio, warn, bad) {
  say(figure, percent(ratio));
  place(fillings, { width: `${Math.min(1, Math.max(0, ratio ?? 0)) * 100}%` });
  fillings.className = ratio >= bad ? "bad" : ratio >= warn ? "warn" : "";
}
