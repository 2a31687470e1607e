import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Actor } from "../../audit-log/audit-entry.ts";
import { shownRollHash } from "../../decision/decision-json.ts";
import type { Roll } from "../../decision/roll.ts";
import { limits } from "../../shared/limits.ts";
import type { RollFormat } from "../../roll/read-roll.ts";
import type { Twin } from "../../roll/row-lines.ts";
import type { RollReport } from "../../roll/roll-report.ts";
import { rowProblems, RollRefused } from "../../roll/row-problem.ts";
import * as contract from "../contract/roll.ts";
import type { BeginRollReply } from "../../ports/rolls.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { checkEncoding, fileCharsets } from "../requests/body-encoding.ts";
import { columnSet, importRoll, type RollUpload } from "../requests/import-roll.ts";
import { rollRefusedProblem, rollTooLarge, viewTwins } from "../requests/roll-refused.ts";
import { guarded } from "../middleware/credentials.ts";
import { Problem } from "../problem.ts";
import { viewRoll, viewUpload } from "../responses/view-roll.ts";
import { knownReader, requireDecision } from "./require-decision.ts";

/** The roll of a decision: imported while it is a draft, and read. */
export function rollRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  app.openapi(guarded(deps, contract.importRollRoute), async (c) => {
    const { decisionId } = c.req.valid("param");
    const format = formatOf(c.req.header("content-type"));
    checkEncoding(c.req.raw.headers, fileCharsets);
    const { body } = c.req.raw;
    const length = c.req.header("content-length");
    const bytesStated = length === undefined ? null : Number(length);
    if (bytesStated !== null && bytesStated > limits.rollBytesMax) throw rollTooLarge();
    if (body === null) throw new Problem("roll.empty");
    const begun = await deps.decisions.beginRoll(decisionId);
    if (begun.kind === "not_found") throw new Problem("decision.not_found");
    if (begun.kind === "refused") throw new Problem(begun.code);
    const { twins, ignore } = c.req.valid("query");
    const upload = { body, format, bytesStated, twins, ignored: columnSet(ignore) };
    try {
      const {
        roll,
        report,
        twins: found,
      } = await putInForce(deps, {
        begun,
        upload,
        actor: c.get("actor"),
      });
      const told = { ...viewReport(report), twins: viewTwins(found), roll: viewRoll(roll, null) };
      return c.json({ decision_id: decisionId, ...told }, 200);
    } catch (error) {
      if (error instanceof RollRefused) throw rollRefusedProblem(error);
      throw error;
    } finally {
      await deps.decisions.endRoll(decisionId, begun.roll.number);
    }
  });

  app.openapi(guarded(deps, contract.readRollRoute), async (c) => {
    const { decisionId } = c.req.valid("param");
    const decision = await requireDecision(deps, decisionId, knownReader(c));
    const { draft, manifest, roll } = decision;
    const progress = await deps.decisions.rollProgress(decisionId);
    const inForce = manifest === null ? roll : manifest.roll;
    return c.json(
      {
        decision_id: decisionId,
        electorate: draft.electorate,
        roll:
          inForce === null
            ? null
            : viewRoll({ ...inForce, refused: roll?.refused }, shownRollHash(decision)),
        upload: progress === null ? null : viewUpload(progress),
      },
      200,
    );
  });
}

/** An upload under the import that has begun for it, and who sent it. */
interface AttributedUpload {
  begun: Extract<BeginRollReply, { kind: "begun" }>;
  upload: RollUpload;
  actor: Actor;
}

/** Imports, and has the room adopt the parts of all shards together. */
async function putInForce(
  deps: HttpDependencies,
  { begun, upload, actor }: AttributedUpload,
): Promise<{ roll: Roll; report: RollReport; twins: readonly Twin[] }> {
  const { report, twins, parts } = await importRoll(deps, begun, upload);
  const reply = await deps.decisions.adoptRoll({
    decisionId: begun.draft.id,
    number: begun.roll.number,
    parts,
    placement: begun.draft.placement,
    refused: report.refusedRows,
    actor,
  });
  if (reply.kind === "refused") throw new Problem(reply.code);
  if (reply.kind !== "done" || reply.decision.roll === null) throw new Problem("shard.unavailable");
  return { roll: reply.decision.roll, report, twins };
}

function formatOf(contentType: string | undefined): RollFormat {
  const type = contentType?.split(";")[0]?.trim().toLowerCase();
  if (type === "text/csv") return "csv";
  if (type === "application/x-ndjson" || type === "application/ndjson") return "ndjson";
  const detail = "Send content-type text/csv or application/x-ndjson.";
  throw new Problem("body.unsupported_type", { detail });
}

function viewReport(report: RollReport) {
  const { rows, loaded, refused, problems } = report;
  const reasons = [...report.reasons].map(([code, count]) => ({
    code,
    rows: count,
    detail: rowProblems[code],
  }));
  return { rows, loaded, refused, reasons, problems: [...problems] };
}
