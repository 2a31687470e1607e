/**
 * Takes out of a text what differs between any two decisions, whatever was voted in them: ids,
 * random keys and what is made of them, times. Lists over decisions are cut down to this one. No
 * number that could be a count of votes is touched. What was done to tokens is: the walk issues
 * some, and an answer that an isolate shares may be of before. What waits for the database is a
 * named exception: it moves with time, and has tests of its own. Where the clock stands still, in
 * `swapped-votes`, it is left in.
 */
export function blankOut(text: string, decisionId: string): string {
  return listOf(text, decisionId)
    .replaceAll(decisionId, "<decision>")
    .replaceAll(/[\w-]+\.[\w-]{40,}\.[\w-]{40,}/g, "<token>")
    .replaceAll(/\b[0-9a-f]{64}\b/g, "<hash>")
    .replaceAll(/read-bookmark: [\w-]{251}$/g, "read-bookmark: <bookmark>")
    .replaceAll(/"ciphertext":"[^"]*"/g, (found) => `"ciphertext":${found.length}`)
    .replaceAll(/"signature":"[\w-]{86}"/g, '"signature":"<signature>"')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>")
    .replaceAll(/"tokens":\{[^}]*\}/g, '"tokens":"<tokens>"')
    .replaceAll(/"lag_ballots":\d+,"oldest_minutes":(?:\d+|null)/g, '"lag_ballots":"<waiting>"')
    .replaceAll(/"indexed_to":(?:null|"<time>"),"age_ms":(?:null|\d+)/g, '"indexed_to":"<time>"')
    .replaceAll('"indexed_to":null', '"indexed_to":"<time>"')
    .replaceAll(platformDecisions, '"decisions":{"<decisions>"')
    .replaceAll(/"age_ms":\d+/g, '"age_ms":"<age>"')
    .replaceAll(/"(?:as_of|created_at|opensAt)":\d{13}/g, '"<time>"')
    .replaceAll(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "<uuid>")
    .replaceAll(/"(?:id|key_id)":"[0-9a-f]{16}"/g, '"id":"<key>"')
    .replaceAll(/eg_[0-9a-f]{16}_[0-9a-f]{64}_[0-9a-f]{16}/g, "<key>");
}

/** How many decisions the deployment has, by status, outcome and month. */
const platformDecisions =
  /"decisions":\{"total":\d+,"by_status":\[[^\]]*\],"by_outcome":\[[^\]]*\],"by_month":\[[^\]]*\]/g;

type AuditEntry = { seq: number; action: string; facts: { decision_id?: string | null } };

function listOf(text: string, decisionId: string): string {
  if (!text.startsWith("{") || text.includes("\n")) return text;
  const body = JSON.parse(text) as {
    items?: unknown[];
    voters?: { pid?: string }[];
    entries?: AuditEntry[];
    decisions?: unknown;
  };
  // Of the status, whose head is of all decisions and of what waits.
  if (Array.isArray(body.decisions))
    return JSON.stringify(body.decisions.filter((one) => JSON.stringify(one).includes(decisionId)));
  if (body.entries !== undefined) {
    // Keys and backups are the deployment's, and numbered over all decisions.
    const entries = body.entries.filter(({ action }) => !/^(?:key|record)\./.test(action));
    const own = body.entries.filter(
      ({ action, facts }) => action.startsWith("key.") && facts.decision_id === decisionId,
    );
    return JSON.stringify([...entries, ...own.map(({ seq: _seq, ...entry }) => entry)]);
  }
  if (body.voters !== undefined) {
    // By pid they come in another order in every decision.
    const voters = body.voters.map(({ pid: _pid, ...voter }) => JSON.stringify(voter));
    return JSON.stringify(voters.toSorted());
  }
  if (body.items === undefined) return text;
  // Of a backup: whose page of the list a decision is on depends on how many there are before it.
  if (text.includes('"location_hint"')) return "<objects>";
  return JSON.stringify(body.items.filter((item) => JSON.stringify(item).includes(decisionId)));
}
