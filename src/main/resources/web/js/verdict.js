// A verdict with its arithmetic: each step of the way from what arrives to the parallelism, in words and in numbers.
import { h, svg } from "./dom.js";
import { number, percentFine, rate, records, short } from "./format.js";

const known = value => value !== null && value !== undefined;

/** Everything that went into the decision about one vertex. */
export function verdict(v) {
  const changes = v.newParallelism !== v.parallelism;
  return h("article", { class: "verdict", "data-vertex": v.vertexId },
    h("header", {}, h("h3", {}, v.name),
      h("span", { class: "result" }, changes ? `${v.parallelism} → ${v.newParallelism}` : `stays at ${v.parallelism}`)),
    scale(v),
    h("ol", {}, steps(v).map(([title, words, sum]) => h("li", {}, h("b", {}, title), h("div", {}, words, sum && h("span", { class: "sum" }, sum))))));
}

/** The steps as [title, in words, in numbers]. */
export function steps(v) {
  return [arriving(v), capacity(v), band(v), required(v), wanted(v), limited(v), aligned(v), outcome(v)].filter(Boolean);
}

function arriving(v) {
  const lag = known(v.lag) ? `, with a lag of ${records(v.lag)} to work off` : "";
  const sum = known(v.targetRate) && known(v.catchUpRate) && v.catchUpRate > 0
    ? `${number(v.targetRate)} + ${number(v.catchUpRate)} = ${number(v.targetRate + v.catchUpRate)} records/s` : null;
  return ["What arrives", `Target rate ${rate(v.targetRate)}${v.catchUpRate > 0 ? `, and ${rate(v.catchUpRate)} to catch up` : ""}${lag}.`, sum];
}

function capacity(v) {
  if (v.receivesNothing) return ["What it can do", "It receives nothing, so there is nothing that it could not do.", null];
  if (!known(v.trueProcessingRate)) return ["What it can do", "Its true processing rate is not known.", null];
  const busy = known(v.busyRatio) ? `It was busy ${percentFine(v.busyRatio)} of the time. ` : "";
  return ["What it can do", `${busy}If it were always busy it could process ${rate(v.trueProcessingRate)} with ${number(v.parallelism)} ${v.parallelism === 1 ? "subtask" : "subtasks"}, by ${v.estimatorText ?? "its busy time"}.`,
    v.estimator === "BUSY_TIME" && v.busyRatio > 0
      ? `true processing rate = records in / busy time = ${number(v.trueProcessingRate)} records/s` : null];
}

function band(v) {
  if (!known(v.scaleUpThreshold) && !known(v.scaleDownThreshold)) return null;
  const inside = known(v.scaleDownThreshold)
    ? `It is left alone between its scale-up threshold of ${rate(v.scaleUpThreshold)} and its scale-down threshold of ${rate(v.scaleDownThreshold)}`
    : `It is left alone above its scale-up threshold of ${rate(v.scaleUpThreshold)}, as far as is known`;
  const tpr = v.receivesNothing ? Infinity : v.trueProcessingRate;
  if (!known(tpr)) return ["The band", `${inside}.`, null];
  const below = known(v.scaleUpThreshold) && tpr < v.scaleUpThreshold;
  const above = known(v.scaleDownThreshold) && tpr > v.scaleDownThreshold;
  return ["The band", `${inside}: ${below ? "it is too slow" : above ? "it is faster than necessary" : "it lies inside"}.`,
    below ? `${number(tpr)} < ${number(v.scaleUpThreshold)}`
      : above ? `${number(tpr)} > ${number(v.scaleDownThreshold)}`
        : `${number(v.scaleUpThreshold)} ≤ ${number(tpr)} ≤ ${known(v.scaleDownThreshold) ? number(v.scaleDownThreshold) : "∞"}`];
}

