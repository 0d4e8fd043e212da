// From the answers of the API to what the pages show. Knows the fields of docs/api.md, and nothing of the document.
import { millis } from "./format.js";
import { capital } from "./words.js";

const OPEN = new Set(["REQUESTED", "ACCEPTED", "NOT_REACHED"]);
const orNull = value => value ?? null;

export const paths = {
  job: id => `jobs/${id}`,
  events: id => `jobs/${id}/events?limit=50`,
  last: (id, vertex, ms) => `jobs/${id}/metrics?vertex=${encodeURIComponent(vertex)}&last=${Math.round(ms / 1000)}`,
  between: (id, vertex, from, to) => `jobs/${id}/metrics?vertex=${encodeURIComponent(vertex)}&from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`,
  history: days => `history?days=${days}`,
  order: (id, action) => `jobs/${id}/${action}`,
  orders: "orders",
  orderMany: action => `orders/${action}`,
};

export const clustersOf = answer => answer.clusters.map(c => ({
  name: c.cluster,
  standing: c.standing,
  since: millis(c.since),
  jobs: c.jobs,
  applications: orNull(c.applications),
  listedAt: millis(c.listedAt),
  problems: c.problems ?? [],
}));

/** All jobs, page by page. */
export async function jobsOf(read) {
  const list = [];
  let now = Date.now(), next = null;
  do {
    const answer = await read(`jobs?limit=1000${next ? `&after=${encodeURIComponent(next)}` : ""}`);
    now = millis(answer.now) ?? now;
    list.push(...answer.jobs.map(standing));
    next = answer.next;
  } while (next);
  return { list, now };
}

/** How a job stands. */
function standing(j) {
  const paused = j.paused ?? null;
  const trouble = j.trouble ?? null;
  const headline = trouble ? capital(trouble.message) : paused ? `Paused by ${paused.user}${reach(paused) && `, ${reach(paused)}`}` : reasonOf(j);
  const target = orNull(j.targetParallelism);
  const job = {
    id: j.id,
    cluster: j.cluster,
    application: j.application,
    applicationName: j.applicationName ?? "",
    jobId: j.jobId,
    name: j.name,
    queue: j.queue ?? "",
    user: j.user ?? "",
    policies: j.policies ?? [],
    mode: j.mode,
    shownMode: paused ? "PAUSED" : j.mode,
    paused,
    orderedMode: j.orderedMode ?? null,
    state: trouble ? "TROUBLE" : paused ? "PAUSED" : j.reason ?? "",
    trouble,
    headline,
    explanation: trouble || paused ? (paused?.reason ?? "") : j.detail && j.detail !== j.reasonText ? capital(j.detail) : "",
    subline: paused ? paused.reason : j.detail && j.detail !== j.reasonText ? j.detail : "",
    fullText: [headline, j.detail].filter(Boolean).join("\n"),
    sinceAt: millis(trouble?.since ?? paused?.since ?? j.reasonSince),
    parallelism: orNull(j.parallelism),
    target: target ?? orNull(j.parallelism),
    slots: orNull(j.slots),
    targetSlots: orNull(j.targetSlots ?? j.slots),
    lag: orNull(j.lag),
    restartsToday: orNull(j.restartsToday),
    savedToday: orNull(j.slotHoursSavedToday),
    servedAt: millis(j.servedAt),
    moving: OPEN.has(j.rescale?.phase),
  };
  job.haystack = [job.name, job.cluster, job.application, job.applicationName, job.jobId, job.queue, job.user, job.mode, paused && "paused", j.reason, headline, ...job.policies].join(" ").toLowerCase();
  return job;
}

function reasonOf(j) {
  if (!j.reasonText) return j.mode === "UNKNOWN" ? "Not read yet" : "Nothing decided yet";
  return j.reason === "RESCALED" ? `Rescaled: ${j.reasonText}` : capital(j.reasonText);
}

export function jobOf(answer) {
  return {
    ...standing(answer),
    now: millis(answer.now) ?? Date.now(),
    flinkVersion: answer.flinkVersion,
    vertices: answer.vertices ?? [],
    edges: answer.edges ?? [],
  };
}

export async function decisionsOf(read, id, pages) {
  const list = [];
  let next = null;
  for (let page = 0; page < pages && (page === 0 || next); page++) {
    const answer = await read(`jobs/${id}/decisions?limit=25${next ? `&after=${encodeURIComponent(next)}` : ""}`);
    list.push(...answer.decisions.map(decision));
    next = answer.next;
  }
  return { list, more: Boolean(next) };
}

const decision = d => ({
  ...d,
  decidedAt: millis(d.decidedAt),
  requestedAt: millis(d.requestedAt),
  acceptedAt: millis(d.acceptedAt),
  runningAt: millis(d.runningAt),
  restartMs: orNull(d.restartMs),
});

export async function decisionOf(id, d) {
  const { get } = await import("./api.js");
  return (await get(`jobs/${id}/decisions/${d.id}`)).body.verdicts;
}

export const eventsOf = answer => answer.events.map(e => ({ ...e, firstSeen: millis(e.firstSeen), lastSeen: millis(e.lastSeen) }));

/** Columns of numbers for the charts, and what was rescaled in this time. */
export const seriesOf = answer => ({ ...answer, why: capital(answer.why ?? "nothing was measured"), marks: answer.marks ?? [] });

/** The history of all jobs; each day in the parts of its column. */
export function historyOf(answer) {
  const days = (answer.days ?? []).map(d => ({ day: d.day, ran: d.cameToRun, short: d.notReached, failed: d.failed, other: d.other }));
  const sum = key => days.reduce((n, d) => n + d[key], 0);
  return {
    days,
    ran: sum("ran"),
    total: sum("ran") + sum("short") + sum("failed") + sum("other"),
    outcomes: answer.outcomes ?? [],
    restarts: answer.restartMs ?? { count: 0 },
    latest: (answer.latest ?? []).map(d => ({ ...d, decidedAt: millis(d.decidedAt) })),
  };
}

export const modesToChoose = [["scale", "Scaling: rescale, whatever the options say"], ["observe", "Observing: recommend only"], ["off", "Off: leave alone"], ["default", "What the options say"]];

export const orders = {
  pause: { title: "Pause", action: "Pause", text: "The autoscaler goes on to watch, and rescales nothing until it is resumed. The jobs themselves keep running." },
  resume: { title: "Resume", action: "Resume", text: "The autoscaler may rescale again." },
  mode: { title: "Switch the mode", action: "Switch", text: "What the autoscaler does, until somebody switches it again. No order exceeds the caps of an administrator." },
  reset: { title: "Reset", action: "Reset", text: "What was learnt is forgotten once: metrics window, restart times, scaling history. For new code, whose rates are others. The history stays." },
};

/** What people have ordered for more than one job. */
export const wideOrdersOf = answer => answer.orders.filter(o => ["TAG", "CLUSTER", "ALL"].includes(o.scope)).map(o => ({ ...o, since: millis(o.since) }));

/** For which jobs an order is, if not for one alone. */
export const reach = order => (["TAG", "CLUSTER", "ALL"].includes(order.scope) ? order.target : "");
