import { z } from "@hono/zod-openapi";
import { limits } from "../../shared/limits.ts";
import { decisionIdSchema, jsonContent, keySecurity } from "./common.ts";
import { route } from "./route.ts";

const reindexBody = z
  .strictObject({
    decision_id: decisionIdSchema.optional().openapi({
      description: "One decision, into the index that there is; without it all, into a new one",
    }),
    after: z
      .string()
      .max(limits.searchCursorCharactersMax)
      .optional()
      .openapi({ description: "`next` of the answer before; without it from the start" }),
  })
  .openapi("Reindex");

export const reindexRoute = route({
  method: "post",
  path: "/api/v1/search/reindex",
  summary: "Fill the search index again from the record, a portion a call",
  description:
    "The first call begins an index beside the one that is searched, and the last puts it in its place: until then nothing is missing. A call may be repeated. `npx enviro reindex` does it to the end.",
  security: keySecurity("admin"),
  request: { body: { required: true, ...jsonContent(reindexBody, "What to fill it with") } },
  errors: ["search.off", "search.unavailable", "search.reindex_not_begun", "decision.not_found"],
  responses: {
    200: jsonContent(
      z.object({
        done: z.boolean(),
        decisions: z.int().openapi({ description: "That this call has brought into the index" }),
        ballots: z.int(),
        refused: z.array(z.string()).openapi({
          description:
            "What is not in the index, since it refuses it or it could not be read: decisions, and pages of ballots as `decision:page`",
        }),
        next: z.string().nullable(),
      }),
      "What this call has done",
    ),
  },
});