function required(v) {
  if (!known(v.requiredCapacity)) return null;
  const learned = v.scalability < 1;
  const factor = known(v.scaleFactor) && known(v.trueProcessingRate) && !v.receivesNothing
    ? `scale factor = ${number(v.requiredCapacity)} / ${number(v.trueProcessingRate)}${learned ? ` / ${number(v.scalability)}` : ""} = ${number(v.scaleFactor)}` : null;
  const scalability = learned ? ` As it was learnt, a further subtask brings only ${percentFine(v.scalability)} of what the first one does.` : "";
  return ["What it needs", `At the target utilization it should be able to process ${rate(v.requiredCapacity)}.${scalability}`, factor];
}

function wanted(v) {
  if (!known(v.scaleFactor) || !known(v.rawParallelism)) return null;
  const sum = `${v.parallelism} × ${number(v.scaleFactor)} = ${number(v.parallelism * v.scaleFactor)}, rounded up: ${v.rawParallelism}`;
  return ["The formula asks for", `Parallelism ${v.rawParallelism}: today's times the scale factor.`, v.receivesNothing ? null : sum];
}

function limited(v) {
  if (!v.limit || v.limit === "NONE") return null;
  return ["Limit", `Limited to ${v.limitedParallelism} by ${v.limitText ?? v.limit}.`, `${v.rawParallelism} → ${v.limitedParallelism}`];
}

function aligned(v) {
  if (!known(v.alignedParallelism) || v.alignedParallelism === v.limitedParallelism) return null;
  return ["Alignment", `Aligned to ${v.alignedParallelism}, so that ${v.maxParallelism ? `${number(v.maxParallelism)} key groups or the source partitions` : "key groups"} are spread evenly.`,
    `${v.limitedParallelism} → ${v.alignedParallelism}`];
}

function outcome(v) {
  const changes = v.newParallelism !== v.parallelism;
  const expected = changes && known(v.expectedProcessingRate) ? ` It should then be able to process ${rate(v.expectedProcessingRate)}.` : "";
  const text = v.why ?? v.outcomeText ?? v.outcome;
  return ["Outcome", `${changes ? `Parallelism ${v.parallelism} → ${v.newParallelism}` : `Stays at ${v.parallelism}`}: ${text}.${expected}`, null];
}

/** Target rate, true processing rate and the band on one line, from zero. */
function scale(v) {
  const rates = [v.targetRate, v.trueProcessingRate, v.scaleUpThreshold, v.scaleDownThreshold].filter(known);
  const most = Math.max(...rates, 0) * 1.12;
  if (!(most > 0) || !known(v.scaleUpThreshold) || !known(v.trueProcessingRate)) return null;
  const x = value => `${(value / most) * 100}%`;
  const description = `target rate ${rate(v.targetRate)}, true processing rate ${rate(v.trueProcessingRate)}, band from ${rate(v.scaleUpThreshold)}`;
  return h("div", { class: "scale" }, svg("svg", { role: "img", "aria-label": description },
    svg("line", { class: "axis", x1: "0", x2: "100%", y1: 12, y2: 12 }),
    svg("line", { class: "in", x1: x(v.scaleUpThreshold), x2: x(v.scaleDownThreshold ?? most), y1: 12, y2: 12 }),
    known(v.targetRate) && svg("line", { class: "target", x1: x(v.targetRate), x2: x(v.targetRate), y1: 3, y2: 21 }),
    svg("circle", { class: "rate", cx: x(v.trueProcessingRate), cy: 12, r: 5 }),
    label(v.trueProcessingRate / most, `can do ${short(v.trueProcessingRate)}/s`),
    Math.abs((v.targetRate ?? -most) - v.trueProcessingRate) / most > 0.22 && known(v.targetRate) && label(v.targetRate / most, `target ${short(v.targetRate)}/s`)));
}

const label = (at, text) => svg("text", { x: `${at * 100}%`, y: 33, "text-anchor": at < 0.1 ? "start" : at > 0.9 ? "end" : "middle" }, text);
