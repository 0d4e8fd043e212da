// All clusters and all jobs at a glance.
import { field, give, maySpeak, onSigned } from "./actions.js";
import { h, replace, say, empty } from "./dom.js";
import { ago, clock, coarse, hours, number, plural } from "./format.js";
import { GROUPS, jobList } from "./jobs.js";
import { feed } from "./live.js";
import { clustersOf, jobsOf, modesToChoose, orders, paths, wideOrdersOf } from "./model.js";
import { STANDINGS, plain, tone, word } from "./words.js";

/** What is filtered and sorted by when nobody has chosen anything. */
const PLAIN = { group: "all", sort: "why", direction: "down", text: "", cluster: "", mode: "", state: "" };

/** The same as it was chosen: it stays while the page is open, and stands in the address, which others can open. */
const view = { ...PLAIN };

/** Clusters whose problems are unfolded. */
const opened = new Set();

const TILES = [
  ["all", "Jobs", ""],
  ["scaling", "Scaling", ""],
  ["observing", "Observing", ""],
  ["moving", "Rescaling now", ""],
  ["paused", "Paused", "warn"],
  ["trouble", "In trouble", "bad"],
];

function open(query) {
  if (![...query.keys()].length) return;
  for (const [key, value] of Object.entries(PLAIN)) view[key] = query.get(key) ?? value;
}

function address() {
  const query = new URLSearchParams(Object.entries(view).filter(([key, value]) => value !== PLAIN[key])).toString();
  const hash = query ? `#/?${query}` : "#/";
  if (location.hash !== hash) globalThis.history.replaceState(null, "", hash);
}

