import type { OpenAPIHono } from "@hono/zod-openapi";
import { limits } from "../../shared/limits.ts";
import { RollRefused, rowProblems, type RowProblem } from "../../roll/row-problem.ts";
import * as contract from "../contract/roll.ts";
import type { RollUploadState } from "../../ports/rolls.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { checkEncoding } from "../requests/body-encoding.ts";
import { importRollPiece, type ContinuedRoll } from "../requests/import-roll-piece.ts";
import { rollRefusedProblem } from "../requests/roll-refused.ts";
import { columnSet } from "../requests/import-roll.ts";
import { findTwinsInGroups, sayTwinsInGroups } from "../requests/twins-in-groups.ts";
import { sealParts, votersOf } from "../requests/seal-roll.ts";
import { jsonBody } from "../middleware/json-body.ts";
import { guarded } from "../middleware/credentials.ts";
import { Problem } from "../problem.ts";
import { viewRoll, viewUpload } from "../responses/view-roll.ts";
import { knownReader, requireDecision } from "./require-decision.ts";

/** A roll that comes in pieces, so that an upload goes on after a break. */
export function rollUploadRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  app.openapi(guarded(deps, contract.beginRollUploadRoute), async (c) => {
    const { decisionId } = c.req.valid("param");
    const begun = await deps.decisions.beginRollUpload(decisionId);
    if (begun.kind === "not_found") throw new Problem("decision.not_found");
    if (begun.kind === "refused") throw new Problem(begun.code);
    const upload = await deps.decisions.continueRoll(decisionId, begun.roll.number);
    return c.json(viewState(requireBegun(upload).upload), 201);
  });

  app.openapi(guarded(deps, contract.importRollPieceRoute), async (c) => {
    const { decisionId } = c.req.valid("param");
    const { import: number, piece, first_line: firstLine, ignore } = c.req.valid("query");
    requireCsv(c.req.header("content-type"));
    checkEncoding(c.req.raw.headers);
    const { body } = c.req.raw;
    const length = c.req.header("content-length");
    const bytesStated = length === undefined ? null : Number(length);
    if (bytesStated !== null && bytesStated > limits.rollPieceBytesMax) throw pieceTooLarge();
    if (body === null) throw new Problem("roll.missing_column");
    const begun = requireBegun(await deps.decisions.continueRoll(decisionId, number));
    const { pieces } = begun.upload;
    // Its answer was lost: what it came to is known.
    if (piece < pieces) return c.json(viewState(begun.upload), 200);
    if (piece > pieces) throw new Problem("roll.pieces_missing");
    try {
      const ignored = columnSet(ignore);
      const sent = { piece, body, bytesStated, firstLine, ignored };
      const loaded = await importRollPiece(deps, begun, sent);
      await deps.decisions.takeRollPiece(decisionId, number, loaded);
    } catch (error) {
      if (error instanceof RollRefused) throw pieceRefused(error);
      throw error;
    }
    const { upload } = requireBegun(await deps.decisions.continueRoll(decisionId, number));
    return c.json(viewState(upload), 200);
  });

  const body = jsonBody(limits.voteBytesMax);
  app.openapi(guarded(deps, contract.finishRollUploadRoute, body), async (c) => {
    const { decisionId } = c.req.valid("param");
    const { import: number, pieces, twins } = c.req.valid("json");
    const begun = requireBegun(await deps.decisions.continueRoll(decisionId, number));
    const { upload } = begun;
    if (upload.pieces !== pieces) throw new Problem("roll.pieces_missing");
    requireNoTwins(upload, twins);
    const { draft, roll, shardMap } = begun;
    // It is in force where the answer to the first asking was lost.
    if (roll.inForce !== number) {
      const plan = { decisionId: draft.id, shardMap };
      const parts = await sealParts(deps.rolls, plan, roll).catch(asProblem);
      const { placement } = draft;
      const voters = parts.reduce((sum, part) => sum + votersOf(part), 0);
      // A shard has rows of a piece that never was in: of one that broke off, and was left out then.
      if (voters !== upload.rows - upload.refused.rows) throw new Problem("roll.piece_changed");
      const inGroups = await findTwinsInGroups(deps.rolls, { plan, number, parts });
      if (inGroups.length > 0) throw twinsInGroups(inGroups.length);
      const kept = { ...upload.refused };
      kept.problems = kept.problems.slice(0, limits.rollProblemsKeptMax);
      const actor = c.get("actor");
      const adoption = { decisionId, number, parts, placement, refused: kept, actor };
      const reply = await deps.decisions.adoptRoll(adoption);
      if (reply.kind === "refused") throw new Problem(reply.code);
      if (reply.kind !== "done") throw new Problem("shard.unavailable");
    }
    const { roll: inForce } = await requireDecision(deps, decisionId, knownReader(c));
    if (inForce?.import !== number) throw new Problem("roll.superseded");
    const told = { ...viewReport(upload), twins: [], roll: viewRoll(inForce, null) };
    return c.json({ decision_id: decisionId, ...told }, 200);
  });
}

function requireBegun(
  reply: Awaited<ReturnType<HttpDependencies["decisions"]["continueRoll"]>>,
): ContinuedRoll {
  if (reply.kind === "begun") return reply;
  if (reply.kind === "not_found") throw new Problem("decision.not_found");
  throw new Problem(reply.kind === "refused" ? reply.code : `roll.${reply.kind}`);
}

function requireCsv(contentType: string | undefined): void {
  if (contentType?.split(";")[0]?.trim().toLowerCase() === "text/csv") return;
  throw new Problem("body.unsupported_type", { detail: "Send content-type text/csv." });
}

function requireNoTwins({ rows, refused }: RollUploadState, twins: "refuse" | "first"): void {
  if (refused.rows === rows) throw new Problem("roll.empty");
  const found = refused.reasons.find(({ code }) => code === "voter_id.duplicate");
  if (found === undefined || twins === "first") return;
  const lines = refused.problems.filter(({ code }) => code === "voter_id.duplicate");
  const named = lines.slice(0, limits.rollTwinsNamedMax).map(({ line }) => line);
  const detail =
    `Rows that name a voter of an earlier row: ${found.rows}; lines ${named.join(", ")}${named.length < found.rows ? ", …" : ""}. ` +
    "Mend them and upload the roll again, or finish with `twins: first` to load the first row of each voter.";
  throw new Problem("roll.twins", { detail });
}

function twinsInGroups(voters: number): Problem {
  const detail = `${sayTwinsInGroups(voters)}. Mend the rows and upload the roll again: which of them is meant nobody can tell. PUT …/roll with the whole file names their lines in \`twins\`.`;
  return new Problem("roll.twins", { detail });
}

function asProblem(error: unknown): never {
  throw error instanceof RollRefused ? rollRefusedProblem(error) : error;
}

function pieceRefused(error: RollRefused): Problem {
  return error.code === "body.too_large" ? pieceTooLarge() : rollRefusedProblem(error);
}

function pieceTooLarge(): Problem {
  const detail = `Send at most ${limits.rollPieceBytesMax} bytes a piece, and ${limits.rollUploadBytesMax} together.`;
  return new Problem("body.too_large", { detail });
}

function viewState({ refused, ...seen }: RollUploadState) {
  return viewUpload({ ...seen, refused: refused.rows });
}

function viewReport({ rows, refused }: RollUploadState) {
  const reasons = refused.reasons.map(({ code, rows: count }) => ({
    code,
    rows: count,
    detail: rowProblems[code as RowProblem],
  }));
  const loaded = rows - refused.rows;
  return { rows, loaded, refused: refused.rows, reasons, problems: [...refused.problems] };
}
