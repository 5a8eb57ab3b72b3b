// What a reader may do to jobs: one by its button, or all that a filter finds, after being told how many they are.

import { write } from "./api.js";
import { counted, text } from "./elements.js";
import { statesFor } from "./states.js";

const byId = (id) => document.getElementById(id);

/** What jobs a verb is for are called, what becomes of them, and what to ask before. Retrying undoes nothing, so one is not asked about. */
const VERBS = {
  cancel: { kind: "live job", past: "cancelled", effect: "Running ones are told to stop." },
  retry: { kind: "dead job", past: "queued again", effect: "They run again as if they had never failed." },
  purge: { kind: "dead job", past: "purged", effect: "They can be retried no more; the history keeps them." },
};

/** Acts on one job; says what was done. */
export async function actOn(verb, job) {
  const { past, effect } = VERBS[verb];
  if (verb !== "retry" && !(await isSure(`${capital(verb)} ${job}?`, effect, verb))) return "";
  await write(`/v1/jobs/${encodeURIComponent(job)}:${verb}`);
  return `${job} ${past}.`;
}

/** Calls a running audit off; says what was done. */
export async function cancelAudit(audit) {
  const effect = "What it found stays. Its jobs that no other audit waits for are cancelled.";
  if (!(await isSure(`Cancel ${audit}?`, effect, "cancel"))) return "";
  await write(`/v1/audits/${encodeURIComponent(audit)}:cancel`);
  return `${audit} cancelled.`;
}

/** Acts on all jobs of `wanted` queue and type that the verb is for; says how many it were. */
export async function actOnAll(verb, wanted) {
  const { kind, past, effect } = VERBS[verb];
  const filter = { state: statesFor(verb).join(), ...wanted };
  const found = await sum(verb, { ...filter, dryRun: true });
  const where = Object.entries(wanted).map(([name, value]) => ` of ${name} ${value}`).join("");
  if (found.matched === 0) return `There is no ${kind}${where}.`;
  const question = `${capital(verb)} ${counted(found.matched, kind)}${where}?`;
  if (!(await isSure(question, effect, verb))) return "";
  const done = await sum(verb, filter);
  return `${counted(done.changed, "job")} ${past}${done.skipped > 0 ? `, ${counted(done.skipped, "job")} left as they were` : ""}.`;
}

/** The nodes answer in slices; this asks until the last. */
async function sum(verb, filter) {
  const total = { matched: 0, changed: 0, skipped: 0 };
  let cursor;
  do {
    const slice = await write(`/v1/jobs:${verb}`, cursor ? { ...filter, cursor } : filter);
    for (const name of Object.keys(total)) total[name] += slice[name];
    cursor = slice.next;
    if (cursor) text(byId("done"), `${counted(total.matched, "job")} so far …`);
  } while (cursor);
  return total;
}

function isSure(question, effect, verb) {
  const dialog = byId("confirm");
  text(byId("confirm-title"), question);
  text(byId("confirm-text"), effect);
  text(byId("confirm-yes"), capital(verb));
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true }));
}

const capital = (word) => word[0].toUpperCase() + word.slice(1);
