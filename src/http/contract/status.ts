import { z } from "@hono/zod-openapi";
import { statuses } from "../../decision/decision.ts";
import { showings } from "../../decision/visibility.ts";
import { recordStages, stageCauses, stageStates } from "../../ports/record-check.ts";
import { limits } from "../../shared/limits.ts";
import { readinessCodes } from "../readiness/readiness-cause.ts";
import { checkStates, serviceStates } from "../responses/view-status.ts";
import { jsonContent } from "./common.ts";
import { route } from "./route.ts";

const stage = z.object({
  stage: z.enum(recordStages),
  state: z.enum(stageStates),
  cause: z.enum(stageCauses).nullable(),
  since: z.iso.datetime().nullable().openapi({ description: "In full minutes" }),
});

const checkedDecision = z
  .object({
    decision_id: z.string(),
    title: z.string(),
    rehearsal: z.boolean(),
    status: z.enum(statuses),
    shows: z.enum(showings).openapi({ description: "What its results showed at the check" }),
    state: z.enum(checkStates),
    checked_at: z.iso.datetime(),
    accepted: z.int().nullable().openapi({
      description: "Ballots as its results show them; null where they show nothing",
    }),
    stages: z.array(stage),
    checks_a_round: z
      .int()
      .nullable()
      .openapi({
        description: `In how many checks each of its rows in the database is counted once, ${limits.checkedRowsMax} a check; null before the close`,
      }),
    certified_at: z.iso.datetime().nullable(),
  })
  .openapi("CheckedDecision");

export const readStatusRoute = route({
  method: "get",
  path: "/api/v1/status",
  summary: "Read whether what follows from the record still agrees with it",
  description:
    "Each minute decisions that were opened are checked, until a day after they are certified, and longer while one is broken: whether the merged tally is what the shards hold (`tallied`), " +
    "whether the database has every ballot that it has confirmed, and after the close no other (`stored`), and whether all were published (`published`). `broken`: something is not as it must be, or is gone. " +
    `\`not_checked\`: the last check is older than ${limits.checkFreshMs / 1_000} seconds and a minute for each further ${limits.checkedDecisionsMax} decisions under way, or could not look. \`behind\` says that something is on its way, and for decisions that hide their turnout it never does. ` +
    "The whole is `ok` only while every decision that is not certified was checked in that time. One look is shared for a second.",
  security: [],
  errors: ["service.unknown"],
  responses: {
    200: jsonContent(
      z
        .object({
          state: z.enum(serviceStates),
          looked_at: z.iso.datetime(),
          release: z.string().openapi({ description: "The version of this software" }),
          api_version: z.literal("v1"),
          ready: z.boolean().openapi({ description: "As `/readyz` says" }),
          causes: z.array(z.enum(readinessCodes)).openapi({
            description: "What keeps parts of the deployment from their work, each once",
          }),
          oldest_check_at: z.iso.datetime().nullable().openapi({
            description:
              "Of the decisions that are not certified the check that is longest ago; null where there is no such decision, one of them waits for its first check, or that is not known",
          }),
          decisions_checked: z.int().nullable().openapi({
            description: "How many decisions are checked; null where that is not known",
          }),
          decisions: z.array(checkedDecision).openapi({
            description: `At most ${limits.listedChecksMax}, those that are broken first`,
          }),
        })
        .openapi("Status"),
      "What was last found",
    ),
  },
});
