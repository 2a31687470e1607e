import type { OpenAPIHono } from "@hono/zod-openapi";
import { discloseCounts } from "../../decision/visibility.ts";
import type { StoredDeadLetter } from "../../database/database.ts";
import * as contract from "../contract/dead-letters.ts";
import { decodeTextCursor, encodeCursor } from "../requests/cursor.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { guarded } from "../middleware/credentials.ts";
import { Problem } from "../problem.ts";

/** Dead letters: listed, looked into, and written again once their cause is mended. */
export function deadLetterRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  app.openapi(guarded(deps, contract.listDeadLettersRoute), async (c) => {
    const { after, per_page, decision_id, state } = c.req.valid("query");
    const { items, next } = await deps.deadLetters.list({
      decisionId: decision_id ?? null,
      withClosed: state === "all",
      after: decodeTextCursor(after),
      perPage: per_page,
    });
    const shown = await withoutHidden(deps, items);
    return c.json({ items: shown.map(viewDeadLetter), next: encodeCursor(next) }, 200);
  });

  app.openapi(guarded(deps, contract.readDeadLetterRoute), async (c) => {
    const deadLetter = await requireDeadLetter(deps, c.req.valid("param").deadLetterId);
    return c.json({ ...viewDeadLetter(deadLetter), body: deadLetter.body }, 200);
  });

  app.openapi(guarded(deps, contract.replayDeadLetterRoute), async (c) => {
    const deadLetter = await requireDeadLetter(deps, c.req.valid("param").deadLetterId);
    return c.json({ id: deadLetter.id, outcome: await deps.deadLetters.replay(deadLetter) }, 200);
  });

  app.openapi(guarded(deps, contract.dismissDeadLetterRoute), async (c) => {
    const deadLetter = await requireDeadLetter(deps, c.req.valid("param").deadLetterId);
    const outcome = await deps.deadLetters.dismiss(deadLetter, c.get("actor"));
    if (outcome === "replayable") throw new Problem("dead_letter.replayable");
    return c.body(null, 204);
  });
}

async function requireDeadLetter(deps: HttpDependencies, id: string): Promise<StoredDeadLetter> {
  const deadLetter = await deps.deadLetters.find(id);
  if (deadLetter === null) throw new Problem("dead_letter.not_found");
  if ((await withoutHidden(deps, [deadLetter])).length === 0) throw new Problem("results.sealed");
  return deadLetter;
}

/**
 * Leaves out the dead letters of decisions that still hide their counts: each holds a ballot, and
 * its id tells how many came before.
 */
async function withoutHidden(
  deps: HttpDependencies,
  deadLetters: readonly StoredDeadLetter[],
): Promise<StoredDeadLetter[]> {
  const ids = new Set(deadLetters.flatMap(({ decisionId }) => decisionId ?? []));
  const decisions = await Promise.all([...ids].map((id) => deps.decisions.read(id)));
  const hidden = new Set<string | null>(
    decisions.flatMap((decision) =>
      decision === null || discloseCounts(decision) !== null ? [] : decision.draft.id,
    ),
  );
  return deadLetters.filter(({ decisionId }) => !hidden.has(decisionId));
}

function viewDeadLetter({
  id,
  decisionId,
  shard,
  seq,
  isOpen,
  cause,
  retries,
  at,
}: StoredDeadLetter) {
  return {
    id,
    decision_id: decisionId,
    shard,
    seq,
    open: isOpen,
    cause,
    retries,
    at: new Date(at).toISOString(),
  };
}
