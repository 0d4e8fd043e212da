// Which page is shown, by the fragment of the address.
import { history } from "./history.js";
import { job } from "./job.js";
import { overview } from "./overview.js";

const main = document.getElementById("main");
let leave = null;

function route() {
  leave?.();
  const [page, ...rest] = location.hash.replace(/^#\/?/, "").split("/");
  const current = page === "history" ? "history" : "overview";
  for (const link of document.querySelectorAll("[data-page]")) {
    if (link.dataset.page === current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  scrollTo(0, 0);
  document.title = "Flink autoscaler";
  leave = page === "job" ? job(main, rest.join("/")) : page === "history" ? history(main) : overview(main);
}

document.getElementById("theme").addEventListener("click", () => globalThis.switchTheme());
document.querySelector(".skip").addEventListener("click", event => { event.preventDefault(); main.focus(); });
addEventListener("hashchange", () => { route(); main.focus({ preventScroll: true }); });
route();
