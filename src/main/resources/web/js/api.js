// The JSON API of the daemon, as docs/api.md tells it. The only place that knows its paths and its tokens.

const ROOT = "api/v1";
const TOKEN = "token";
const USER = "user";

/** The daemon answers, but not with what was asked for. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Nobody answers. */
export class Unreachable extends Error {}

export const token = () => sessionStorage.getItem(TOKEN);
export const keepToken = text => keep(TOKEN, text);
/** The name that stands below the orders of this tab. */
export const user = () => sessionStorage.getItem(USER);
export const keepUser = text => keep(USER, text);
const keep = (key, text) => (text ? sessionStorage.setItem(key, text) : sessionStorage.removeItem(key));

/** A token has no colon; name:password has. */
function authorization() {
  const proof = token();
  if (!proof) return {};
  return { Authorization: proof.includes(":") ? `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(proof)))}` : `Bearer ${proof}` };
}

async function ask(path, request) {
  try {
    return await fetch(`${ROOT}/${path}`, request);
  } catch (failure) {
    throw new Unreachable("The daemon does not answer", { cause: failure });
  }
}

/** Reads one answer; unchanged where it is the one that has the etag. */
export async function get(path, etag) {
  const response = await ask(path, { headers: { Accept: "application/json", ...authorization(), ...(etag ? { "If-None-Match": etag } : {}) } });
  if (response.status === 304) return { unchanged: true };
  if (!response.ok) throw await refusal(response);
  return { body: await response.json(), etag: response.headers.get("ETag") };
}

/** Sends an order. */
export async function post(path, order) {
  const response = await ask(path, {
    method: "POST",
    headers: { Accept: "application/json", "Content-Type": "application/json", ...authorization() },
    body: JSON.stringify(order),
  });
  if (!response.ok) throw await refusal(response);
  return response.json();
}

async function refusal(response) {
  let message = "";
  try {
    const body = await response.json();
    message = body.message ?? body.error?.message ?? "";
  } catch { /* not JSON: the status has to do */ }
  return new Refused(response.status, message || `The daemon answered ${response.status} ${response.statusText}`.trim());
}
