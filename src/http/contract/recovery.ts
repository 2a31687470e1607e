import { z } from "@hono/zod-openapi";
import { decisionParams, digitsSchema, jsonContent, jsonRequest, keySecurity } from "./common.ts";
import { route } from "./route.ts";

export const recoverShardRoute = route({
  method: "post",
  path: "/api/v1/decisions/{decisionId}/shards/{shard}/recovery",
  summary: "Take a shard back to an earlier time, by the platform's point-in-time recovery",
  description:
    "Ballots that it accepted since are lost, though their voters have receipts: docs/operations.md, \"A shard at an earlier time\", says what to tell them. Recorded in the deployment's log and in the decision's own. The local runtime has none: 501.",
  security: keySecurity("admin"),
  request: {
    params: decisionParams.extend({ shard: digitsSchema({ min: 0 }) }),
    ...jsonRequest(
      z
        .strictObject({
          to: z.iso.datetime().openapi({ description: "The time whose state it is to have again" }),
        })
        .openapi("ShardRecovery"),
    ),
  },
  errors: ["recovery.unavailable", "recovery.not_open", "recovery.out_of_range"],
  responses: {
    202: jsonContent(
      z.object({
        undo: z.string().openapi({ description: "The platform's bookmark of the state before" }),
      }),
      "The shard begins again",
    ),
  },
});
