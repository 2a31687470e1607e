let last = { at: 0, text: new Date(0).toISOString() };

/** A time in ms as ISO 8601 in UTC. The ballots of a commit share their time: the last is kept. */
export function isoTime(at: number): string {
  if (at !== last.at) last = { at, text: new Date(at).toISOString() };
  return last.text;
}
