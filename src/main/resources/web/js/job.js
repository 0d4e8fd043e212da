// One job: how it stands and why, its graph, its charts, its decisions, its events.
import { field, give, maySpeak, onSigned, signIn } from "./actions.js";
import { charts } from "./charts.js";
import { decisionList } from "./decisions.js";
import { h, redraw, replace, say, empty } from "./dom.js";
import { DASH, ago, clock, coarse, hours, number } from "./format.js";
import { graph } from "./graph.js";
import { feed } from "./live.js";
import { decisionOf, decisionsOf, eventsOf, jobOf, modesToChoose, orders, paths, reach, seriesOf } from "./model.js";
import { MODES, tone, word } from "./words.js";

const SPANS = [["1 h", 3_600_000], ["6 h", 21_600_000], ["24 h", 86_400_000], ["7 d", 604_800_000]];

const CHARTS = [
  { title: "Parallelism", whole: true, keys: [{ label: "rescale", swatch: "kmark" }],
    series: [{ label: "running at", key: "parallelism", color: "--series-1", swatch: "k1", step: true }] },
  { title: "Rates", band: [4, 3], keys: [{ label: "left alone", swatch: "wide kband" }],
    series: [{ label: "target", key: "targetRate", color: "--series-1", swatch: "k1", unit: "rec/s" },
      { label: "true processing rate", key: "trueProcessingRate", color: "--series-2", swatch: "k2", unit: "rec/s" },
      { label: "scale-up threshold", key: "scaleUpThreshold", color: "--series-3", quiet: true },
      { label: "scale-down threshold", key: "scaleDownThreshold", color: "--series-3", quiet: true }] },
  { title: "Lag", whole: true, series: [{ label: "all sources", key: "lag", color: "--series-4", swatch: "k4", unit: "records" }] },
  { title: "Busy ratio", percent: true, series: [{ label: "busy", key: "busyRatio", color: "--series-3", swatch: "k3" }] },
];

