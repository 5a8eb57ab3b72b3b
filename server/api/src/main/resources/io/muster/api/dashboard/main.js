// The page's one loop: read, show, wait for a change; with a stream while there is one, by polling while there is none.
// When the node that served it does not answer, the page says so at once, and goes on at another node.

import { actOn, actOnAll, cancelAudit } from "./actions.js";
import { arrival, events, forget, key, read, Refused } from "./api.js";
import { forgetNamed, named, showNamed, showOutput } from "./detail.js";
import { text } from "./elements.js";
import { askForKey, isAsking } from "./key.js";
import { statesOf } from "./states.js";
import { another, remember, servedBy, turnTo } from "./turn.js";
import { hasMajority, showAudits, showCounts, showHealth, showJobs, showNodes, showObjects, showQueues, showStale } from "./views.js";

const JOBS_A_PAGE = 25;
/** So many of each kind stand on the first page, so that none hides the others. */
const OF_EACH = 10;
const AUDITS = 3;
const OBJECTS = 10;
const POLL_MILLIS = 2000;
const RETRY_MILLIS = 1000;

const byId = (id) => document.getElementById(id);
const pause = (millis) => new Promise((done) => setTimeout(done, millis));

let pages = 1;
let isReading = false;
let isWished = false;
let isTurning = false;
let last = null;
let seenAt = null;
let hasStream = false;

/** Brings the page up to date; while that runs, further wishes become one more run after it. */
async function refresh() {
  if (isReading) {
    isWished = true;
    return;
  }
  isReading = true;
  try {
    do {
      isWished = false;
      await readAndShow();
    } while (isWished);
  } catch (problem) {
    if (!(problem instanceof Refused) || problem.status >= 500) stale(problem);
    throw problem;
  } finally {
    isReading = false;
  }
}

async function readAndShow() {
  const [cluster, jobs, audits, objects, sets] = await Promise.all([
    read("/v1/cluster"),
    readJobs(),
    readAudits(),
    read(`/v1/objects?limit=${OBJECTS}`),
    read("/v1/advisories"),
  ]);
  last = cluster;
  seenAt = new Date();
  remember(cluster);
  showHealth(cluster, await readFindings(cluster));
  showCounts(cluster.counts);
  showNodes(cluster);
  showQueues(cluster.queues);
  showAudits(audits);
  showObjects(objects.items, sets.items);
  showJobs(jobs.items);
  if (named()) await showNamed();
  byId("more-jobs").hidden = !jobs.next;
  say(!hasMajority(cluster) ? "alone" : hasStream ? "live" : "polling");
}

/** Why nobody leads, where nobody does. A page that cannot learn it shows the rest. */
async function readFindings(cluster) {
  if (cluster.leader && hasMajority(cluster)) return [];
  const diagnosis = await read("/v1/cluster/diagnosis").catch(() => ({ findings: [] }));
  return diagnosis.findings;
}

/** Nothing that is shown is known to be true any more: says so, and looks for a node that knows. */
function stale(problem) {
  const isGone = !(problem instanceof Refused);
  hasStream = false;
  say("lost");
  showStale(last, seenAt, isGone ? `${servedBy() || "the node"} does not answer` : problem.message);
  if (last) turn();
}

/** Goes on at another node, unless this one answers again before one is found. */
async function turn() {
  if (isTurning) return;
  isTurning = true;
  const node = await another();
  isTurning = false;
  if (node && document.body.dataset.shown === "stale") turnTo(node, key(), byId("job-state").value);
}

async function readJobs() {
  const state = byId("job-state").value;
  return state ? readPages(state) : readRecent();
}

/** Some of each kind: short pages, however many jobs there are. */
async function readRecent() {
  const kinds = statesOf("dead", "running", "waiting").map((state) => ({ state, limit: OF_EACH }));
  kinds.push({ state: statesOf("finished").join(), limit: JOBS_A_PAGE });
  const answers = await Promise.all(kinds.map(({ state, limit }) => read(jobsPath(state, limit))));
  return { items: answers.flatMap((answer) => answer.items) };
}

async function readPages(state) {
  const items = [];
  let cursor = "";
  for (let page = 0; page < pages; page++) {
    const answer = await read(jobsPath(state, JOBS_A_PAGE) + cursor);
    items.push(...answer.items);
    if (!answer.next) return { items };
    cursor = `&cursor=${encodeURIComponent(answer.next)}`;
  }
  return { items, next: cursor };
}

