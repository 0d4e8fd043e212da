// Light or dark before the first paint. Not a module, so that it runs at once.
(() => {
  const root = document.documentElement;
  const stored = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  const apply = theme => (theme ? root.setAttribute("data-theme", theme) : root.removeAttribute("data-theme"));
  apply(stored());
  globalThis.switchTheme = () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    const next = dark ? "light" : "dark";
    apply(next);
    try { localStorage.setItem("theme", next); } catch { /* not kept, then */ }
    dispatchEvent(new Event("themechange"));
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => dispatchEvent(new Event("themechange")));
})();
