// Each view takes what the API answered and brings one part of the page up to date.

import { ago, badge, counted, element, number, row, set, sync, text } from "./elements.js";

const byId = (id) => document.getElementById(id);
const body = (id) => byId(id).tBodies[0];

const LIVE = ["queued", "claimed", "scheduled", "waiting", "parked"];
const STATES = [
  ["queued", "queued"],
  ["claimed", "running"],
  ["scheduled", "scheduled"],
  ["succeeded", "succeeded"],
  ["dead", "dead"],
  ["cancelled", "cancelled"],
];
const TONES = { claimed: "busy", succeeded: "good", dead: "bad", cancelled: "warn" };
const ROLES = { leader: "lead", candidate: "warn", follower: "", "slow to answer": "warn", unreachable: "bad" };

/** The answer in one sentence: who leads, how many are there, and whether they agree. */
export function showHealth(cluster) {
  const { nodes, leader, term } = cluster;
  const present = nodes.filter((node) => node.connected).length;
  const leads = nodes.some((node) => node.node === leader && node.connected);
  const sentence = byId("sentence");
  const whole = `${present} of ${counted(nodes.length, "node")}`;
  text(sentence, leads ? `${whole} up, ${leader} leads in term ${term}` : `${whole} up, nobody leads`);
  set(sentence, { "data-health": !leads ? "bad" : present < nodes.length ? "warn" : "good" });
  text(byId("detail"), `${backlog(cluster.counts)} · ${lag(nodes)}`);
  sync(byId("advice"), cluster.advice ?? [], (line) => line, () => element("li"), (item, line) => text(item, line));
  text(byId("seen"), `${cluster.node} answered at index ${number(cluster.index)} of cluster ${cluster.cluster.slice(0, 8)}`);
  document.title = leads ? `Muster · ${leader} leads` : "Muster · no leader";
}

function backlog(counts) {
  const live = LIVE.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
  return live === 0 ? "nothing is waiting" : counted(live, "live job");
}

function lag(nodes) {
  const commits = nodes.filter((node) => node.connected && node.role !== "unknown").map((node) => node.commit);
  const behind = commits.length === 0 ? 0 : Math.max(...commits) - Math.min(...commits);
  return behind === 0 ? "all nodes up to date" : `slowest node ${number(behind)} entries behind`;
}

export function showCounts(counts) {
  sync(
    byId("counts"),
    STATES,
    ([state]) => state,
    () => element("div", {}, element("dt"), element("dd")),
    (tile, [state, label]) => {
      text(tile.children[0], label);
      text(tile.children[1], number(counts[state]));
      set(tile, { "data-tone": state === "dead" && counts.dead > 0 ? "bad" : null });
    },
  );
}

export function showNodes(cluster) {
  const workers = new Map((cluster.workers ?? []).map((worker) => [worker.worker, worker]));
  const rows = cluster.nodes.map((node) => ({ node, worker: workers.get(node.node) }));
  cluster.nodes.forEach((node) => workers.delete(node.node));
  workers.forEach((worker) => rows.push({ worker }));
  sync(body("nodes"), rows, nameOf, () => element("tr"), (tr, item) => row(tr, nodeCells(item)));
}

const nameOf = ({ node, worker }) => (node ? node.node : worker.worker);

function nodeCells({ node, worker }) {
  const name = { content: nameOf({ node, worker }), class: "mono" };
  if (!node) return [name, badge("worker only", ""), "", "", "", "", slots(worker)];
  const isKnown = node.connected && node.role !== "unknown";
  const figure = (value) => ({ content: isKnown ? number(value) : "–", class: "number" });
  const role = !node.connected ? "unreachable" : isKnown ? node.role : "slow to answer";
  return [
    name,
    badge(role, ROLES[role]),
    figure(node.term),
    figure(node.commit),
    figure(node.applied),
    figure(node.lastIndex),
    slots(worker),
  ];
}

function slots(worker) {
  if (!worker) return element("span", { class: "muted" }, "no worker");
  if (worker.state === "lost") return badge("lost", "bad");
  const label = `${worker.claims} of ${worker.slots}${worker.state === "joined" ? "" : `, ${worker.state}`}`;
  const gauge = element("meter", { min: 0, max: Math.max(1, worker.slots), value: worker.claims, "aria-label": label });
  return element("span", { class: "slots" }, gauge, label);
}

export function showJobs(jobs) {
  sync(body("jobs"), jobs, (job) => job.id, () => element("tr"), (tr, job) => row(tr, jobCells(job)));
  byId("no-jobs").hidden = jobs.length > 0;
  byId("jobs").parentElement.hidden = jobs.length === 0;
}

function jobCells(job) {
  return [
    { content: job.id, class: "mono" },
    badge(job.state === "claimed" ? "running" : job.state, TONES[job.state] ?? ""),
    job.type,
    job.queue,
    { content: number(job.attempt), class: "number" },
    { content: job.worker ?? "", class: "mono" },
    { content: ago(job.finishedAt ?? job.startedAt ?? job.submittedAt), class: "quiet" },
    { content: job.reason ?? job.error ?? job.waitingFor ?? "", class: "wide quiet" },
  ];
}

export function showAudits(audits) {
  sync(byId("audits"), audits, (audit) => audit.id, makeAudit, updateAudit);
  byId("no-audits").hidden = audits.length > 0;
}

function makeAudit() {
  const columns = ["Package", "Version", "Advisory", "Severity", "Fixed in", "Found by", "Attempt"];
  const heads = columns.map((name) => element("th", { scope: "col", class: name === "Attempt" ? "number" : null }, name));
  const table = element("table", {}, element("thead", {}, element("tr", {}, ...heads)), element("tbody"));
  return element(
    "article",
    { class: "card" },
    element("div", { class: "head" }, element("h3"), element("span"), element("progress"), element("p", { class: "muted" })),
    element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Findings" }, table),
  );
}

function updateAudit(card, audit) {
  const [title, state, progress, summary] = card.firstElementChild.children;
  text(title, audit.name);
  const label = badge(audit.state, audit.state === "concluded" ? "good" : "busy");
  if (!state.firstChild?.isEqualNode(label)) state.replaceChildren(label);
  set(progress, { max: Math.max(1, audit.chosen), value: audit.finished, "aria-label": "packages looked up" });
  text(summary, auditSummary(audit));
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
