// The few things the views need to build and update elements without a framework.

/** An element: `element("td", {class: "number"}, "7")`; text becomes text nodes, so nothing a job says can be markup. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  set(made, attributes);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Sets attributes; null and false remove one. */
export function set(target, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) target.removeAttribute(name);
    else if (target.getAttribute(name) !== String(value)) target.setAttribute(name, value);
  }
}

/** Changes a text only where it differs, so that a screen reader is told of real changes only. */
export function text(target, value) {
  if (target.textContent !== value) target.textContent = value;
}

/**
 * Makes `parent` hold one child for each item, in order; children are kept by key, so that focus, selection and scroll
 * positions survive an update.
 */
export function sync(parent, items, keyOf, make, update) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  items.forEach((item, place) => {
    const key = String(keyOf(item));
    const child = old.get(key) ?? make(item);
    child.dataset.key = key;
    old.delete(key);
    if (parent.children[place] !== child) parent.insertBefore(child, parent.children[place] ?? null);
    update(child, item);
  });
  old.forEach((child) => child.remove());
}

/**
 * A table row whose cells are rewritten only where they changed. Each carries its column's name, which narrow screens
 * show beside it; the roles keep it a table there, where it is laid out as none.
 */
export function row(target, cells) {
  set(target, { role: "row" });
  while (target.children.length < cells.length) target.append(element("td", { role: "cell" }));
  const heads = target.closest("table").tHead.rows[0].cells;
  cells.forEach((cell, place) => {
    const td = target.children[place];
    const { content, ...attributes } = cell instanceof Object && !(cell instanceof Node) ? cell : { content: cell };
    set(td, { class: null, title: null, ...attributes, "data-label": heads[place].textContent });
    if (content instanceof Node) {
      if (!td.firstChild?.isEqualNode(content) || td.childNodes.length !== 1) td.replaceChildren(content);
    } else {
      text(td, String(content ?? ""));
    }
  });
}

/** "12:34:56" */
export function clock(date) {
  return date.toLocaleTimeString("en-GB");
}

export function badge(label, tone) {
  return element("span", { class: "badge", "data-tone": tone }, label);
}

const whole = new Intl.NumberFormat("en");

export function number(value) {
  return whole.format(value ?? 0);
}

/** "1 node", "3 nodes". */
export function counted(amount, noun) {
  return `${number(amount)} ${noun}${amount === 1 ? "" : "s"}`;
}

/** "4 s ago", with the exact instant on hover. */
export function ago(instant) {
  if (!instant) return document.createTextNode("");
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(instant)) / 1000));
  return element("time", { datetime: instant, title: instant }, spoken(seconds));
}

/** "4 s", "3 min". */
export function lasting(millis) {
  const seconds = Math.round(millis / 1000);
  return seconds < 2 ? "a moment" : spoken(seconds).replace(" ago", "");
}

function spoken(seconds) {
  if (seconds < 2) return "just now";
  if (seconds < 120) return `${seconds} s ago`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min ago`;
  if (seconds < 172800) return `${Math.round(seconds / 3600)} h ago`;
  return `${Math.round(seconds / 86400)} d ago`;
}