function jobsPath(state, limit) {
  const query = new URLSearchParams({ state, limit, ...wanted() });
  return `/v1/jobs?${query}`;
}

/** The queue and type that the reader asks for, as far as he does. */
function wanted() {
  const chosen = { queue: byId("job-queue").value.trim(), type: byId("job-type").value.trim() };
  return Object.fromEntries(Object.entries(chosen).filter(([, value]) => value));
}

async function readAudits() {
  const { items } = await read(`/v1/audits?limit=${AUDITS}`);
  return Promise.all(items.map((audit) => read(`/v1/audits/${audit.id}`)));
}

/** Follows the stream of changes until it breaks; resumes where it was. */
async function follow(position) {
  try {
    for await (const event of events("/v1/events?view=changes", position.lastId)) {
      if (!hasStream) {
        hasStream = true;
        if (last && hasMajority(last) && document.body.dataset.shown === "live") say("live");
      }
      if (event.id) position.lastId = event.id;
      if (event.event) await refresh();
    }
  } finally {
    hasStream = false;
  }
}

async function run() {
  const position = { lastId: "" };
  for (;;) {
    try {
      await refresh();
      await follow(position);
      // A node that ends its streams is ending: look at once.
      await refresh();
    } catch (problem) {
      if (problem instanceof Refused && problem.status === 401) {
        await askForKey(problem.message);
        continue;
      }
      await refresh().catch(() => {});
    }
    await pause(RETRY_MILLIS);
  }
}

/** Redraws without a stream: relative times age, and a node that serves no stream still shows its state. */
async function poll() {
  for (;;) {
    await pause(POLL_MILLIS);
    if (key() && !isAsking()) await refresh().catch(() => {});
  }
}

const SAID = {
  live: () => "live",
  polling: () => "polling",
  alone: () => `${servedBy()} reaches no majority`,
  lost: () => "no answer, trying again",
};

function say(state) {
  byId("link").dataset.state = state;
  text(byId("link"), SAID[state]());
}

function showAnew() {
  pages = 1;
  refresh().catch(() => {});
}

/** Says in `place` what became of it. */
async function act(action, place) {
  const said = await action.catch((problem) => problem.message);
  text(byId(place), said);
  await refresh().catch(() => {});
}

byId("change-key").addEventListener("click", () => {
  forget();
  location.reload();
});
byId("job-state").addEventListener("change", showAnew);
byId("job-queue").addEventListener("input", showAnew);
byId("job-type").addEventListener("input", showAnew);
byId("more-jobs").addEventListener("click", () => {
  pages += 1;
  refresh().catch(() => {});
});
byId("jobs").addEventListener("click", (click) => {
  const { verb, job } = click.target.dataset;
  if (verb) act(actOn(verb, job), "done");
});
byId("job-verbs").addEventListener("click", (click) => {
  const { verb, job } = click.target.dataset;
  if (verb) act(actOn(verb, job), "job-done");
});
byId("job-facts").addEventListener("click", (click) => {
  const button = click.target.closest("button[data-output]");
  if (button) showOutput(button.dataset.output);
});
byId("job-close").addEventListener("click", () => byId("job-dialog").close());
byId("job-dialog").addEventListener("close", () => {
  text(byId("job-done"), "");
  forgetNamed();
});
byId("audits").addEventListener("click", (click) => {
  const { audit } = click.target.dataset;
  if (audit) act(cancelAudit(audit), "audit-done");
});
byId("bulk").addEventListener("click", (click) => {
  const verb = click.target.dataset.bulk;
  if (verb) act(actOnAll(verb, wanted()), "done");
});
window.addEventListener("hashchange", () => {
  if (arrival().has("key")) location.reload();
  else showNamed();
});

const arrived = arrival();
for (const option of byId("job-state").options) option.value = statesOf(...(option.dataset.groups ?? "").split(" ")).join();
if (arrived.has("show")) byId("job-state").value = arrived.get("show");
if (arrived.has("from")) {
  byId("turned").hidden = false;
  text(byId("turned"), `${arrived.get("from")} did not answer: this page goes on at another node.`);
}
if (!key()) await askForKey("");
run();
poll();
