// What a person orders: pause, resume, another mode, reset; only with a token, a name and a reason. The token stays in this tab, and goes with it.
import { Refused, keepToken, keepUser, post, token, user } from "./api.js";
import { h } from "./dom.js";

const SIGNED = "signed";

/** Whether orders may be given, as far as is known here: the daemon has the last word. */
export const maySpeak = () => Boolean(token());

/** Calls back whenever somebody signs in or out; returns what ends that. */
export function onSigned(call) {
  addEventListener(SIGNED, call);
  return () => removeEventListener(SIGNED, call);
}

/** The token, from now on; nothing: none. */
export function keep(text) {
  keepToken(text);
  dispatchEvent(new Event(SIGNED));
}

export const signOut = () => keep("");

/** Asks for the token; without it there are no buttons. */
export const signIn = () => ask({
  title: "Sign in", action: "Sign in",
  text: "With the token of an administrator, or with name:password where the daemon knows passwords, orders can be given here. It is kept in this tab only.",
  fields: [field("Token, or name:password", keyInput())],
}, given => { keep(given.token); return {}; });

/**
 * Asks for what an order needs, and sends it.
 *
 * @param order {title, text, action, fields} with further fields
 * @param send from what was filled in to {path, body}
 * @returns what the daemon says; null where nothing was ordered
 */
export function give(order, send) {
  const key = field("Token, or name:password (kept in this tab only)", keyInput());
  key.hidden = maySpeak();
  const name = h("input", { type: "text", required: true, maxlength: 100, name: "user", autocomplete: "username", value: user() ?? "" });
  const reason = h("input", { type: "text", required: true, maxlength: 500, name: "reason", autocomplete: "off", placeholder: "for those who come after you" });
  return ask({ ...order, fields: [...(order.fields ?? []), field("Reason", reason), field("Your name", name), key] }, async given => {
    keepUser(given.user);
    if (given.token !== token()) keep(given.token);
    try {
      const { path, body } = send(given);
      return await post(path, { user: given.user, reason: given.reason, ...body });
    } catch (failure) {
      // Another token may do.
      if (failure instanceof Refused && failure.status === 401) key.hidden = false;
      throw failure;
    }
  });
}

export const field = (label, input) => h("label", { class: "field" }, label, input);
const keyInput = () => h("input", { type: "password", autocomplete: "off", required: true, value: token() ?? "", name: "token" });

/** A dialog; resolves to the message of what act returns, or to null where it was left. */
function ask({ title, text, action, fields }, act) {
  return new Promise(done => {
    const problem = h("p", { class: "problem", role: "alert", hidden: true });
    const send = h("button", { type: "submit", class: "primary" }, action);
    const form = h("form", { method: "dialog" }, h("h2", { id: "dialog-title" }, title), h("p", { class: "muted" }, text), fields, problem,
      h("div", { class: "actions" }, h("button", { type: "button", click: () => close(null) }, "Cancel"), send));
    const dialog = h("dialog", { "aria-labelledby": "dialog-title", cancel: event => { event.preventDefault(); close(null); } }, form);
    const before = document.activeElement;
    const close = result => { dialog.close(); dialog.remove(); if (before?.isConnected) before.focus(); done(result); };
    form.addEventListener("submit", async event => {
      event.preventDefault();
      send.disabled = true;
      try {
        const given = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
        close((await act(given)).message ?? "");
      } catch (failure) {
        problem.textContent = failure instanceof Refused ? failure.message : "The daemon does not answer. Nothing was changed as far as is known; look again before you repeat it.";
        problem.hidden = false;
        send.disabled = false;
      }
    });
    document.body.append(dialog);
    dialog.showModal();
    form.querySelector("input, select").focus();
  });
}
