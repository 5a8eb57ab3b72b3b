// The table of job states, as the page treats them; `JobStatesTest` holds it to the states that the API knows.

/**
 * Of each state: the group of jobs it belongs to, the tone of its badge, its place among the counts, and what a person may
 * do to such a job. The list of recent jobs shows the states in this order.
 */
export const STATES = {
  dead: { group: "dead", tone: "bad", place: 5, verbs: ["retry", "purge"] },
  claimed: { group: "running", tone: "busy", place: 2, verbs: ["cancel"] },
  queued: { group: "waiting", tone: "", place: 1, verbs: ["cancel"] },
  scheduled: { group: "waiting", tone: "", place: 3, verbs: ["cancel"] },
  succeeded: { group: "finished", tone: "good", place: 4, verbs: [] },
  cancelled: { group: "finished", tone: "warn", place: 6, verbs: [] },
};

const names = Object.keys(STATES);

export const BY_PLACE = names.toSorted((one, other) => STATES[one].place - STATES[other].place);

/** The states of these groups. */
export function statesOf(...groups) {
  return names.filter((state) => groups.includes(STATES[state].group));
}

/** The states of jobs that `verb` is for. */
export function statesFor(verb) {
  return names.filter((state) => STATES[state].verbs.includes(verb));
}

/** The tone of a job's badge; a state that a newer node tells of has none. */
export function toneOf(state) {
  return STATES[state]?.tone ?? "";
}

/** What may be done to a job in `state`. */
export function verbsOf(state) {
  return STATES[state]?.verbs ?? [];
}
