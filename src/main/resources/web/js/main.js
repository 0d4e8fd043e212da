// Which page is shown, by the fragment of the address.
import { maySpeak, onSigned, signIn, signOut } from "./actions.js";
import { history } from "./history.js";
import { job } from "./job.js";
import { overview } from "./overview.js";

const main = document.getElementById("main");
let leave = null;

function route() {
  leave?.();
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  const [page, ...rest] = path.split("/");
  const current = page === "history" ? "history" : "overview";
  for (const link of document.querySelectorAll("[data-page]")) {
    if (link.dataset.page === current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  scrollTo(0, 0);
  document.title = "Flink autoscaler";
  leave = page === "job" ? job(main, rest.join("/")) : page === "history" ? history(main) : overview(main, new URLSearchParams(query));
}

const sign = document.getElementById("sign");
const tellSigned = () => { sign.textContent = maySpeak() ? "Sign out" : "Sign in"; };
sign.addEventListener("click", () => (maySpeak() ? signOut() : signIn()));
onSigned(tellSigned);
tellSigned();
document.getElementById("theme").addEventListener("click", () => globalThis.switchTheme());
document.querySelector(".skip").addEventListener("click", event => { event.preventDefault(); main.focus(); });
addEventListener("hashchange", () => { route(); main.focus({ preventScroll: true }); });
route();
