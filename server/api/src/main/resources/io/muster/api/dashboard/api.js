// Talks to the node that served this page: the key, reading, writing, and the stream of changes.

const KEPT = "muster.key";

/** A healthy node answers in milliseconds, and waits for a dead fellow for a second; longer is no answer. */
const PATIENCE_MILLIS = 4000;

/** What the node refused, as its problem document says it. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? problem.error ?? `HTTP ${status}`);
    this.status = status;
  }
}

/**
 * What the address carries behind `#`: the key, and from which node the page was turned here. It is removed from the
 * address at once, so that it stands in no history.
 */
export function arrival() {
  const carried = new URLSearchParams(location.hash.slice(1));
  if (carried.has("key")) {
    keep(carried.get("key"));
    history.replaceState(null, "", location.pathname + location.search);
  }
  return carried;
}

/** The key of this tab, "" for none. */
export function key() {
  return sessionStorage.getItem(KEPT) ?? "";
}

export function keep(newKey) {
  sessionStorage.setItem(KEPT, newKey);
}

export function forget() {
  sessionStorage.removeItem(KEPT);
}

/** Reads a resource; throws Refused for any answer but 2xx, and something else where there is no answer in time. */
export async function read(path) {
  const answer = await ask(path, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE_MILLIS) });
  return answer.json();
}

/** Reads a text, or the part of it that `range` asks for. */
export async function readText(path, range) {
  const answer = await ask(path, { headers: { Accept: "text/plain", ...(range && { Range: range }) }, signal: AbortSignal.timeout(PATIENCE_MILLIS) });
  return answer.text();
}

/** Asks for a change. It carries a key of its own, so that the nodes know it again when they repeat it. */
export async function write(path, body) {
  const headers = { Accept: "application/json", "Content-Type": "application/json", "Idempotency-Key": drawn() };
  const answer = await ask(path, { method: "POST", headers, body: JSON.stringify(body ?? {}) });
  return answer.json();
}

/** A new key. `crypto.randomUUID` is there on https and loopback only, and most clusters are neither. */
function drawn() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Yields each event of `path` as {id, event, data}, until the stream ends or `signal` aborts it.
 * EventSource cannot send a key, so this reads the stream itself (WHATWG HTML §9.2.6).
 */
export async function* events(path, lastId, signal) {
  const headers = { Accept: "text/event-stream" };
  if (lastId) headers["Last-Event-ID"] = lastId;
  const answer = await ask(path, { headers, signal });
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let pending = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    pending += value;
    const blocks = pending.split("\n\n");
    pending = blocks.pop();
    for (const block of blocks) yield parse(block);
  }
}

function parse(block) {
  const event = { id: "", event: "", data: "" };
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    const field = line.slice(0, colon);
    if (field in event) event[field] += line.slice(colon + 1).trimStart();
  }
  return event;
}

async function ask(path, request) {
  const held = key();
  if (held) request.headers.Authorization = `Bearer ${held}`;
  const answer = await fetch(path, { cache: "no-store", ...request });
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({}));
  throw new Refused(answer.status, problem);
}
