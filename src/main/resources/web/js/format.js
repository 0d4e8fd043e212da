// Numbers for people, always with their units. What is not known is a dash.

export const DASH = "–";
const known = value => value !== null && value !== undefined && !Number.isNaN(value);
const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

/** In full: 12,345 or 12.34. */
export function number(value) {
  if (!known(value)) return DASH;
  if (!isFinite(value)) return "unlimited";
  return (Math.abs(value) < 100 ? fine : grouped).format(value);
}

/** In short, three digits: 12.3 k. */
export function short(value) {
  if (!known(value)) return DASH;
  if (!isFinite(value)) return "∞";
  const size = Math.abs(value);
  for (const [unit, name] of [[1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"]]) {
    if (size >= unit * 0.9995) return `${digits(value / unit)} ${name}`;
  }
  return digits(value);
}

const digits = value => String(Number(Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3)));

export const rate = value => (known(value) ? `${number(value)} records/s` : "unknown");
export const shortRate = value => (known(value) ? `${short(value)} rec/s` : DASH);
export const records = value => (known(value) ? `${number(value)} records` : "unknown");
export const percent = value => (known(value) ? `${Math.round(value * 100)} %` : DASH);
export const percentFine = value => (known(value) ? `${Number((value * 100).toFixed(1))} %` : "unknown");
export const plural = (n, one, many = `${one}s`) => `${number(n)} ${n === 1 ? one : many}`;

/** Slot-hours, with a sign where it is a difference. */
export function hours(value) {
  if (!known(value)) return DASH;
  return `${Math.abs(value) < 10 ? Number(value.toFixed(1)) : grouped.format(value)} h`;
}

/** A length of time in its two largest units. */
export function duration(ms) {
  if (!known(ms)) return DASH;
  if (ms < 0) ms = 0;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const s = Math.round(ms / 1000);
  if (s < 60) return ms < 10_000 ? `${Number((ms / 1000).toFixed(1))} s` : `${s} s`;
  if (s < 3600) return join(Math.floor(s / 60), "min", s % 60, "s", s < 600);
  if (s < 86_400) return join(Math.floor(s / 3600), "h", Math.floor((s % 3600) / 60), "min", true);
  return join(Math.floor(s / 86_400), "d", Math.floor((s % 86_400) / 3600), "h", s < 864_000);
}

const join = (a, unitA, b, unitB, both) => (both && b ? `${a} ${unitA} ${b} ${unitB}` : `${a} ${unitA}`);

export const millis = instant => (known(instant) ? (typeof instant === "number" ? instant : Date.parse(instant)) : null);

/** How long ago, or until. */
export function ago(instant, now) {
  const at = millis(instant);
  if (at === null) return "never";
  const age = now - at;
  if (age < -1500) return `in ${duration(-age)}`;
  return age < 1500 ? "now" : `${coarse(age)} ago`;
}

/** In one unit, for what changes all the time. */
export function coarse(ms) {
  const s = Math.max(0, Math.round(ms / 1000));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.round(s / 60)} min`;
  if (s < 172_800) return `${Math.round(s / 3600)} h`;
  return `${Math.round(s / 86_400)} d`;
}

const two = n => String(n).padStart(2, "0");

/** In the zone of the browser: 14:03:12, with the day where it is another one. */
export function clock(instant, now = Date.now()) {
  const at = millis(instant);
  if (at === null) return DASH;
  const d = new Date(at);
  const time = `${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`;
  return d.toDateString() === new Date(now).toDateString() ? time : `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ${time}`;
}
