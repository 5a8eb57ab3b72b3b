// One job, whole: the page `#/jobs/ID`, whose address can be sent to somebody else.

import { read, readText } from "./api.js";
import { ago, badge, element, number, text } from "./elements.js";
import { toneOf } from "./states.js";
import { verbs } from "./views.js";

const END_BYTES = 16384;
const byId = (id) => document.getElementById(id);

/** The job that the address names, "" for none. */
export function named() {
  const [, id] = /^#\/jobs\/([^/]+)$/.exec(location.hash) ?? [];
  return id ? decodeURIComponent(id) : "";
}

/** Shows the job that the address names, or closes what is open when it names none. */
export async function showNamed() {
  const dialog = byId("job-dialog");
  const id = named();
  if (!id) {
    dialog.close();
    return;
  }
  text(byId("job-title"), id);
  if (!dialog.open) {
    byId("job-facts").replaceChildren();
    byId("job-output").hidden = true;
    dialog.showModal();
  }
  try {
    const job = await read(`/v1/jobs/${encodeURIComponent(id)}`);
    if (named() !== id) return;
    const facts = byId("job-facts");
    const now = element("dl", { class: "facts" }, ...factsOf(job));
    if (!facts.firstChild?.isEqualNode(now)) facts.replaceChildren(now);
    const may = element("span", { class: "verbs" }, ...verbs(job));
    if (!byId("job-verbs").firstChild?.isEqualNode(may)) byId("job-verbs").replaceChildren(may);
  } catch (problem) {
    byId("job-facts").replaceChildren(element("p", { class: "error" }, problem.message));
    byId("job-verbs").replaceChildren();
  }
}

/** Takes the job out of the address when its window is closed, so that the same link opens it again. */
export function forgetNamed() {
  if (named()) history.pushState(null, "", location.pathname + location.search);
}

function factsOf(job) {
  return [
    ["State", badge(job.state, toneOf(job.state))],
    ["Why", job.reason],
    ["Waits for", job.waitingFor],
    ["Last error", job.error],
    ["Type", job.type],
    ["Queue", job.queue],
    ["Priority", number(job.priority)],
    ["Attempts", number(job.attempt)],
    ["Worker", job.worker],
    ["Fence", job.fence],
    ["Submitted", instant(job.submittedAt)],
    ["Not before", instant(job.notBefore)],
    ["Started", instant(job.startedAt)],
    ["Finished", instant(job.finishedAt)],
    ["Requires", Object.entries(job.requires ?? {}).map(([name, value]) => `${name}=${value}`).join(", ")],
    ["Unique key", job.uniqueKey],
    ["Payload", json(job.payload)],
    ["Result", json(job.result)],
    ["Output", output(job)],
    ["Checkpoint", json(job.checkpoint)],
  ].flatMap(([name, value]) => (value ? [element("dt", {}, name), element("dd", {}, value)] : []));
}

/** How much was printed, and a button that shows the end of it: a browser is no place for 64 MiB. */
function output({ id, output: printed }) {
  if (!printed) return null;
  const rest = printed.missing ? `, only its end is kept: ${printed.missing}` : printed.kept < printed.written ? `, the first ${number(printed.kept)} are kept` : "";
  return element(
    "div",
    {},
    `${number(printed.written)} bytes${rest}. All of it: muster job output ${id} `,
    element("button", { type: "button", class: "quiet", "data-output": id }, "Show the end"),
  );
}

/** Shows the end of what a job has printed. */
export async function showOutput(id) {
  const shown = byId("job-output");
  try {
    text(shown, await readText(`/v1/jobs/${encodeURIComponent(id)}/output`, `bytes=-${END_BYTES}`));
  } catch (problem) {
    text(shown, problem.message);
  }
  shown.hidden = false;
}

function instant(at) {
  return at ? element("span", {}, `${at} (`, ago(at), ")") : null;
}

function json(value) {
  return value === undefined || value === null
    ? null
    : element("pre", { tabindex: "0" }, JSON.stringify(value, null, 2));
}
