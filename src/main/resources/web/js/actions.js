// Pause, resume, switch the mode: only with a token and a reason. The token stays in this tab, and goes with it.
import { Refused, keepToken, token } from "./api.js";
import { h } from "./dom.js";

/**
 * Asks for what an order needs, and sends it.
 *
 * @param order {title, text, action, choices: [[value, label]], danger}
 * @param send the order with {reason, choice}
 * @returns whether it was sent and taken
 */
export function ask(order, send) {
  return new Promise(done => {
    const problem = h("p", { class: "problem", role: "alert", hidden: true });
    const key = h("input", { type: "password", autocomplete: "off", required: true, value: token() ?? "", name: "token" });
    const reason = h("input", { type: "text", required: true, maxlength: 200, name: "reason", autocomplete: "off", placeholder: "for those who come after you" });
    const choice = order.choices && h("select", { name: "choice" }, order.choices.map(([value, label]) => h("option", { value }, label)));
    const sendButton = h("button", { type: "submit", class: "primary" }, order.action);
    const form = h("form", { method: "dialog" }, h("h2", { id: "dialog-title" }, order.title), h("p", { class: "muted" }, order.text),
      choice && h("label", { class: "field" }, order.choiceLabel ?? "Mode", choice),
      h("label", { class: "field" }, "Reason", reason),
      h("label", { class: "field" }, "Token of an administrator (kept in this tab only)", key),
      problem, h("div", { class: "actions" }, h("button", { type: "button", click: () => close(false) }, "Cancel"), sendButton));
    const dialog = h("dialog", { "aria-labelledby": "dialog-title", cancel: () => done(false) }, form);
    const close = result => { dialog.close(); dialog.remove(); done(result); };
    form.addEventListener("submit", async event => {
      event.preventDefault();
      keepToken(key.value.trim());
      sendButton.disabled = true;
      try {
        await send({ reason: reason.value.trim(), choice: choice?.value });
        close(true);
      } catch (failure) {
        if (failure instanceof Refused && (failure.status === 401 || failure.status === 403)) keepToken("");
        problem.textContent = failure instanceof Refused ? failure.message : "The daemon does not answer. Nothing was changed as far as is known; look again before you repeat it.";
        problem.hidden = false;
        sendButton.disabled = false;
      }
    });
    document.body.append(dialog);
    dialog.showModal();
    reason.focus();
  });
}