export function job(main, id) {
  const head = h("div", { class: "job-head" }), said = h("p", { class: "note info lines", role: "status", hidden: true }), stand = h("section", { class: "panel stand", "aria-label": "State" }), facts = h("dl", { class: "facts" });
  const picture = h("div", { class: "graph" }), vertexName = h("span", { class: "muted" }), vertexChoice = h("select", { "aria-label": "Vertex", change: () => select(vertexChoice.value) });
  const plots = h("div", {}), spans = h("div", { class: "choice", role: "group", "aria-label": "Time span" }), events = h("div", { class: "body events scroll-x" });
  const decisions = decisionList(d => decisionOf(id, d), () => { pages++; history.again(); });
  const back = h("p", { class: "crumbs" }, h("a", { href: "#/" }, "Jobs"), " / ", h("span"));
  const noCharts = h("div", { hidden: true });
  replace(main, back, h("div", { class: "stack" }, head, said, stand, h("section", { class: "panel body-only" }, h("div", { class: "body" }, facts)),
    panel("Job graph", h("div", { class: "body scroll-x", tabindex: "0", role: "group", "aria-label": "Job graph" }, picture), h("span", { class: "muted small" }, "Choose a vertex to see its charts")),
    panel("Over time", [plots, noCharts], vertexName, h("span", { class: "end choice-row" }, vertexChoice, " ", spans)),
    panel("Decisions", decisions.root), panel("Events", events)));

  let latest = null, selected = null, span = SPANS[0][1], zoom = null, drawing = null, pages = 1;
  const drawn = graph(picture, select);
  drawSpans();

  const state = feed(async read => jobOf(await read(paths.job(id))), (data, problem) => {
    if (!data) return replace(main, back, h("div", { class: "panel" }, empty(problem.status === 404 ? "This job is not known" : "The job cannot be shown", problem.message)));
    latest = data;
    if (!data.vertices.some(v => v.id === selected)) selected = busiest(data.vertices);
    document.title = `${data.name} – Flink autoscaler`;
    say(back.lastChild, data.name);
    showHead();
    showStand();
    showFacts();
    if (data.vertices.length) drawn.show(data.vertices, data.edges, selected);
    else replace(picture, empty("No graph yet", "It is known after the first sample of the job."));
    if (!curves && selected) curvesAnew();
    if (!selected && !noCharts.firstChild) { noCharts.hidden = false; replace(noCharts, empty("No measurements yet", "The job was not sampled yet.")); }
    const names = data.vertices.map(v => v.name).join("\n");
    if (vertexChoice.dataset.names !== names) replace(vertexChoice, data.vertices.map(v => h("option", { value: v.id }, v.name)));
    vertexChoice.dataset.names = names;
    vertexChoice.value = selected ?? "";
  });
  const history = feed(async read => ({
    decisions: await decisionsOf(read, id, pages),
    events: eventsOf(await read(paths.events(id))),
  }), data => {
    if (!data) return;
    decisions.show(data.decisions.list, data.decisions.more);
    replace(events, data.events.length ? eventTable(data.events) : empty("No events", "Nothing had to be told about this job."));
  });
  let curves = null, left = false;
  const unsign = onSigned(() => latest && showHead());

  function followCurves() {
    if (!selected) return null;
    const path = zoom ? paths.between(id, selected, ...zoom) : paths.last(id, selected, span);
    return feed(async read => seriesOf(await read(path)), async data => {
      if (!data || left) return;
      noCharts.hidden = data.times.length > 0;
      plots.hidden = !data.times.length;
      if (!data.times.length) return replace(noCharts, empty("No measurements in this time", data.why));
      drawing ??= await charts(plots, CHARTS, (from, to) => { zoom = [from * 1000, to * 1000]; curvesAnew(); });
      drawing.show(data, data.marks, { from: data.from, to: data.to });
    });
  }

  function curvesAnew() {
    curves?.end();
    curves = followCurves();
    drawSpans();
  }

  function select(vertex) {
    selected = vertex;
    vertexChoice.value = vertex;
    drawn.show(latest.vertices, latest.edges, selected);
    curvesAnew();
  }

  function drawSpans() {
    redraw(spans, SPANS.map(([name, ms]) => h("button", { type: "button", "aria-pressed": String(!zoom && ms === span), click: () => { span = ms; zoom = null; curvesAnew(); } }, name)),
      zoom && h("button", { type: "button", "aria-pressed": "true", click: () => { zoom = null; curvesAnew(); } }, `${clock(zoom[0])} – ${clock(zoom[1])} ✕`));
  }

  function showHead() {
    const paused = Boolean(latest.paused);
    const button = (title, action, rest = {}) => h("button", { type: "button", "data-action": action, click: () => order(action), ...rest }, title);
    const signature = [latest.name, latest.shownMode, paused, maySpeak()].join("\n");
    if (head.dataset.signature === signature) return;
    head.dataset.signature = signature;
    replace(head, h("div", { class: "title" }, h("div", { class: "line" }, h("h1", {}, latest.name), h("span", { class: `pill ${tone(MODES, latest.shownMode)}` }, word(MODES, latest.shownMode))),
      h("p", { class: "muted" }, [latest.cluster, latest.applicationName, latest.queue && `queue ${latest.queue}`, latest.user && `user ${latest.user}`].filter(Boolean).join(" · "))),
    h("div", { class: "actions" }, maySpeak()
      ? [paused ? button("Resume", "resume", { class: "primary" }) : button("Pause", "pause"), button("Switch mode", "mode"), button("Reset", "reset")]
      : h("button", { type: "button", class: "quiet", "data-action": "sign-in", click: signIn }, "Sign in to pause it or switch its mode")));
  }

  async function order(action) {
    // A pause that is for many jobs is taken back for all of them, or not at all.
    const wide = action === "resume" ? reach(latest.paused) : "";
    const mode = action === "mode" && h("select", { name: "mode" }, modesToChoose.map(([value, label]) => h("option", { value }, label)));
    const { title, text, action: verb } = orders[action];
    const message = await give({
      title: wide ? `${title}: ${wide}` : `${title}: ${latest.name}`, action: verb, text: wide ? `${text} This job is paused together with all that ${wide} covers; all of them are resumed.` : text,
      fields: mode ? [field("Mode", mode)] : [],
    }, given => ({ path: wide ? paths.orderMany(action) : paths.order(id, action), body: { ...(wide && { target: wide }), ...(mode && { mode: given.mode }) } }));
    if (message === null) return;
    said.hidden = false;
    say(said, message);
    await Promise.all([state.again(), history.again()]);
    head.querySelector("button")?.focus();
  }

  function showStand() {
    stand.className = `panel stand ${latest.trouble ? "bad" : latest.paused ? "warn" : latest.moving ? "" : "good"}`;
    replace(stand, h("p", { class: "headline" }, latest.headline), latest.explanation && h("p", {}, latest.explanation),
      latest.orderedMode && h("p", {}, `Its mode was ordered by ${latest.orderedMode.user} at ${clock(latest.orderedMode.since)}${reach(latest.orderedMode) && ` for ${reach(latest.orderedMode)}`}: ${latest.orderedMode.reason}`),
      h("p", { class: "muted small" }, [latest.sinceAt && `since ${clock(latest.sinceAt)} (${coarse(latest.now - latest.sinceAt)})`,
        latest.servedAt ? `last good cycle ${ago(latest.servedAt, latest.now)}` : "no cycle has gone through yet"].filter(Boolean).join(" · ")));
  }

  function showFacts() {
    const entries = [
      ["Parallelism of all vertices", latest.parallelism === null ? DASH : latest.target !== latest.parallelism ? `${number(latest.parallelism)} → ${number(latest.target)}` : number(latest.parallelism)],
      ["Slots", latest.slots === null ? DASH : latest.targetSlots !== latest.slots ? `${latest.slots} → ${latest.targetSlots}` : `${latest.slots}`],
      ["Lag", latest.lag === null ? DASH : `${number(latest.lag)} records`],
      ["Restarts today", latest.restartsToday === null ? DASH : number(latest.restartsToday)],
      ["Slot-hours saved today", hours(latest.savedToday)],
      ["Flink", latest.flinkVersion ?? DASH],
      ["Application", latest.application, true],
      ["Job", latest.jobId, true],
      ["Policies", latest.policies.length ? latest.policies.join(", ") : "none"],
    ];
    replace(facts, entries.map(([name, value, wide]) => h("div", { class: wide && "wide" }, h("dt", {}, name), h("dd", { "data-fact": name }, value))));
  }

  return () => { left = true; unsign(); state.end(); history.end(); curves?.end(); drawing?.close(); };
}

function panel(title, body, ...beside) {
  return h("section", { class: "panel", "aria-label": title }, h("header", {}, h("h2", {}, title), beside), body);
}

const busiest = vertices => vertices.reduce((best, v) => (best === null || (v.busyRatio ?? -1) > (best.busyRatio ?? -1) ? v : best), null)?.id ?? null;

function eventTable(events) {
  return h("table", { class: "plain" },
    h("thead", {}, h("tr", {}, ["Last seen", "Times", "What", "Message"].map((t, i) => h("th", { scope: "col", class: i === 1 ? "num" : null }, t)))),
    h("tbody", {}, events.map(e => h("tr", {}, h("td", {}, clock(e.lastSeen)), h("td", { class: "num", title: `since ${clock(e.firstSeen)}` }, number(e.occurrences)),
      h("td", {}, h("span", { class: `pill ${e.type === "Warning" ? "warn" : ""}` }, e.reason)), h("td", {}, e.message)))));
}

