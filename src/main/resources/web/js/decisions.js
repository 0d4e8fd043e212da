// The decisions about a job, newest first. Each opens its verdicts with their arithmetic.
import { h, replace, empty } from "./dom.js";
import { clock, duration } from "./format.js";
import { verdict } from "./verdict.js";
import { KINDS, PHASES, capital, plain, tone, word } from "./words.js";

/** @param load a decision with its verdicts, for one that is opened */
export function decisionList(load, more) {
  const items = h("ol", { class: "decisions" });
  const button = h("button", { type: "button", class: "quiet", hidden: true, click: more }, "Show older decisions");
  const known = new Map();
  return {
    root: [items, h("div", { class: "empty", hidden: true }, button)],
    show(decisions, hasMore) {
      if (!decisions.length) return replace(items, h("li", {}, empty("No decisions yet", "The first one is taken when the metrics window is full.")));
      replace(items, decisions.map(d => entry(d)));
      button.hidden = !hasMore;
      button.parentElement.hidden = !hasMore;
    },
  };

  /** What is open stays open; only what has changed is made anew. */
  function entry(decision) {
    const text = JSON.stringify(decision);
    const old = known.get(decision.id);
    if (old?.text === text) return old.root;
    const body = h("div", { class: "verdicts" }, h("p", { class: "muted" }, "Loading …"));
    const details = h("details", { toggle: () => details.open && open(decision, body) }, h("summary", {}, ...summary(decision)), body);
    const root = h("li", { "data-decision": decision.id }, details);
    if (old?.root.querySelector("details").open) details.open = true;
    known.set(decision.id, { text, root });
    return root;
  }

  async function open(decision, body) {
    try {
      const verdicts = await load(decision);
      replace(body, decision.phaseDetail && h("p", { class: `note ${tone(PHASES, decision.phase) === "bad" ? "bad" : ""}` }, decision.phaseDetail),
        phases(decision), verdicts.length ? verdicts.map(verdict) : h("p", { class: "muted" }, "Nothing was evaluated for this decision."));
    } catch (problem) {
      replace(body, h("p", { class: "problem" }, problem.message));
    }
  }
}

function summary(d) {
  const code = d.phase ?? null;
  const pill = code ? h("span", { class: `pill ${tone(PHASES, code)}` }, word(PHASES, code)) : h("span", { class: `pill ${tone(KINDS, d.kind)}` }, word(KINDS, d.kind));
  return [h("time", { datetime: new Date(d.decidedAt).toISOString() }, clock(d.decidedAt)), h("span", { class: "outcome" }, pill),
    h("span", { class: "said" }, h("b", {}, plain(d.reason)), d.detail ? ` ${d.detail}` : "", d.imported ? " (imported)" : ""),
    h("span", { class: "muted small" }, d.restartMs ? `ran after ${duration(d.restartMs)}` : "")];
}

function phases(d) {
  const steps = [["decided", d.decidedAt], ["requested", d.requestedAt], ["accepted by Flink", d.acceptedAt], ["running as decided", d.runningAt]].filter(([, at]) => at);
  if (d.kind !== "EXECUTED") return null;
  return h("p", { class: "muted small" }, steps.map(([name, at], i) => `${i ? " → " : ""}${capital(name)} ${clock(at)}${i && at > d.decidedAt ? ` (+${duration(at - d.decidedAt)})` : ""}`).join(""),
    d.decidedBy ? ` · by ${d.decidedBy}` : "");
}
