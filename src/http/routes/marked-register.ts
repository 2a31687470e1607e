import type { OpenAPIHono } from "@hono/zod-openapi";
import { pseudonym } from "../../auth/pseudonym.ts";
import { voterIdFormOf } from "../../decision/voter-id-form.ts";
import { readVoterIds } from "../../roll/read-voter-ids.ts";
import { RollRefused } from "../../roll/row-problem.ts";
import { invariant } from "../../shared/invariant.ts";
import { limits } from "../../shared/limits.ts";
import * as contract from "../contract/roll.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { guarded } from "../middleware/credentials.ts";
import { Problem } from "../problem.ts";
import { checkEncoding, fileCharsets } from "../requests/body-encoding.ts";
import { rollRefusedProblem } from "../requests/roll-refused.ts";
import { mapVoters } from "../requests/voter-ids.ts";
import { csvField, csvStart } from "../responses/csv-field.ts";
import { knownReader, requireRemembered } from "./require-decision.ts";

/** Who has voted, by voter_id: after the close, and recorded in public. */
export function markedRegisterRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  app.openapi(guarded(deps, contract.markRegisterRoute), async (c) => {
    const { decisionId } = c.req.valid("param");
    const { draft, manifest } = await requireRemembered(deps, decisionId, knownReader(c));
    const { voterIds, lines } = await readColumn(c.req.raw);
    const asked = mapVoters({
      items: voterIds,
      form: voterIdFormOf(draft),
      voterIdOf: (voterId) => voterId,
      pointerTo: (index) => `/${lines[index]}`,
      map: (normal) => normal,
    });
    // What is refused is refused before it is recorded.
    const key = await deps.decisions.markRoll(decisionId, voterIds.length, c.get("actor"));
    if (key === "not_over") throw new Problem("register.not_ready");
    if (key === "forgotten") throw new Problem("decision.forgotten");
    invariant(key !== null && manifest !== null, "what is closed has its keys and its manifest");
    const pids = asked.map((voterId) => pseudonym(key.decisionKey, voterId));
    const voted = await deps.ballots.haveVoted(manifest, pids);
    const rows = voterIds.map((voterId, index) => {
      return `${csvField(voterId)},${voted[index] === true ? "yes" : "no"}\r\n`;
    });
    return c.body(`${csvStart}voter_id,voted\r\n${rows.join("")}`, 200, {
      "cache-control": "no-store",
      "content-type": "text/csv; charset=utf-8",
    });
  });
}

/** @throws {Problem} every fault of the body */
async function readColumn(request: Request): Promise<{ voterIds: string[]; lines: number[] }> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "text/csv") {
    throw new Problem("body.unsupported_type", { detail: "Send content-type text/csv." });
  }
  checkEncoding(request.headers, fileCharsets);
  const column = { voterIds: new Array<string>(), lines: new Array<number>() };
  try {
    for await (const { voterId, line } of readVoterIds(bounded(request.body))) {
      if (column.voterIds.length === limits.registerVotersMax)
        throw new Problem("register.too_many_rows");
      column.voterIds.push(voterId);
      column.lines.push(line);
    }
  } catch (error) {
    if (error instanceof RollRefused) throw rollRefusedProblem(error);
    throw error;
  }
  return column;
}

/** @throws {Problem} body.too_large */
async function* bounded(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > limits.batchBytesMax) {
      const detail = `Send at most ${limits.batchBytesMax} bytes a request.`;
      throw new Problem("body.too_large", { detail });
    }
    yield chunk;
  }
}
