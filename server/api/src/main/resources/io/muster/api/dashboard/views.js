// Each view takes what the API answered and brings one part of the page up to date.

import { ago, badge, clock, counted, element, lasting, number, row, set, sync, text } from "./elements.js";
import { BY_PLACE, statesOf, toneOf, verbsOf } from "./states.js";

const byId = (id) => document.getElementById(id);
const body = (id) => byId(id).tBodies[0];

const ROLES = { leader: "lead", candidate: "warn", follower: "", "slow to answer": "warn", unreachable: "bad", "no answer": "bad" };

/** Whether the answering node reaches so many others that what it shows is the cluster's word, and not its own alone. */
export function hasMajority({ nodes }) {
  return present(nodes).length * 2 > nodes.length;
}

const present = (nodes) => nodes.filter((node) => node.connected);
const names = (nodes) => nodes.map((node) => node.node).join(", ");

/** The answer in one sentence: who leads, how many are there, and whether they agree. */
export function showHealth(cluster, findings) {
  const { nodes, leader, term } = cluster;
  const there = present(nodes);
  const isWhole = hasMajority(cluster);
  const leads = isWhole && there.some((node) => node.node === leader);
  const whole = `${there.length} of ${counted(nodes.length, "node")}`;
  const said = leads ? `up, ${leader} leads in term ${term}` : isWhole ? "up, nobody leads" : "reachable: no majority";
  text(byId("sentence"), `${whole} ${said}`);
  set(byId("sentence"), { "data-health": !leads ? "bad" : there.length < nodes.length ? "warn" : "good" });
  text(byId("detail"), isWhole ? `${backlog(cluster.counts)} · ${lag(nodes)}` : cutOff(cluster));
  const advice = [...findings.map((found) => `${found.what}: ${found.advice}`), ...(cluster.advice ?? [])];
  sync(byId("advice"), advice, (line) => line, () => element("li"), (item, line) => text(item, line));
  text(byId("seen"), `${cluster.node} answered at index ${number(cluster.index)} of cluster ${cluster.cluster.slice(0, 8)}`);
  document.title = leads ? `Muster · ${leader} leads` : "Muster · no leader";
  set(document.body, { "data-shown": isWhole ? "live" : "alone" });
  byId("as-of").hidden = true;
}

/** Says that nothing of the page is known to be true any more, and since when; takes back who led. */
export function showStale(cluster, seenAt, why) {
  const node = cluster?.node ?? "The node";
  byId("as-of").hidden = false;
  text(byId("as-of"), seenAt ? `As of ${clock(seenAt)}: ${why}. Looking for another node …` : `${why}. Trying again …`);
  if (document.body.dataset.shown === "stale") return;
  set(document.body, { "data-shown": "stale" });
  text(byId("sentence"), `${node} does not answer`);
  set(byId("sentence"), { "data-health": "bad" });
  text(byId("detail"), seenAt ? `What stands below was true at ${clock(seenAt)}.` : "");
  byId("advice").replaceChildren();
  document.title = "Muster · no answer";
  if (!cluster) return;
  const nodes = cluster.nodes.map((known) => (known.node === node ? { ...known, connected: false } : known));
  showNodes({ ...cluster, nodes }, (known) => (known.node === node ? "no answer" : known.role === "leader" ? "led then" : known.role));
}

/** What a node may say that reaches no majority: whom it reaches, and that others may know better. */
function cutOff({ node, nodes }) {
  const others = present(nodes).filter((other) => other.node !== node);
  const reached = others.length === 0 ? `${node} reaches no other node` : `${node} reaches only ${names(others)}`;
  const missing = names(nodes.filter((other) => !other.connected));
  return `${reached}, not ${missing}. Nothing can be written here, and what is shown may be old.`;
}

function backlog(counts) {
  const live = statesOf("waiting", "running").reduce((sum, state) => sum + (counts[state] ?? 0), 0);
  return live === 0 ? "nothing is waiting" : counted(live, "live job");
}

function lag(nodes) {
  const known = present(nodes).filter((node) => node.role !== "unknown");
  const commits = known.map((node) => node.commit);
  const behind = commits.length === 0 ? 0 : Math.max(...commits) - Math.min(...commits);
  const whose = known.length === nodes.length ? "all nodes" : names(known);
  if (known.length === 0) return "no node told how far it is";
  return behind === 0 ? `${whose} up to date` : `slowest of ${whose} ${number(behind)} entries behind`;
}

