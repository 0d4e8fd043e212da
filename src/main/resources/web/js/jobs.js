// The list of all jobs: filtered, sorted, and drawn only where it is in sight.
import { h, say } from "./dom.js";
import { DASH, ago, coarse, hours, number, plural, short } from "./format.js";
import { rows } from "./rows.js";
import { MODES, tone, word } from "./words.js";

const text = (a, b) => a.localeCompare(b, undefined, { numeric: true });
/** Unknown is less than nothing. */
const size = value => value ?? -Infinity;

const COLUMNS = [
  { id: "name", title: "Job", first: 1, by: (a, b) => text(a.name, b.name) },
  { id: "mode", title: "Mode", first: 1, by: (a, b) => text(word(MODES, a.shownMode), word(MODES, b.shownMode)) },
  { id: "why", title: "State", first: -1, by: (a, b) => urgency(a) - urgency(b) || (b.sinceAt ?? 0) - (a.sinceAt ?? 0) },
  { id: "par", title: "Parallelism", num: true, first: -1, by: (a, b) => size(a.parallelism) - size(b.parallelism) },
  { id: "lag", title: "Lag", num: true, first: -1, by: (a, b) => size(a.lag) - size(b.lag) },
  { id: "restarts", title: "Restarts today", num: true, first: -1, by: (a, b) => size(a.restartsToday) - size(b.restartsToday) },
  { id: "saved", title: "Slot-hours saved", num: true, first: -1, by: (a, b) => size(a.savedToday) - size(b.savedToday) },
  { id: "served", title: "Served", num: true, first: 1, by: (a, b) => size(a.servedAt) - size(b.servedAt) },
];

const urgency = job => (job.trouble ? 4 : job.mode === "INVALID" ? 3 : job.moving ? 2 : job.paused ? 1 : 0);

/** Groups that the tiles above the list choose from. */
export const GROUPS = {
  all: () => true,
  scaling: job => job.mode === "SCALING",
  observing: job => job.mode === "OBSERVING",
  moving: job => job.moving,
  paused: job => Boolean(job.paused),
  trouble: job => Boolean(job.trouble) || job.mode === "INVALID",
};

/**
 * @param view what is filtered and sorted by; kept over visits to other pages
 */
