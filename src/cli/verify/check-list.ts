import type { Client } from "../../client/client.ts";
import type { DecisionAnswer } from "../api/answers.ts";
import { listPublicDecisions, fetchDecision } from "../api/decisions.ts";
import type { Difference } from "./difference.ts";
import type { WaitBudget } from "./wait-budget.ts";

const pollMs = 500;

type Statuses = Map<string, DecisionAnswer["status"]>;

/**
 * Compares the public list of decisions, which the database answers, with the record: every
 * decision is in it, as it stands.
 */
export async function checkList(
  client: Client,
  recorded: Statuses,
  budget: WaitBudget,
): Promise<Difference[]> {
  for (;;) {
    const listed: Statuses = new Map();
    for await (const { id, status } of listPublicDecisions(client)) listed.set(id, status);
    const differences = compareLists(recorded, listed);
    if (differences.length === 0 || !(await budget.wait(pollMs))) return differences;
    // A decision may have moved on since it was verified; the room knows.
    for (const { decision } of differences) {
      if (recorded.has(decision))
        recorded.set(decision, (await fetchDecision(client, decision)).status);
    }
  }
}

/**
 * What the list says otherwise than the record. It follows the record, so a difference may be one
 * that only waiting ends.
 */
export function compareLists(
  recorded: ReadonlyMap<string, string>,
  listed: ReadonlyMap<string, string>,
): Difference[] {
  const missing = [...recorded].flatMap(([decision, status]): Difference[] => {
    const shown = listed.get(decision);
    if (shown === status) return [];
    const actual = shown ?? "not in the list";
    return [{ kind: "behind", decision, layer: "list", where: "status", expected: status, actual }];
  });
  const unknown = [...listed].flatMap(([decision, actual]): Difference[] =>
    recorded.has(decision)
      ? []
      : [
          {
            kind: "wrong",
            decision,
            layer: "list",
            where: "",
            expected: "no such decision",
            actual,
          },
        ],
  );
  return [...unknown, ...missing];
}