export function showCounts(counts) {
  sync(
    byId("counts"),
    BY_PLACE,
    (state) => state,
    () => element("div", {}, element("dt"), element("dd")),
    (tile, state) => {
      text(tile.children[0], state);
      text(tile.children[1], number(counts[state]));
      set(tile, { "data-tone": state === "dead" && counts.dead > 0 ? "bad" : null });
    },
  );
}

/** Nodes and workers; `roleOf` says what a node is to be called. */
export function showNodes(cluster, roleOf = spokenRole) {
  const workers = new Map((cluster.workers ?? []).map((worker) => [worker.worker, worker]));
  const rows = cluster.nodes.map((node) => ({ node, worker: workers.get(node.node) }));
  cluster.nodes.forEach((node) => workers.delete(node.node));
  workers.forEach((worker) => rows.push({ worker }));
  const isSure = hasMajority(cluster);
  sync(body("nodes"), rows, nameOf, () => element("tr"), (tr, item) => row(tr, nodeCells(item, isSure, roleOf)));
}

const nameOf = ({ node, worker }) => (node ? node.node : worker.worker);

function spokenRole(node) {
  if (!node.connected) return "unreachable";
  return node.role === "unknown" ? "slow to answer" : node.role;
}

/** What only the node's engine says of it, shown while the pointer rests on its name; nothing here knows what it means. */
function said(node) {
  const details = Object.entries(node.details ?? {}).map(([name, value]) => `${name}: ${value}`);
  return details.length ? details.join(", ") : null;
}

function nodeCells({ node, worker }, isSure, roleOf) {
  const name = { content: nameOf({ node, worker }), class: "mono", title: node ? said(node) : null };
  if (!node) return [name, badge("worker only", ""), "", "", "", "", isSure ? slots(worker) : unknown()];
  const isKnown = node.connected && node.role !== "unknown";
  const figure = (value) => ({ content: isKnown ? number(value) : "–", class: "number" });
  const role = roleOf(node);
  return [
    name,
    badge(role, ROLES[role] ?? ""),
    figure(node.term),
    figure(node.commit),
    figure(node.applied),
    figure(node.lastIndex),
    node.connected ? slots(worker) : unknown(),
  ];
}

const unknown = () => element("span", { class: "muted" }, "not known");

/** How a worker that is not there is called: one that left as it was told is no fault. */
const GONE = { lost: "bad", left: "" };

function slots(worker) {
  if (!worker) return element("span", { class: "muted" }, "no worker");
  if (worker.state in GONE) return badge(worker.state, GONE[worker.state]);
  const state = worker.state === "joined" ? "" : `, ${worker.state}`;
  const reason = worker.reason ? `: ${worker.reason}` : "";
  const label = `${worker.claims} of ${worker.slots}${state}${reason}`;
  const gauge = element("meter", { min: 0, max: Math.max(1, worker.slots), value: worker.claims, "aria-label": label });
  return element("span", { class: "slots" }, gauge, label);
}

export function showQueues(queues) {
  sync(body("queues"), queues, (queue) => queue.queue, () => element("tr"), (tr, queue) => row(tr, queueCells(queue)));
  byId("queues-section").hidden = queues.length === 0;
}

function queueCells(queue) {
  return [
    { content: queue.queue, class: "mono" },
    { content: number(queue.waiting), class: "number" },
    { content: number(queue.running), class: "number" },
    queue.waiting > 0 && queue.oldestWaitingMillis !== null ? lasting(queue.oldestWaitingMillis ?? 0) : "–",
    { content: queue.leaderWorks.replaceAll("_", " "), class: "quiet" },
  ];
}

/** The first of the objects that the log names, and the set of advisories that audits use. */
export function showObjects(objects, sets) {
  const current = sets.find((set) => set.current);
  text(byId("advisory-set"), current ? advisorySentence(current) : "No set of advisories was published.");
  sync(body("objects"), objects, (object) => object.digest, () => element("tr"), (tr, object) => row(tr, objectCells(object)));
  byId("no-objects").hidden = objects.length > 0;
  byId("objects").parentElement.hidden = objects.length === 0;
}

function advisorySentence(set) {
  return `Audits use the advisories ${set.database.slice(0, 12)}: ${counted(set.records, "record")}, published by ${set.by} at ${set.publishedAt}.`;
}

function objectCells(object) {
  return [
    { content: object.digest.slice(0, 16), class: "mono" },
    { content: number(object.bytes), class: "number" },
    object.owner,
    { content: number(object.references), class: "number" },
    object.here ? badge("held", "good") : badge("fetching", "busy"),
  ];
}

