import { z, type OpenAPIHono } from "@hono/zod-openapi";
import type { Decision } from "../../decision/decision.ts";
import { discloseCounts, type DisclosedId } from "../../decision/visibility.ts";
import { isSettled } from "../../decision/lifecycle.ts";
import { BoundedMap } from "../../shared/bounded-map.ts";
import { invariant } from "../../shared/invariant.ts";
import { limits } from "../../shared/limits.ts";
import * as contract from "../contract/records.ts";
import { BallotCounts } from "../coalescing/ballot-counts.ts";
import { decodeCursor, encodeCursor } from "../requests/cursor.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { csvExport, ndjsonExport, viewPublicBallot } from "../responses/export.ts";
import type { SealedSeqs } from "../responses/find-gap.ts";
import { readWholePage, type Exported } from "../responses/whole-ballots.ts";
import { Problem } from "../problem.ts";
import { readerOf, requireRemembered } from "./require-decision.ts";

/** The ballots themselves, once their decision is closed: as a list and as an export. */
export function recordRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  const counts = new BallotCounts(deps);
  const seals: KnownSeals = new BoundedMap(limits.isolateDecisionsMax);

  app.openapi(contract.listBallotsRoute, async (c) => {
    const { decisionId } = c.req.valid("param");
    const { after, per_page } = c.req.valid("query");
    const cursor = decodeCursor(after, { shard: "shard", seq: "number" });
    const exported = await requireExportable(
      deps,
      seals,
      await requireRemembered(deps, decisionId, readerOf(deps, c)),
    );
    const page = await readWholePage(deps, exported, { after: cursor, perPage: per_page });
    const items = page.items.map((ballot) => viewPublicBallot(exported, ballot));
    return c.json({ items, next: encodeCursor(page.next) }, 200);
  });

  app.openapi(contract.exportBallotsRoute, async (c) => {
    const { decisionId } = c.req.valid("param");
    const { format } = c.req.valid("query");
    const exported = await requireExportable(
      deps,
      seals,
      await requireRemembered(deps, decisionId, readerOf(deps, c)),
    );
    await counts.requireWhole(exported);
    const body = await (format === "csv" ? csvExport : ndjsonExport)(deps, exported);
    return c.body(body, 200, {
      "content-type": format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson",
      "content-disposition": `attachment; filename="${decisionId}.${format}"`,
      "cache-control": "no-store",
    });
  });
}

/** Last seqs of decisions that this isolate has met. A seal never changes. */
type KnownSeals = BoundedMap<string, SealedSeqs>;

/** Shown once the decision is closed and the database has every ballot: all of them or none. */
async function requireExportable(
  deps: HttpDependencies,
  seals: KnownSeals,
  decision: Decision,
): Promise<Exported> {
  const disclosed = discloseCounts(decision);
  if (!isSettled(decision.status) || disclosed === null) throw new Problem("decision.not_closed");
  const { id } = disclosed;
  const result = await deps.decisions.result(id);
  const applied = await deps.database.countApplied(id);
  if (result?.shows !== "counts" || applied < result.accepted) {
    throw new Problem("projection.behind");
  }
  const sealed = seals.get(id) ?? (await readSeals(deps, id));
  seals.set(id, sealed);
  const { visibility } = decision.draft;
  return { id, visibility, mergedRegions: new Set(result.hidden), sealed };
}

const sealsSchema = z.object({ seals: z.array(z.object({ shard: z.int(), seq: z.int() })) });

/** The seals that the final outcome was computed from. */
async function readSeals(deps: HttpDependencies, decisionId: DisclosedId): Promise<SealedSeqs> {
  const outcome = await deps.decisions.outcome(decisionId);
  invariant(outcome?.kind === "final", "a settled decision has its outcome");
  const { seals } = sealsSchema.parse(JSON.parse(outcome.text));
  return seals.toSorted((one, other) => one.shard - other.shard).map(({ seq }) => seq);
}
