// Charts over time, one below the other on one axis: a cursor in one is a cursor in all, and a span drawn in one is shown in all.
import { h, replace, say } from "./dom.js";
import { clock, number, percentFine, short } from "./format.js";

const HEIGHT = 120;
const AXIS = 26;
/** Steps of an axis that counts. */
const WHOLE = Array.from({ length: 13 }, (_, i) => [1, 2, 5].map(n => n * 10 ** i)).flat();
let loading;

/** The library is brought when the first chart is wanted, not with the list of jobs. */
function library() {
  loading ??= new Promise((done, failed) => {
    document.head.append(
      h("link", { rel: "stylesheet", href: "uplot/uPlot.min.css" }),
      h("script", { src: "uplot/uPlot.iife.min.js", load: () => done(globalThis.uPlot), error: () => failed(new Error("the charts could not be loaded")) }));
  });
  return loading;
}

/**
 * @param definitions of each chart {title, series: [{label, key, color, unit, step}], band: [upper, lower], max}
 * @returns an object with show({times, <key>: values}, marks, range) and close()
 */
export async function charts(element, definitions, onZoom) {
  const Plot = await library();
  const sync = Plot.sync(`charts-${Math.random()}`);
  let marks = [], plots = [], latest = null;
  const figures = definitions.map(d => frame(d));
  replace(element, figures.map(f => f.root));

  const build = () => {
    plots.forEach(p => p.destroy());
    plots = definitions.map((d, i) => {
      const last = i === definitions.length - 1;
      return new Plot(options(d, figures[i], last, sync, () => marks, onZoom), dataOf(d, latest), figures[i].plot);
    });
    latest && plots.forEach(p => p.setScale("x", { min: latest.from, max: latest.to }));
  };
  const resize = new ResizeObserver(() => plots.forEach((p, i) => {
    const width = figures[i].plot.clientWidth;
    if (width && width !== p.width) p.setSize({ width, height: p.height });
  }));
  resize.observe(element);
  addEventListener("themechange", build);
  return {
    show(data, newMarks, range) {
      marks = newMarks;
      latest = { ...data, ...range };
      if (!plots.length) build();
      else plots.forEach((p, i) => { p.setData(dataOf(definitions[i], latest), false); p.setScale("x", { min: latest.from, max: latest.to }); });
    },
    close() { resize.disconnect(); removeEventListener("themechange", build); plots.forEach(p => p.destroy()); },
  };
}

function frame(definition) {
  const values = definition.series.map(() => h("b"));
  const keys = definition.series.map((s, i) => !s.quiet && h("span", { class: "key" }, h("i", { class: s.swatch }), s.label, values[i]));
  const extra = (definition.keys ?? []).map(k => h("span", { class: "key" }, h("i", { class: k.swatch }), k.label));
  const when = h("span", { class: "key" });
  const plot = h("div", { class: "plot" });
  const root = h("figure", { class: "chart" }, h("figcaption", {}, h("b", {}, definition.title), keys, extra, when), plot);
  return { root, plot, values, when };
}

const dataOf = (definition, data) => [data.times, ...definition.series.map(s => data[s.key])];

function options(definition, figure, last, sync, marks, onZoom) {
  const css = getComputedStyle(document.documentElement);
  const color = name => resolve(css.getPropertyValue(name));
  const line = color("--line"), muted = color("--muted");
  const format = definition.percent ? v => percentFine(v) : v => number(v);
  const axis = { stroke: muted, grid: { stroke: line, width: 1 }, ticks: { show: false }, font: "11px system-ui, Arial, sans-serif" };
  return {
    width: figure.plot.clientWidth || 600,
    height: HEIGHT + (last ? AXIS : 0),
    padding: [8, 20, last ? 0 : 6, 0],
    cursor: { sync: { key: sync.key, setSeries: false }, points: { size: 6 }, drag: { x: true, y: false, setScale: false }, y: false },
    select: { show: true },
    legend: { show: false },
    scales: {
      x: { time: true, range: (u, min, max) => [min, max] },
      y: { range: (u, min, max) => definition.percent ? [0, 1] : [0, top(max, definition.whole)] },
    },
    axes: [
      { ...axis, show: true, size: last ? AXIS : 0, values: last ? timeLabels : (u, splits) => splits.map(() => ""), gap: 4, space: 84 },
      { ...axis, size: 58, space: 30, incrs: definition.whole ? WHOLE : undefined, values: (u, splits) => splits.map(v => definition.percent ? `${Math.round(v * 100)} %` : short(v)) },
    ],
    series: [{}, ...definition.series.map(s => ({
      label: s.label, stroke: color(s.color), width: s.quiet ? 1 : 1.75, points: { show: false }, spanGaps: false,
      dash: s.dash, paths: s.step ? globalThis.uPlot.paths.stepped({ align: 1 }) : undefined,
    }))],
    bands: definition.band ? [{ series: definition.band, fill: color("--band") }] : [],
    hooks: {
      draw: [u => drawMarks(u, marks(), color("--series-4"))],
      setCursor: [u => tell(u, definition, figure, format)],
      setSelect: [u => {
        if (u.select.width > 8) onZoom(u.posToVal(u.select.left, "x"), u.posToVal(u.select.left + u.select.width, "x"));
        u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      }],
      setData: [u => tell(u, definition, figure, format)],
      ready: [u => tell(u, definition, figure, format)],
    },
  };
}

/** Room above the highest value; a chart without values keeps its lines. */
const top = (max, whole) => (max > 0 ? (whole ? Math.max(max + 1, Math.ceil(max * 1.2)) : max * 1.15) : 1);

const two = n => String(n).padStart(2, "0");
function timeLabels(u, splits) {
  let day = "";
  const wide = u.scales.x.max - u.scales.x.min > 86_400 * 2;
  return splits.map(s => {
    const d = new Date(s * 1000), today = d.toDateString();
    const date = `${two(d.getMonth() + 1)}-${two(d.getDate())}`;
    const text = wide || (day && day !== today) ? `${date} ${two(d.getHours())}:${two(d.getMinutes())}` : `${two(d.getHours())}:${two(d.getMinutes())}`;
    day = today;
    return text;
  });
}

function drawMarks(u, marks, color) {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.strokeStyle = color;
  ctx.lineWidth = devicePixelRatio * 1.25;
  ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
  for (const mark of marks) {
    const x = u.valToPos(mark.at, "x", true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}

/** The values under the cursor, or the latest ones. */
function tell(u, definition, figure, format) {
  const under = u.cursor.idx;
  const hovering = under !== null && under !== undefined && u.cursor.left >= 0;
  say(figure.when, hovering ? `at ${clock(u.data[0][under] * 1000)}` : "");
  definition.series.forEach((s, i) => {
    const values = u.data[i + 1] ?? [];
    const value = hovering ? values[under] : values.findLast(v => v !== null && v !== undefined);
    say(figure.values[i], value === null || value === undefined ? "–" : `${format(value)}${s.unit ? ` ${s.unit}` : ""}`);
  });
}

/** What light-dark() is at this moment; a canvas knows only plain colors. */
function resolve(value) {
  const probe = h("span", { hidden: true });
  probe.style.color = value;
  document.body.append(probe);
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color;
}
