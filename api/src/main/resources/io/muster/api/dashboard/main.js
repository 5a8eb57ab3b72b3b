// The page's one loop: read, show, wait for a change; with a stream while there is one, by polling while there is none.

import { events, forget, keep, key, read, Refused } from "./api.js";
import { showAudits, showCounts, showHealth, showJobs, showNodes } from "./views.js";

const JOBS_A_PAGE = 25;
const RUNNING = 10;
const AUDITS = 3;
const POLL_MILLIS = 2000;
const RETRY_MILLIS = 1000;

const byId = (id) => document.getElementById(id);
const pause = (millis) => new Promise((done) => setTimeout(done, millis));

let pages = 1;
let isReading = false;
let isStale = false;

/** Brings the page up to date; while that runs, further wishes become one more run after it. */
async function refresh() {
  if (isReading) {
    isStale = true;
    return;
  }
  isReading = true;
  try {
    do {
      isStale = false;
      await readAndShow();
    } while (isStale);
  } finally {
    isReading = false;
  }
}

async function readAndShow() {
  const [cluster, jobs, audits] = await Promise.all([read("/v1/cluster"), readJobs(), readAudits()]);
  showHealth(cluster);
  showCounts(cluster.counts);
  showNodes(cluster);
  showAudits(audits);
  showJobs(jobs.items);
  byId("more-jobs").hidden = !jobs.next;
}

async function readJobs() {
  const state = byId("job-state").value;
  return state ? readPages(state) : readRecent();
}

/** What runs and what ended last: two short pages, however many jobs there are. */
async function readRecent() {
  const [running, finished] = await Promise.all([
    read(`/v1/jobs?state=claimed&limit=${RUNNING}`),
    read(`/v1/jobs?state=succeeded,cancelled&limit=${JOBS_A_PAGE}`),
  ]);
  return { items: [...running.items, ...finished.items] };
}

async function readPages(state) {
  const items = [];
  let cursor = "";
  for (let page = 0; page < pages; page++) {
    const answer = await read(`/v1/jobs?limit=${JOBS_A_PAGE}&state=${state}${cursor}`);
    items.push(...answer.items);
    if (!answer.next) return { items };
    cursor = `&cursor=${encodeURIComponent(answer.next)}`;
  }
  return { items, next: cursor };
}

async function readAudits() {
  const { items } = await read(`/v1/audits?limit=${AUDITS}`);
  return Promise.all(items.map((audit) => read(`/v1/audits/${audit.id}`)));
}

/** Follows the stream of changes until it breaks; resumes where it was. */
async function follow(position) {
  for await (const event of events("/v1/events?view=changes", position.lastId)) {
    say("live");
    if (event.id) position.lastId = event.id;
    if (event.event) await refresh();
  }
}

async function run() {
  const position = { lastId: "" };
  for (;;) {
    try {
      await refresh();
      await follow(position);
    } catch (problem) {
      if (problem instanceof Refused && problem.status === 401) {
        await askForKey(problem.message);
        continue;
      }
      say(problem instanceof Refused ? "polling" : "lost");
    }
    await pause(RETRY_MILLIS);
  }
}

/** Redraws without a stream: relative times age, and a node that serves no stream still shows its state. */
async function poll() {
  for (;;) {
    await pause(POLL_MILLIS);
    if (key() && !byId("key-dialog").open) await refresh().catch(() => say("lost"));
  }
}

const SAID = { live: "live", polling: "polling", lost: "node unreachable, trying again" };

function say(state) {
  byId("link").dataset.state = state;
  if (byId("link").textContent !== SAID[state]) byId("link").textContent = SAID[state];
}

function askForKey(reason) {
  const dialog = byId("key-dialog");
  byId("key-error").textContent = key() ? reason : "";
  forget();
  byId("key").value = "";
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener(
      "close",
      () => {
        keep(byId("key").value.trim());
        done();
      },
      { once: true },
    );
  });
}

byId("change-key").addEventListener("click", () => {
  forget();
  location.reload();
});
byId("job-state").addEventListener("change", () => {
  pages = 1;
  refresh().catch(() => say("lost"));
});
byId("more-jobs").addEventListener("click", () => {
  pages += 1;
  refresh().catch(() => say("lost"));
});
window.addEventListener("hashchange", () => key() && location.reload());

if (!key()) await askForKey("");
run();
poll();
