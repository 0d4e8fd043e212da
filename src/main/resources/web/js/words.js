// What the codes of the API are called for people, and how good or bad they are.

export const MODES = {
  SCALING: ["Scaling", "good"],
  OBSERVING: ["Observing", "info"],
  OFF: ["Off", ""],
  INVALID: ["Invalid", "bad"],
  UNKNOWN: ["Not read yet", ""],
  PAUSED: ["Paused", "warn"],
};

export const PHASES = {
  REQUESTED: ["Requested", "info"],
  ACCEPTED: ["Accepted", "info"],
  RUNNING: ["Running", "good"],
  NOT_REACHED: ["Not reached", "warn"],
  FAILED: ["Failed", "bad"],
  SUPERSEDED: ["Superseded", ""],
  JOB_ENDED: ["Job ended", ""],
};

export const KINDS = { EXECUTED: ["Rescaled", "info"], RECOMMENDED: ["Recommended", ""], HELD: ["Held", ""] };

export const STANDINGS = { REACHABLE: ["Reachable", "good"], UNREACHABLE: ["Unreachable", "bad"], NOT_LISTED_YET: ["Not listed yet", ""] };

/** SCALE_UP_AND_DOWN: Scale up and down. */
export const plain = code => {
  const text = String(code ?? "").replaceAll("_", " ").toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** A sentence that begins with a capital letter. */
export const capital = text => (text ? text.charAt(0).toUpperCase() + text.slice(1) : "");

export const word = (table, code) => table[code]?.[0] ?? plain(code);
export const tone = (table, code) => table[code]?.[1] ?? "";
