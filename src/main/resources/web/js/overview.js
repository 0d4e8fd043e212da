// All clusters and all jobs at a glance.
import { h, replace, say, empty } from "./dom.js";
import { ago, coarse, hours, number, plural } from "./format.js";
import { GROUPS, jobList } from "./jobs.js";
import { feed } from "./live.js";
import { clustersOf, jobsOf } from "./model.js";
import { STANDINGS, tone, word } from "./words.js";

/** What was filtered and sorted by stays while the page is open. */
const view = { group: "all", sort: "why", direction: -1, text: "", cluster: "" };

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

export function overview(main) {
  const clusters = h("section", { class: "clusters", "aria-label": "Clusters" });
  const list = jobList(view);
  const tiles = TILES.map(([group, label, tone]) => ({ group, tone, value: h("span", { class: "value" }, "–"),
    root: h("button", { type: "button", class: "tile", "aria-pressed": "false", click: () => choose(group) }), label }));
  tiles.forEach(t => t.root.append(t.value, h("span", { class: "label" }, t.label)));
  const restarts = h("span", { class: "value" }, "–"), saved = h("span", { class: "value" }, "–");
  const savedLabel = h("span", { class: "label" }, "Slot-hours saved today");
  const figures = [h("div", { class: "tile" }, restarts, h("span", { class: "label" }, "Restarts today")),
    h("div", { class: "tile" }, saved, savedLabel)];
  replace(main, h("div", { class: "stack" }, h("h1", { class: "unseen" }, "Jobs"), clusters, h("section", { class: "tiles", "aria-label": "Summary" }, tiles.map(t => t.root), figures), list.root));

  function choose(group) {
    view.group = view.group === group ? "all" : group;
    list.choose(view.group);
    press();
  }
  const press = () => tiles.forEach(t => t.root.setAttribute("aria-pressed", String(t.group === view.group)));
  press();

  const keys = event => {
    if (event.key === "/" && !event.target.closest("input, textarea, select, dialog")) { event.preventDefault(); list.search.focus(); }
  };
  addEventListener("keydown", keys);

  const polled = feed(async read => ({ clusters: clustersOf(await read("clusters")), jobs: await jobsOf(read) }), (data, problem) => {
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
    list.update(data.jobs.list, data.clusters, data.jobs.now);
  });
  return () => { polled.end(); list.close(); removeEventListener("keydown", keys); };
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