/** @param query behind the address of this page */
export function overview(main, query) {
  open(query);
  address();
  const standing = h("section", { class: "panel", "aria-label": "Orders that stand", hidden: true }), said = h("p", { class: "note info lines", role: "status", hidden: true });
  const many = h("button", { type: "button", "data-action": "many", click: () => order() }, "Order for many …");
  const clusters = h("section", { class: "clusters", "aria-label": "Clusters" });
  const list = jobList(view, PLAIN, () => { address(); press(); }, many);
  const tiles = TILES.map(([group, label, tone]) => ({ group, tone, value: h("span", { class: "value" }, "–"),
    root: h("button", { type: "button", class: "tile", "aria-pressed": "false", click: () => choose(group) }), label }));
  tiles.forEach(t => t.root.append(t.value, h("span", { class: "label" }, t.label)));
  const restarts = h("span", { class: "value" }, "–"), saved = h("span", { class: "value" }, "–");
  const savedLabel = h("span", { class: "label" }, "Slot-hours saved today");
  const figures = [h("div", { class: "tile" }, restarts, h("span", { class: "label" }, "Restarts today")),
    h("div", { class: "tile" }, saved, savedLabel)];
  replace(main, h("div", { class: "stack" }, h("h1", { class: "unseen" }, "Jobs"), said, standing, clusters, h("section", { class: "tiles", "aria-label": "Summary" }, tiles.map(t => t.root), figures), list.root));

  function choose(group) {
    view.group = view.group === group ? "all" : group;
    list.refresh();
  }
  const press = () => tiles.forEach(t => t.root.setAttribute("aria-pressed", String(t.group === view.group)));
  press();

  const sign = () => { many.hidden = !maySpeak(); };
  const unsign = onSigned(sign);
  sign();

  /** @param taken {target} of an order that is to be taken back; otherwise a person chooses */
  async function order(taken) {
    const what = h("select", { name: "what" }, Object.keys(orders).flatMap(action => action === "mode" ? modesToChoose.map(([mode, label]) => [`mode ${mode}`, label]) : [[action, orders[action].title]])
      .map(([value, label]) => h("option", { value }, label)));
    const target = h("input", { type: "text", required: true, name: "target", list: "targets", autocomplete: "off", placeholder: "ALL, CLUSTER:name, TAG:tag, or a job" });
    const targets = h("datalist", { id: "targets" }, ["ALL", ...list.clusters().map(c => `CLUSTER:${c}`)].map(value => h("option", { value })));
    const message = await give(taken
      ? { title: `${taken.mode ? "Take back" : "Resume"}: ${taken.target}`, action: taken.mode ? "Take back" : "Resume", text: "For all jobs that this order covers, as far as no other one holds for them." }
      : { title: "Order for many jobs", action: "Order", text: "It holds for jobs that are found later, too, until it is taken back for the same target. A reset is for those that run now.", fields: [field("What", what), field("Which jobs", target), targets] }, given => {
      const [action, mode] = taken ? (taken.mode ? ["mode", "default"] : ["resume"]) : given.what.split(" ");
      return { path: paths.orderMany(action), body: { target: taken ? taken.target : given.target, ...(mode && { mode }) } };
    });
    if (message === null) return;
    said.hidden = false;
    say(said, message);
    await polled.again();
  }

  function showStanding(wide) {
    standing.hidden = !wide.length;
    if (standing.contains(document.activeElement)) return;
    replace(standing, h("ul", { class: "orders" }, wide.map(o => h("li", {}, h("span", { class: "pill warn" }, o.what === "PAUSE" ? "Paused" : plain(o.what)), h("b", {}, o.target),
      h("span", { class: "muted" }, `by ${o.user} since ${clock(o.since)}: ${o.reason}`),
      maySpeak() && h("button", { type: "button", click: () => order({ target: o.target, mode: o.what !== "PAUSE" }) }, o.what === "PAUSE" ? "Resume" : "Take back")))));
  }

  const keys = event => {
    if (event.key === "/" && !event.target.closest("input, textarea, select, dialog")) { event.preventDefault(); list.search.focus(); }
  };
  addEventListener("keydown", keys);

  const polled = feed(async read => ({ clusters: clustersOf(await read("clusters")), jobs: await jobsOf(read), orders: wideOrdersOf(await read(paths.orders)) }), (data, problem) => {
    if (!data) return replace(clusters, h("div", { class: "panel" }, empty("Nothing can be shown", problem.message)));
    if (!clusters.contains(document.activeElement)) replace(clusters, data.clusters.length ? data.clusters.map(c => card(c, data.jobs.now)) : h("div", { class: "panel" }, empty("No clusters", "The configuration names none.")));
    for (const t of tiles) {
      const n = data.jobs.list.filter(GROUPS[t.group]).length;
      say(t.value, number(n));
      t.root.classList.toggle(t.tone || "plain", n > 0);
    }
    say(restarts, number(sum(data.jobs.list, j => j.restartsToday)));
    const observed = data.jobs.list.filter(j => j.mode === "OBSERVING"), scaled = data.jobs.list.filter(j => j.mode !== "OBSERVING");
    say(saved, hours(sum(scaled, j => j.savedToday)));
    const could = sum(observed, j => j.savedToday);
    say(savedLabel, could > 0 ? `Slot-hours saved today; ${hours(could)} more could be` : "Slot-hours saved today");
    showStanding(data.orders);
    list.update(data.jobs.list, data.clusters, data.jobs.now);
  });
  return () => { polled.end(); unsign(); list.close(); removeEventListener("keydown", keys); };
}

const sum = (list, value) => list.reduce((total, item) => total + (value(item) ?? 0), 0);

function card(cluster, now) {
  const color = tone(STANDINGS, cluster.standing);
  const worry = color === "good" && cluster.problems.length ? "warn" : color;
  return h("article", { class: `panel cluster ${worry}` },
    h("div", { class: "line" }, h("h3", {}, cluster.name), h("span", { class: `pill ${color}` }, word(STANDINGS, cluster.standing))),
    h("div", { class: "line small muted" }, h("span", {}, `${plural(cluster.jobs, "job")}${cluster.applications === null ? "" : ` in ${plural(cluster.applications, "application")}`}`),
      h("span", {}, cluster.listedAt ? `listed ${ago(cluster.listedAt, now)}` : "never listed")),
    cluster.standing === "UNREACHABLE" && h("div", { class: "small muted" }, `unreachable for ${coarse(now - cluster.since)}`),
    cluster.problems.length > 0 && h("details", { open: opened.has(cluster.name), toggle: event => opened[event.target.open ? "add" : "delete"](cluster.name) }, h("summary", {}, plural(cluster.problems.length, "problem")),
      h("ul", {}, cluster.problems.map(p => h("li", {}, h("b", { class: "mono" }, p.subject), " ", p.message)))));
}
