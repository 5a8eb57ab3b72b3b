// Talks to the node that served this page: the key, reading, and the stream of changes.

const KEPT = "muster.key";

/** What the node refused, as its problem document says it. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`);
    this.status = status;
  }
}

/** The key of this tab: from the address (`#key=…`, removed from it at once), else kept from before, else "". */
export function key() {
  const fromAddress = new URLSearchParams(location.hash.slice(1)).get("key");
  if (fromAddress) {
    keep(fromAddress);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return sessionStorage.getItem(KEPT) ?? "";
}

export function keep(newKey) {
  sessionStorage.setItem(KEPT, newKey);
}

export function forget() {
  sessionStorage.removeItem(KEPT);
}

/** Reads a resource; throws Refused for any answer but 2xx. */
export async function read(path) {
  const answer = await ask(path, { Accept: "application/json" });
  return answer.json();
}

/**
 * Yields each event of `path` as {id, event, data}, until the stream ends or `signal` aborts it.
 * EventSource cannot send a key, so this reads the stream itself (WHATWG HTML §9.2.6).
 */
export async function* events(path, lastId, signal) {
  const headers = { Accept: "text/event-stream" };
  if (lastId) headers["Last-Event-ID"] = lastId;
  const answer = await ask(path, headers, signal);
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

async function ask(path, headers, signal) {
  const held = key();
  if (held) headers.Authorization = `Bearer ${held}`;
  const answer = await fetch(path, { headers, signal, cache: "no-store" });
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({}));
  throw new Refused(answer.status, problem);
}
