// Elements without markup in strings: text is always text, so that no name of a job can become code.

/** An element. Attributes that are null, undefined or false are left out; functions become listeners. */
export function h(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same in SVG. */
export function svg(tag, attributes, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter(c => c !== null && c !== undefined && c !== false));
  return element;
}

/** Puts children in the place of those that are there. */
export function replace(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter(c => c !== null && c !== undefined && c !== false));
  return element;
}

/** Text that is written only where it differs: what stands still is not laid out again. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Styles through the object model, which a strict content security policy allows. */
export function place(element, styles) {
  for (const [name, value] of Object.entries(styles)) element.style.setProperty(name, value);
  return element;
}

/** Draws a group of buttons anew; who was on one of them is then on the one that is pressed. */
export function redraw(group, ...buttons) {
  const inside = group.contains(document.activeElement);
  replace(group, ...buttons);
  if (inside) group.querySelector("[aria-pressed='true']")?.focus();
}

export const empty = (title, text) => h("p", { class: "empty" }, h("strong", {}, title), text);
