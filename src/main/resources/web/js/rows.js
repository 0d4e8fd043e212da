// A long list of which only the rows in sight exist. Rows are kept by their key, so that the focus stays where it is.
import { place } from "./dom.js";

const BEYOND = 12;

/**
 * @param element of the rows; its height is that of all of them
 * @param make a row for a key: {root, show(item)}
 */
export function rows(element, key, make) {
  const alive = new Map();
  let items = [], indexOf = new Map(), waiting = 0;
  const rowHeight = () => parseFloat(getComputedStyle(element).getPropertyValue("--row")) || 56;

  function draw() {
    waiting = 0;
    const height = rowHeight();
    place(element, { height: `${items.length * height}px` });
    const above = -element.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor(above / height) - BEYOND);
    const last = Math.min(items.length, Math.ceil((above + innerHeight) / height) + BEYOND);
    const active = element.contains(document.activeElement) ? document.activeElement : null;
    const focused = active?.closest("[data-key]")?.dataset.key;
    const wanted = new Set();
    for (let i = first; i < last; i++) wanted.add(key(items[i]));
    if (focused && indexOf.has(focused) && alive.has(focused)) wanted.add(focused);
    for (const [id, row] of alive) if (!wanted.has(id)) { row.root.remove(); alive.delete(id); }
    let before = null;
    for (const id of [...wanted].sort((a, b) => indexOf.get(a) - indexOf.get(b))) {
      let row = alive.get(id);
      const i = indexOf.get(id);
      if (!row) {
        row = make(id);
        row.root.dataset.key = id;
        alive.set(id, row);
      }
      // The order in the document is that in sight, for the keyboard and for those who listen.
      const next = before ? before.nextSibling : element.firstChild;
      if (row.root !== next) element.insertBefore(row.root, next);
      before = row.root;
      place(row.root, { transform: `translateY(${i * height}px)` });
      row.root.setAttribute("aria-rowindex", String(i + 2));
      row.show(items[i]);
    }
    // A row that has moved within the document has lost the focus.
    if (active?.isConnected && document.activeElement !== active) active.focus({ preventScroll: true });
  }
  const soon = () => { waiting ||= requestAnimationFrame(draw); };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon, { passive: true });

  return {
    show(next) {
      items = next;
      indexOf = new Map(items.map((item, i) => [key(item), i]));
      draw();
    },
    /** Moves the focus to a row that may not exist yet. */
    focus(index) {
      if (index < 0 || index >= items.length) return;
      const height = rowHeight(), id = key(items[index]);
      const top = element.getBoundingClientRect().top + index * height;
      if (top < 100) scrollBy(0, top - 100);
      else if (top + height > innerHeight) scrollBy(0, top + height - innerHeight);
      draw();
      alive.get(id)?.root.querySelector("a")?.focus({ preventScroll: true });
    },
    indexOf: id => indexOf.get(id) ?? -1,
    close() { removeEventListener("scroll", soon); removeEventListener("resize", soon); },
  };
}
