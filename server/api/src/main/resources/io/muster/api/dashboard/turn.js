// Finds another node to go on with when the one that served this page does not answer.
//
// The page moves there as a whole: its scripts and its key then talk to one origin as before. Of another origin it asks
// nothing but whether that node is ready, without a key; nodes answer that to pages of their own cluster only. The key
// goes along behind `#`, which browsers never send.

/** A node that is well confirms a majority within a heartbeat. */
const PROBE_MILLIS = 2000;

let own = "";
let fellows = [];

/** Keeps where the others are, while somebody says it. */
export function remember(cluster) {
  own = cluster.node;
  fellows = cluster.nodes.filter((node) => node.node !== own && node.apiAddress);
}

/** The name of the node that serves this page, "" while it is not known. */
export function servedBy() {
  return own;
}

/**
 * Another node: one that is ready; or, where the own one does not even live, one that does. None if there is none.
 */
export async function another() {
  const ready = await firstOf("/readyz");
  if (ready) return ready;
  const isOwnAlive = await probed({ node: own, apiAddress: "" }, "/livez").then(() => true, () => false);
  return isOwnAlive ? null : firstOf("/livez");
}

/** Goes on at `node`. */
export function turnTo(node, key, show) {
  const carried = new URLSearchParams({ key, from: own, show });
  location.replace(`${node.apiAddress}/#${carried}`);
}

function firstOf(path) {
  return Promise.any(fellows.map((node) => probed(node, path))).catch(() => null);
}

async function probed(node, path) {
  const answer = await fetch(node.apiAddress + path, {
    cache: "no-store",
    credentials: "omit",
    signal: AbortSignal.timeout(PROBE_MILLIS),
  });
  if (!answer.ok) throw new Error(`${node.node} is not ready`);
  return node;
}
