import type { OpenAPIHono } from "@hono/zod-openapi";
import type { StoredDeadLetter } from "../../database/database.ts";
import * as contract from "../contract/dead-letters.ts";
import { decodeTextCursor, encodeCursor } from "../cursor.ts";
import type { HttpDeps } from "../deps.ts";
import { guarded } from "../middleware/credentials.ts";
import { Problem } from "../problem.ts";

/** Dead letters: listed, looked into, and written again once their cause is mended. */
export function deadLetterRoutes(app: OpenAPIHono, deps: HttpDeps): void {
  app.openapi(guarded(deps, contract.listDeadLetters), async (c) => {
    const { after, per_page, decision_id, state } = c.req.valid("query");
    const { items, next } = await deps.deadLetters.list({
      decisionId: decision_id ?? null,
      withClosed: state === "all",
      after: decodeTextCursor(after),
      perPage: per_page,
    });
    return c.json({ items: items.map(viewLetter), next: encodeCursor(next) }, 200);
  });

  app.openapi(guarded(deps, contract.readDeadLetter), async (c) => {
    const letter = await requireLetter(deps, c.req.valid("param").place);
    return c.json({ ...viewLetter(letter), body: letter.body }, 200);
  });

  app.openapi(guarded(deps, contract.replayDeadLetter), async (c) => {
    const letter = await requireLetter(deps, c.req.valid("param").place);
    return c.json({ place: letter.place, outcome: await deps.deadLetters.replay(letter) }, 200);
  });
}

async function requireLetter(deps: HttpDeps, place: string): Promise<StoredDeadLetter> {
  const letter = await deps.deadLetters.find(place);
  if (letter === null) throw new Problem("dead_letter.not_found");
  return letter;
}

function viewLetter({
  place,
  decisionId,
  shard,
  seq,
  isOpen,
  cause,
  retries,
  at,
}: StoredDeadLetter) {
  return {
    place,
    decision_id: decisionId,
    shard,
    seq,
    open: isOpen,
    cause,
    retries,
    at: new Date(at).toISOString(),
  };
}
