// How the cluster agrees: who leads, how far each node is, the log as it grows, and a way to write into it.

import { arrival, forget, key, read, Refused, write } from "./api.js";
import { badge, clock, element, number, row, set, sync, text } from "./elements.js";
import { askForKey } from "./key.js";
import { hasMajority, showHealth } from "./views.js";

/** Two looks a second, so that a change is seen within one. */
const LOOK_MILLIS = 500;
const LOG_ROWS = 200;
const LOG_PAGE = 100;

const byId = (id) => document.getElementById(id);
const body = (id) => byId(id).tBodies[0];
const pause = (millis) => new Promise((done) => setTimeout(done, millis));

/** The newest entries that were seen, oldest first. */
let entries = [];
let isPaused = false;
let seenAt = null;

async function look() {
  const cluster = await read("/v1/cluster");
  seenAt = new Date();
  showHealth(cluster, await findings(cluster));
  showNodes(cluster);
  if (!isPaused) showLog(await newEntries());
  set(byId("link"), { "data-state": hasMajority(cluster) ? "live" : "alone" });
  text(byId("link"), hasMajority(cluster) ? "live" : `${cluster.node} reaches no majority`);
}

async function findings(cluster) {
  if (cluster.leader && hasMajority(cluster)) return [];
  const diagnosis = await read("/v1/cluster/diagnosis").catch(() => ({ findings: [] }));
  return diagnosis.findings;
}

/** Reads behind the newest entry that is known. A node that came back with less than that is read from anew. */
async function newEntries() {
  const known = entries.at(-1)?.index;
  let page = await read(`/v1/log?limit=${LOG_PAGE}${known === undefined ? "" : `&after=${known}`}`);
  if (known !== undefined && (page.last < known || page.last > known + LOG_ROWS)) {
    entries = [];
    page = await read(`/v1/log?limit=${LOG_PAGE}`);
  }
  entries = [...entries, ...page.items].slice(-LOG_ROWS);
  return page;
}

function showNodes(cluster) {
  const furthest = Math.max(1, ...cluster.nodes.map((node) => Math.max(node.commit, node.lastIndex)));
  sync(body("nodes"), cluster.nodes, (node) => node.node, () => element("tr"), (tr, node) => row(tr, cells(node, cluster, furthest)));
}

function cells(node, cluster, furthest) {
  const isKnown = node.connected && node.role !== "unknown";
  const details = node.details ?? {};
  const rest = Object.entries(details).filter(([name]) => name !== "votedFor" && name !== "votes");
  return [
    { content: node.node, class: "mono", title: rest.map(([name, value]) => `${name}: ${value}`).join(", ") || null },
    role(node),
    { content: isKnown ? number(node.term) : "–", class: "number" },
    { content: isKnown ? (details.votedFor ?? "nobody") : "–", class: "mono" },
    { content: isKnown && node.role !== "follower" ? number(details.votes) : "–", class: "number" },
    isKnown ? progress(node.commit, furthest, "committed") : "–",
    isKnown ? progress(node.applied, furthest, "applied") : "–",
    { content: isKnown ? number(furthest - node.applied) : "–", class: "number" },
    skew(node),
    { content: element("span", { class: "verbs" }, ...verbs(node, cluster)), class: "do" },
  ];
}

function role(node) {
  if (!node.connected) return badge("unreachable", "bad");
  if (node.role === "unknown") return badge("slow to answer", "warn");
  return badge(node.role, { leader: "lead", candidate: "warn" }[node.role] ?? "");
}

/** How far a node is, beside the node that is furthest. */
function progress(index, furthest, what) {
  const label = number(index);
  const gauge = element("meter", { min: 0, max: furthest, value: index, "aria-label": `${label} of ${number(furthest)} ${what}` });
  return element("span", { class: "slots" }, gauge, label);
}

function skew(node) {
  if (node.skewMillis === null || node.skewMillis === undefined) return "";
  const millis = node.skewMillis;
  return Math.abs(millis) < 1000 ? "right" : badge(`${number(Math.abs(millis))} ms ${millis > 0 ? "ahead" : "behind"}`, "warn");
}

