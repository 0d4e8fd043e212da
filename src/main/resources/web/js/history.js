// All jobs over the days: how often they were rescaled, what came of it, how long the restarts took.
import { h, svg, redraw, replace, empty } from "./dom.js";
import { DASH, clock, duration, number, percent, plural } from "./format.js";
import { feed } from "./live.js";
import { historyOf, paths } from "./model.js";
import { PHASES, plain, tone, word } from "./words.js";

const SPANS = [7, 30, 90];
const GROUPS = [["ran", "came to run"], ["short", "not reached"], ["failed", "failed"], ["other", "under way, superseded, or the job ended"]];
let days = 7;

export function history(main) {
  const body = h("div", { class: "stack" });
  const spans = h("div", { class: "choice", role: "group", "aria-label": "Time span" });
  replace(main, h("div", { class: "stack" }, h("div", { class: "job-head" }, h("div", { class: "title" }, h("h1", {}, "Rescales of all jobs"), h("p", { class: "muted" }, "Days are days in UTC.")), spans), body));
  let polled = follow();
  return () => polled.end();

  function follow() {
    redraw(spans, SPANS.map(n => h("button", { type: "button", "aria-pressed": String(n === days), click: () => { days = n; polled.end(); polled = follow(); } }, `${n} days`)));
    return feed(async read => historyOf(await read(paths.history(days))), (data, problem) => {
      if (!data) return replace(body, h("div", { class: "panel" }, empty("The history cannot be shown", problem.message)));
      replace(body, tiles(data), panel("Rescales per day", data.total ? [bars(data.days, GROUPS.map(g => g[0])), legend()] : empty("No rescales", `No job was rescaled in these ${days} days.`)),
        h("div", { class: "two" }, panel("Outcomes", data.outcomes.length ? outcomes(data) : empty("No outcomes", "Nothing was rescaled.")), panel("Restart times", data.restarts.count ? restarts(data.restarts) : empty("No restart was timed", "A restart is timed from the decision until the job runs as decided."))),
        data.latest && panel("Latest rescales", data.latest.length ? latest(data.latest) : empty("None", "No job was rescaled yet.")));
    }, 30_000);
  }
}

const panel = (title, content) => h("section", { class: "panel", "aria-label": title }, h("header", {}, h("h2", {}, title)), h("div", { class: "body" }, content));

function tiles(data) {
  const tile = (value, label, color = "") => h("div", { class: `tile ${color}` }, h("span", { class: "value" }, value), h("span", { class: "label" }, label));
  const bad = data.outcomes.filter(o => o.phase === "FAILED").reduce((n, o) => n + o.count, 0);
  return h("section", { class: "tiles", "aria-label": "Summary" }, tile(number(data.total), "Rescales"), tile(data.total ? percent(data.ran / data.total) : DASH, "Came to run"),
    tile(number(bad), "Failed", bad ? "bad" : ""), tile(duration(data.restarts.median), "Median restart"), tile(duration(data.restarts.p95), "95 of 100 restarts within"));
}

/** Columns of a day each, one part on the other. */
function bars(days, keys) {
  const width = Math.max(320, document.getElementById("main").clientWidth - 82), height = 190, left = 40, bottom = 24, top = 8;
  const most = Math.max(1, ...days.map(d => keys.reduce((n, k) => n + d[k], 0)));
  const step = niceStep(most), ceiling = Math.ceil(most / step) * step;
  const y = value => top + (height - top - bottom) * (1 - value / ceiling);
  const slot = (width - left) / days.length, wide = Math.min(56, slot * 0.7);
  const lines = Array.from({ length: ceiling / step + 1 }, (_, i) => i * step);
  const every = Math.ceil(days.length / Math.min(14, width / 60));
  return h("div", { class: "scroll-x" }, svg("svg", { class: "bars", width, height, role: "img", "aria-label": days.map(d => `${d.day}: ${plural(keys.reduce((n, k) => n + d[k], 0), "rescale")}`).join(", ") },
    lines.map(v => [svg("line", { x1: left, x2: width, y1: y(v), y2: y(v) }), svg("text", { x: left - 8, y: y(v) + 4, "text-anchor": "end" }, number(v))]),
    days.map((d, i) => {
      let base = 0;
      const x = left + slot * i + (slot - wide) / 2;
      return svg("g", {}, svg("title", {}, `${d.day}: ${GROUPS.filter(([k]) => d[k]).map(([k, name]) => `${d[k]} ${name}`).join(", ") || "none"}`),
        keys.map(k => { const from = base; base += d[k]; return d[k] > 0 && svg("rect", { class: k, x, y: y(base), width: wide, height: y(from) - y(base) }); }),
        i % every === 0 && svg("text", { x: x + wide / 2, y: height - 7, "text-anchor": "middle" }, d.day.slice(5)));
    })));
}

function niceStep(most) {
  const raw = most / 4, unit = 10 ** Math.floor(Math.log10(raw || 1));
  return Math.max(1, [1, 2, 5, 10].map(f => f * unit).find(s => s >= raw));
}

const legend = () => h("p", { class: "legend" }, GROUPS.map(([key, name]) => h("span", { class: "key" }, h("i", { class: key }), name)));

function share(count, total, color) {
  const part = h("i", { class: color });
  part.style.setProperty("width", `${(count / total) * 100}%`);
  return h("div", { class: "share" }, part);
}

function outcomes(data) {
  const total = data.outcomes.reduce((n, o) => n + o.count, 0);
  return h("table", { class: "plain" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Outcome"), h("th", { scope: "col" }, h("span", { class: "unseen" }, "Share")), h("th", { scope: "col", class: "num" }, "Rescales"), h("th", { scope: "col", class: "num" }, "Share"))),
    h("tbody", {}, data.outcomes.map(o => h("tr", {}, h("td", {}, word(PHASES, o.phase)), h("td", {}, share(o.count, total, { good: "", warn: "warn", bad: "bad" }[tone(PHASES, o.phase)] ?? "rest")),
      h("td", { class: "num" }, number(o.count)), h("td", { class: "num" }, percent(o.count / total))))));
}

function restarts(times) {
  const rows = [["Half within", times.median], ["90 of 100 within", times.p90], ["95 of 100 within", times.p95], ["Longest", times.max]].filter(([, v]) => v !== null && v !== undefined);
  const longest = Math.max(...rows.map(r => r[1]), 1);
  return h("table", { class: "plain" }, h("tbody", {}, rows.map(([name, ms]) => h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, share(ms, longest, "")), h("td", { class: "num" }, duration(ms)))),
    h("tr", {}, h("td", { colspan: 3, class: "muted small" }, `${plural(times.count, "restart")}, each from the decision until the job ran as decided`))));
}

function latest(list) {
  return h("div", { class: "scroll-x" }, h("table", { class: "plain" }, h("thead", {}, h("tr", {}, ["Decided", "Job", "What", "Outcome", "Ran after"].map((t, i) => h("th", { scope: "col", class: i === 4 ? "num" : null }, t)))),
    h("tbody", {}, list.map(d => h("tr", {}, h("td", {}, clock(d.decidedAt)), h("td", {}, d.job ? h("a", { href: `#/job/${d.job}` }, d.name) : d.name, h("div", { class: "muted small" }, d.cluster)),
      h("td", {}, plain(d.reason)), h("td", {}, h("span", { class: `pill ${tone(PHASES, d.phase)}` }, word(PHASES, d.phase))), h("td", { class: "num" }, duration(d.restartMs)))))));
}
