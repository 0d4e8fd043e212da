// The list of all jobs: filtered, sorted, and drawn only where it is in sight.
import { h, replace, say } from "./dom.js";
import { DASH, ago, coarse, hours, number, plural, short } from "./format.js";
import { rows } from "./rows.js";
import { MODES, plain as plainWord, tone, word } from "./words.js";

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
 * @param view what is filtered and sorted by
 * @param plain the same where nothing is chosen
 * @param onChange called when a person has changed it
 * @param beside more elements of the line above the list
 */
export function jobList(view, plain, onChange, ...beside) {
  const head = h("div", { class: "row head", role: "row", "aria-rowindex": "1" }, COLUMNS.map(c => h("div", { class: `cell ${c.id}${c.num ? " num" : ""}`, role: "columnheader", "data-sort": c.id },
    h("button", { type: "button", click: () => sortBy(c) }, c.title))));
  const body = h("div", { class: "rows", role: "rowgroup" });
  const table = h("div", { class: "jobs panel", role: "table", "aria-label": "Jobs", hidden: true, keydown: moveFocus }, h("div", { role: "rowgroup" }, head), body);
  const nothing = h("div", { class: "panel empty", hidden: true });
  const count = h("span", { class: "count", role: "status" });
  const search = h("input", { type: "search", placeholder: "Filter by name, cluster, queue, user, reason …  ( / )", "aria-label": "Filter jobs", autocomplete: "off", value: view.text ?? "",
    input: () => choose("text", search.value) });
  const cluster = choice("cluster", "All clusters", "Cluster"), mode = choice("mode", "All modes", "Mode"), state = choice("state", "All states", "State");
  const clear = h("button", { type: "button", class: "quiet", hidden: true, click: () => { Object.assign(view, plain); search.value = ""; refresh(); search.focus(); } }, "Show all");
  const list = rows(body, job => job.id, () => row());
  let jobs = null, names = [], shown = [], now = Date.now();

  function choose(key, value) {
    view[key] = value;
    refresh();
  }

  function refresh() {
    onChange();
    show();
  }

  /** Those that there are; one that was chosen stays, also while no job is of it. */
  function choice(key, all, label) {
    const select = h("select", { "aria-label": label, change: () => choose(key, select.value) });
    return {
      select,
      offer(values, name = value => value) {
        const offered = [...new Set([...values, view[key]])].filter(Boolean).sort((a, b) => text(name(a), name(b)));
        const signature = offered.join("\n");
        if (select.dataset.signature !== signature) {
          select.dataset.signature = signature;
          replace(select, h("option", { value: "" }, all), offered.map(value => h("option", { value }, name(value))));
        }
        select.value = view[key];
        select.hidden = offered.length < 2 && !view[key];
      },
    };
  }

  function show() {
    if (!jobs) return;
    const needles = (view.text ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    const inGroup = GROUPS[view.group] ?? GROUPS.all;
    const column = COLUMNS.find(c => c.id === view.sort) ?? COLUMNS[0];
    const direction = view.direction === "up" ? 1 : -1;
    shown = jobs.filter(job => inGroup(job) && (!view.cluster || job.cluster === view.cluster)
      && (!view.mode || job.shownMode === view.mode) && (!view.state || job.state === view.state) && needles.every(n => job.haystack.includes(n)));
    shown.sort((a, b) => direction * column.by(a, b) || text(a.name, b.name) || text(a.id, b.id));
    for (const cell of head.children) {
      cell.setAttribute("aria-sort", cell.dataset.sort === column.id ? (direction > 0 ? "ascending" : "descending") : "none");
    }
    clear.hidden = ["group", "text", "cluster", "mode", "state"].every(key => view[key] === plain[key]);
    say(count, shown.length === jobs.length ? plural(jobs.length, "job") : `${number(shown.length)} of ${plural(jobs.length, "job")}`);
    table.setAttribute("aria-rowcount", String(shown.length + 1));
    table.hidden = !shown.length;
    nothing.hidden = Boolean(shown.length);
    nothing.replaceChildren(h("strong", {}, jobs.length ? "No job matches" : "No jobs yet"),
      jobs.length ? "Change the filter, or choose all jobs above." : "No running Flink job was found on the clusters above. A job is listed within one listing interval after its start.");
    list.show(shown);
  }

  function sortBy(column) {
    const up = view.sort === column.id ? view.direction !== "up" : column.first > 0;
    view.direction = up ? "up" : "down";
    view.sort = column.id;
    refresh();
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
    root: [h("div", { class: "filters" }, search, cluster.select, mode.select, state.select, clear, beside, count), table, nothing],
    search,
    update(nextJobs, clusters, at) {
      now = at;
      jobs = nextJobs;
      names = clusters.map(c => c.name);
      cluster.offer(names);
      mode.offer(jobs.map(job => job.shownMode), code => word(MODES, code));
      state.offer(jobs.map(job => job.state), plainWord);
      show();
    },
    clusters: () => names,
    refresh,
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