function verbs(node, { leader }) {
  if (!leader || node.node === leader || !node.connected) return [];
  const label = `let ${node.node} lead`;
  return [element("button", { type: "button", class: "quiet", "data-lead": node.node, "aria-label": label }, "let it lead")];
}

function showLog(page) {
  if (page) {
    text(byId("log-node"), page.node);
    text(byId("log-range"), page.first ? `entries from ${number(page.first)} to ${number(page.last)} can be shown` : "");
  }
  const wanted = byId("log-kind").value.trim();
  const shown = entries.filter((entry) => entry.kind.includes(wanted)).reverse();
  sync(body("log"), shown, (entry) => entry.index, () => element("tr"), (tr, entry) => row(tr, entryCells(entry)));
  byId("no-log").hidden = shown.length > 0;
  byId("log").parentElement.hidden = shown.length === 0;
}

/** The first entries of a log come before any clock was agreed on. */
const isDated = (entry) => !entry.at.startsWith("1970-");

function entryCells(entry) {
  return [
    { content: number(entry.index), class: "number" },
    { content: number(entry.term), class: "number" },
    { content: isDated(entry) ? clock(new Date(entry.at)) : "", class: "quiet", title: entry.at },
    { content: entry.kind, class: "mono" },
    { content: entry.principal ?? "", class: "mono" },
    { content: entry.summary ?? "", class: "wide" },
    { content: number(entry.bytes), class: "number" },
  ];
}

/** What the form says, as the command that the log is to hold. */
function command() {
  const operation = byId("operation").value;
  const name = byId("command-key").value;
  if (operation === "JSON") return JSON.parse(byId("command-json").value);
  return operation === "SET" ? { operation, key: name, value: valueOf(byId("command-value").value) } : { operation, key: name };
}

/** JSON where it is some, and text otherwise. */
function valueOf(said) {
  try {
    return JSON.parse(said);
  } catch {
    return said;
  }
}

async function run() {
  try {
    const answer = await write("/api/command", { command: command() });
    text(byId("answer"), JSON.stringify(answer));
  } catch (problem) {
    text(byId("answer"), problem instanceof SyntaxError ? `This is no JSON: ${problem.message}` : problem.message);
  }
}

async function lead(node) {
  text(byId("node-done"), `handing over to ${node} …`);
  const said = await write("/v1/cluster/leader:transfer", { to: node }).then(
    (answer) => `${answer.leader} leads in term ${answer.term}`,
    (problem) => problem.message,
  );
  text(byId("node-done"), said);
}

function stale(problem) {
  set(byId("link"), { "data-state": "lost" });
  text(byId("link"), seenAt ? `no answer since ${clock(seenAt)}, trying again` : "no answer, trying again");
  byId("as-of").hidden = false;
  text(byId("as-of"), problem instanceof Refused ? problem.message : "The node that served this page does not answer.");
  set(byId("sentence"), { "data-health": "bad" });
  set(document.body, { "data-shown": "stale" });
}

async function follow() {
  for (;;) {
    try {
      if (document.visibilityState !== "hidden") await look();
    } catch (problem) {
      if (problem instanceof Refused && problem.status === 401) await askForKey(problem.message);
      else stale(problem);
    }
    await pause(LOOK_MILLIS);
  }
}

byId("change-key").addEventListener("click", () => {
  forget();
  location.reload();
});
byId("operation").addEventListener("change", () => {
  for (const field of document.querySelectorAll("[data-for]")) {
    const isMeant = field.dataset.for.split(" ").includes(byId("operation").value);
    field.hidden = !isMeant;
    if (field.id === "command-key") field.required = isMeant;
  }
});
byId("command").addEventListener("submit", (submit) => {
  submit.preventDefault();
  run();
});
byId("nodes").addEventListener("click", (click) => {
  if (click.target.dataset.lead) lead(click.target.dataset.lead);
});
byId("log-kind").addEventListener("input", () => showLog());
byId("log-pause").addEventListener("click", () => {
  isPaused = !isPaused;
  set(byId("log-pause"), { "aria-pressed": String(isPaused) });
  text(byId("log-pause"), isPaused ? "Go on" : "Pause");
});

arrival();
if (!key()) await askForKey("");
follow();