export function showJobs(jobs) {
  sync(body("jobs"), jobs, (job) => job.id, () => element("tr"), (tr, job) => row(tr, jobCells(job)));
  byId("no-jobs").hidden = jobs.length > 0;
  byId("jobs").parentElement.hidden = jobs.length === 0;
}

function jobCells(job) {
  return [
    { content: element("a", { href: `#/jobs/${encodeURIComponent(job.id)}` }, job.id), class: "mono" },
    badge(job.state, toneOf(job.state)),
    job.type,
    job.queue,
    { content: number(job.attempt), class: "number" },
    { content: job.worker ?? "", class: "mono" },
    { content: ago(job.finishedAt ?? job.startedAt ?? job.submittedAt), class: "quiet" },
    { content: job.reason ?? job.waitingFor ?? job.error ?? "", class: "wide quiet" },
    { content: element("span", { class: "verbs" }, ...verbs(job)), class: "do" },
  ];
}

/** Buttons for what may be done to a job as it stands; `main.js` hears the clicks of all of them. */
export function verbs(job) {
  return verbsOf(job.state).map((verb) =>
    element("button", { type: "button", class: "quiet", "data-verb": verb, "data-job": job.id, "aria-label": `${verb} ${job.id}` }, verb),
  );
}

export function showAudits(audits) {
  sync(byId("audits"), audits, (audit) => audit.id, makeAudit, updateAudit);
  byId("no-audits").hidden = audits.length > 0;
}

function makeAudit() {
  const columns = ["Package", "Version", "Advisory", "Severity", "Fixed in", "Found by", "Attempt"];
  const heads = columns.map((name) => element("th", { scope: "col", class: name === "Attempt" ? "number" : null }, name));
  const table = element("table", { role: "table" }, element("thead", {}, element("tr", {}, ...heads)), element("tbody", { role: "rowgroup" }));
  return element(
    "article",
    { class: "card" },
    element("div", { class: "head" }, element("h3"), element("span"), element("progress"), element("p", { class: "muted" }), element("div", { class: "verbs" })),
    element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Findings" }, table),
  );
}

function updateAudit(card, audit) {
  const [title, state, progress, summary, verbs] = card.firstElementChild.children;
  text(title, audit.name);
  const label = badge(audit.state, { concluded: "good", cancelled: "warn" }[audit.state] ?? "busy");
  if (!state.firstChild?.isEqualNode(label)) state.replaceChildren(label);
  set(progress, { max: Math.max(1, audit.chosen), value: audit.finished, "aria-label": "packages looked up" });
  text(summary, auditSummary(audit));
  const may = audit.state === "running" ? [element("button", { type: "button", class: "quiet", "data-audit": audit.id, "aria-label": `cancel ${audit.id}` }, "cancel")] : [];
  if (verbs.children.length !== may.length) verbs.replaceChildren(...may);
  const table = card.querySelector(".scroll");
  table.hidden = audit.findings.length === 0;
  const findings = [...audit.findings].sort((a, b) => rank(a) - rank(b));
  const keyOf = (finding) => `${finding.purl} ${finding.id}`;
  sync(table.querySelector("tbody"), findings, keyOf, () => element("tr"), (tr, finding) => row(tr, findingCells(finding)));
}

function auditSummary(audit) {
  const failed = audit.failed > 0 ? `, ${number(audit.failed)} could not be` : "";
  const affected = new Set(audit.findings.map((finding) => finding.purl)).size;
  return (
    `${number(audit.finished)} of ${counted(audit.chosen, "package")} looked up${failed} · ` +
    (affected === 0 ? "no findings" : `${counted(audit.findings.length, "finding")} in ${counted(affected, "package")}`)
  );
}

const SEVERITIES = ["critical", "high", "medium", "low", "none", "unknown"];
const rank = (finding) => SEVERITIES.indexOf(finding.severity);

function findingCells(finding) {
  return [
    { content: finding.name, class: "mono" },
    { content: finding.version, class: "mono" },
    { content: finding.id, class: "mono", title: finding.summary },
    element("span", { class: "severity", "data-severity": finding.severity }, finding.severity),
    { content: finding.fixed ?? "not fixed", class: finding.fixed ? "mono" : "quiet" },
    { content: finding.worker ?? "", class: "mono" },
    { content: number(finding.attempt), class: "number" },
  ];
}
