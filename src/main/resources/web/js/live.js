// Keeps the page as the daemon sees it: asks again and again, and says when there are no news.
import { get, Refused, Unreachable } from "./api.js";
import { keep } from "./actions.js";
import { ago, clock } from "./format.js";
import { h, replace, say } from "./dom.js";

const EVERY = 5000;
const STALE = 3;

/** What is told under "live" in the head of the page, whatever feeds it. */
const status = { good: null, problem: null, feeds: new Set() };

/**
 * Asks for the paths now and every five seconds, while the page is in sight. Hands over the answers only when one of them is new.
 *
 * @returns a function that ends it, and again() to ask at once
 */
export function feed(load, show, every = EVERY) {
  const etags = new Map(), bodies = new Map();
  let ended = false, timer = null, running = null;
  const read = async path => {
    const answer = await get(path, etags.get(path));
    if (!answer.unchanged) {
      bodies.set(path, answer.body);
      etags.set(path, answer.etag);
    }
    return { body: bodies.get(path), changed: !answer.unchanged };
  };
  const round = async first => {
    clearTimeout(timer);
    let changed = first;
    try {
      const data = await load(async path => { const a = await read(path); changed ||= a.changed; return a.body; });
      if (ended) return;
      succeeded();
      if (changed) await show(data);
      first = false;
    } catch (problem) {
      if (ended) return;
      failed(problem, first ? show : null);
    }
    if (!ended) timer = setTimeout(() => document.hidden ? wait(first) : start(first), every);
  };
  const start = first => (running = round(first));
  const wait = first => document.addEventListener("visibilitychange", () => !ended && start(first), { once: true });
  const handle = {
    again: async () => { await running; if (!ended) await start(true); },
    end: () => { ended = true; clearTimeout(timer); status.feeds.delete(handle); },
  };
  status.feeds.add(handle);
  status.problem = null;
  start(true);
  return handle;
}

/** All feeds of the page at once, for instance with a new token. */
export const refresh = () => Promise.all([...status.feeds].map(f => f.again()));

function succeeded() {
  status.good = Date.now();
  status.problem = null;
  tellStanding();
  const pulse = document.querySelector(".pulse");
  pulse.classList.remove("beat");
  requestAnimationFrame(() => pulse.classList.add("beat"));
}

function failed(problem, showFirst) {
  if (!(problem instanceof Refused) && !(problem instanceof Unreachable)) console.error(problem);
  status.problem = problem;
  tellStanding();
  if (showFirst) showFirst(null, problem);
}

/** The clock beside the dot, and the bar below the head where something is wrong. */
function tellStanding() {
  const live = document.getElementById("live"), text = document.getElementById("live-text"), banner = document.getElementById("banner");
  const stale = status.problem && (!(status.problem instanceof Refused) || status.problem.status >= 500);
  live.dataset.state = status.problem ? "stale" : status.good ? "live" : "loading";
  say(text, status.problem ? "No connection" : status.good ? `Live, ${clock(status.good)}` : "Loading");
  document.body.classList.toggle("stale-data", Boolean(stale && status.good));
  banner.hidden = !status.problem;
  if (status.problem) {
    const since = status.good ? `No data since ${clock(status.good)} (${ago(status.good, Date.now())}). What you see is as it was then. ` : "";
    if (status.problem.status === 401) askForToken(banner);
    else say(banner, `${since}${sentence(status.problem)}`);
  }
}

/** Where reading needs a token, too. */
function askForToken(banner) {
  if (banner.querySelector("form")) return;
  const key = h("input", { type: "password", autocomplete: "off", required: true, "aria-label": "Token" });
  const form = h("form", { class: "token" }, "This daemon tells nothing without a token, or name:password.", key, h("button", { type: "submit" }, "Read"));
  form.addEventListener("submit", event => { event.preventDefault(); keep(key.value.trim()); replace(banner); refresh(); });
  replace(banner, form);
}

function sentence(problem) {
  if (problem instanceof Unreachable) return "The daemon does not answer; trying again every 5 s.";
  return problem instanceof Refused ? problem.message : `This page has failed with a defect of its own: ${problem.message}`;
}

setInterval(() => status.problem && tellStanding(), STALE * 1000);
