import type { OpenAPIHono } from "@hono/zod-openapi";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { limits } from "../../shared/limits.ts";
import { release } from "../../shared/release.ts";
import * as contract from "../contract/backup.ts";
import { guarded } from "../middleware/credentials.ts";
import { jsonBody } from "../middleware/json-body.ts";
import { Problem } from "../problem.ts";
import { decodeTextCursor, encodeCursor } from "../requests/cursor.ts";

/** For operators: a copy of the record that its recipient alone can read, and the way back. */
export function backupRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  const { backups } = deps;

  app.openapi(guarded(deps, contract.beginBackupRoute), async (c) => {
    const recipient = await requireRecipient(deps);
    const backup = await backups.begin(c.get("actor"));
    return c.json({ backup, recipient, release }, 201);
  });

  app.openapi(guarded(deps, contract.listBackupObjectsRoute), async (c) => {
    requireOwn(deps, c.req.valid("param").backup);
    const after = decodeTextCursor(c.req.valid("query").after) ?? "";
    const { objects, next } = await backups.listObjects(after);
    const items = objects.map(({ object, locationHint, basis }) => ({
      object,
      location_hint: locationHint,
      basis,
    }));
    return c.json({ items, next: encodeCursor(next) }, 200);
  });

  app.openapi(guarded(deps, contract.readBackupPageRoute), async (c) => {
    const { backup, object } = c.req.valid("param");
    requireOwn(deps, backup);
    await requireRecipient(deps);
    const { after = null } = c.req.valid("query");
    const page = await backups.readPage({ backup, object, after });
    if (page === "changed") throw new Problem("backup.changed");
    if (page === "not_found") throw new Problem("backup.not_found");
    return c.json(page, 200);
  });

  const body = jsonBody(limits.restoreBytesMax);
  app.openapi(guarded(deps, contract.restorePageRoute, body), async (c) => {
    const { backup, object } = c.req.valid("param");
    requireOwn(deps, backup);
    const { location_hint: locationHint, ...page } = c.req.valid("json");
    const reply = await backups.restorePage(
      { backup, object, locationHint, ...page },
      c.get("actor"),
    );
    if (reply !== "taken") throw new Problem(`restore.${reply}`);
    return c.body(null, 204);
  });
}

/** @throws {Problem} backup.no_recipient */
async function requireRecipient({ backups }: HttpDependencies): Promise<string> {
  const recipient = await backups.recipient();
  if (recipient === null) throw new Problem("backup.no_recipient");
  return recipient;
}

/** @throws {Problem} backup.not_found for a name that no deployment with these keys gave */
function requireOwn({ backups }: HttpDependencies, backup: string): void {
  if (!backups.isOwn(backup)) throw new Problem("backup.not_found");
}