export function jobList(view) {
  const head = h("div", { class: "row head", role: "row", "aria-rowindex": "1" }, COLUMNS.map(c => h("div", { class: `cell ${c.id}${c.num ? " num" : ""}`, role: "columnheader", "data-sort": c.id },
    h("button", { type: "button", click: () => sortBy(c) }, c.title))));
  const body = h("div", { class: "rows", role: "rowgroup" });
  const table = h("div", { class: "jobs panel", role: "table", "aria-label": "Jobs", hidden: true, keydown: moveFocus }, h("div", { role: "rowgroup" }, head), body);
  const nothing = h("div", { class: "panel empty", hidden: true });
  const count = h("span", { class: "count", role: "status" });
  const search = h("input", { type: "search", placeholder: "Filter by name, cluster, queue, user, reason …  ( / )", "aria-label": "Filter jobs", autocomplete: "off", value: view.text ?? "",
    input: () => { view.text = search.value; show(); } });
  const cluster = h("select", { "aria-label": "Cluster", change: () => { view.cluster = cluster.value; show(); } });
  const list = rows(body, job => job.id, () => row());
  let jobs = null, shown = [], now = Date.now();

  function show() {
    if (!jobs) return;
    const needles = (view.text ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    const inGroup = GROUPS[view.group] ?? GROUPS.all;
    const column = COLUMNS.find(c => c.id === view.sort) ?? COLUMNS[0];
    shown = jobs.filter(job => inGroup(job) && (!view.cluster || job.cluster === view.cluster) && needles.every(n => job.haystack.includes(n)));
    shown.sort((a, b) => view.direction * column.by(a, b) || text(a.name, b.name) || text(a.id, b.id));
    for (const cell of head.children) {
      cell.setAttribute("aria-sort", cell.dataset.sort === column.id ? (view.direction > 0 ? "ascending" : "descending") : "none");
    }
    say(count, shown.length === jobs.length ? plural(jobs.length, "job") : `${number(shown.length)} of ${plural(jobs.length, "job")}`);
    table.setAttribute("aria-rowcount", String(shown.length + 1));
    table.hidden = !shown.length;
    nothing.hidden = Boolean(shown.length);
    nothing.replaceChildren(h("strong", {}, jobs.length ? "No job matches" : "No jobs yet"),
      jobs.length ? "Change the filter, or choose all jobs above." : "No running Flink job was found on the clusters above. A job is listed within one listing interval after its start.");
    list.show(shown);
  }

  function sortBy(column) {
    view.direction = view.sort === column.id ? -view.direction : column.first;
    view.sort = column.id;
    show();
  }

  /** Up and down from job to job. */
  function moveFocus(event) {
    const id = event.target.closest?.("[data-key]")?.dataset.key;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (id === undefined || !step) return;
    event.preventDefault();
    const from = list.indexOf(id);
    list.focus(Math.max(0, Math.min(shown.length - 1, from + step)));
  }

  return {
    root: [h("div", { class: "filters" }, search, cluster, count), table, nothing],
    search,
    update(nextJobs, clusters, at) {
      now = at;
      jobs = nextJobs;
      const names = clusters.map(c => c.name);
      if (cluster.dataset.names !== names.join("\n")) {
        cluster.dataset.names = names.join("\n");
        cluster.replaceChildren(h("option", { value: "" }, "All clusters"), ...names.map(n => h("option", { value: n }, n)));
        cluster.value = names.includes(view.cluster) ? view.cluster : "";
        view.cluster = cluster.value;
        cluster.hidden = names.length < 2;
      }
      show();
    },
    choose(group) { view.group = group; show(); },
    close: () => list.close(),
  };

  function row() {
    const link = h("a"), where = h("span", { class: "sub" });
    const mode = h("span", { class: "pill" });
    const reason = h("span"), detail = h("span", { class: "sub" });
    const par = h("span", { class: "change" }), slots = h("span", { class: "sub" });
    const lag = h("span"), restarts = h("span"), saved = h("span"), served = h("span", { class: "sub" });
    const unit = name => h("span", { class: "unit" }, name);
    const root = h("div", { class: "row", role: "row" },
      h("div", { class: "cell name", role: "cell" }, link, where),
      h("div", { class: "cell mode", role: "cell" }, mode),
      h("div", { class: "cell why", role: "cell" }, reason, detail),
      h("div", { class: "cell par num", role: "cell" }, unit("Parallelism"), par, slots),
      h("div", { class: "cell lag num", role: "cell" }, unit("Lag"), lag, h("span", { class: "sub" }, "records")),
      h("div", { class: "cell restarts num", role: "cell" }, unit("Restarts today"), restarts),
      h("div", { class: "cell saved num", role: "cell" }, saved),
      h("div", { class: "cell served num", role: "cell" }, served));
    let last = null;
    return {
      root,
      show(job) {
        say(served, job.servedAt ? ago(job.servedAt, now) : "never");
        if (job === last) return;
        last = job;
        link.setAttribute("href", `#/job/${job.id}`);
        link.title = job.name;
        say(link, job.name);
        say(where, [job.cluster, job.applicationName !== job.name && job.applicationName, job.queue].filter(Boolean).join(" · "));
        say(mode, word(MODES, job.shownMode));
        mode.className = `pill ${tone(MODES, job.shownMode)}`;
        say(reason, job.headline);
        reason.className = job.trouble ? "trouble" : "";
        reason.title = job.fullText;
        say(detail, job.sinceAt ? `${job.trouble ? "fails for" : "for"} ${coarse(now - job.sinceAt)}${job.subline ? ` · ${job.subline}` : ""}` : job.subline ?? "");
        say(par, job.parallelism === null ? DASH : job.target !== job.parallelism && job.target !== null ? `${job.parallelism} → ${job.target}` : `${job.parallelism}`);
        par.classList.toggle("up", job.target !== job.parallelism && job.target !== null);
        say(slots, job.slots === null ? "" : plural(job.slots, "slot"));
        say(lag, job.lag === null ? DASH : short(job.lag));
        lag.nextSibling.hidden = job.lag === null;
        say(restarts, job.restartsToday === null ? DASH : String(job.restartsToday));
        say(saved, job.savedToday === null ? DASH : `${job.mode === "OBSERVING" ? "could: " : ""}${hours(job.savedToday)}`);
        saved.className = job.mode === "OBSERVING" ? "sub" : "";
      },
    };
  }
}
