import { z } from "@hono/zod-openapi";
import { billItems } from "../../planner/bill.ts";
import { stageNames, stageRemedies } from "../../planner/bottleneck.ts";
import { latencyBases, latencyPartNames } from "../../planner/latency.ts";
import { planBounds, planDefaults } from "../../planner/plan-input.ts";
import { jsonContent, jsonRequest } from "./common.ts";
import { route } from "./route.ts";

interface Bounds {
  min: number;
  max: number;
}

const real = ({ min, max }: Bounds) => z.number().min(min).max(max);
const whole = ({ min, max }: Bounds) => z.int().min(min).max(max);

const planRequestSchema = z
  .strictObject({
    votes_per_second: real(planBounds.votesPerSecond).openapi({
      description: "Of all decisions that are voted on at one time, in the busiest minutes",
    }),
    hours: real(planBounds.hours)
      .default(planDefaults.hours)
      .openapi({ description: "That a session lasts at that rate" }),
    sessions_a_month: whole(planBounds.sessionsAMonth).default(planDefaults.sessionsAMonth),
    decisions: whole(planBounds.decisions)
      .default(planDefaults.decisions)
      .openapi({ description: "Decisions that share the votes of a session evenly" }),
    voters: whole(planBounds.voters).default(planDefaults.voters).openapi({
      description: "On the roll that is imported for each decision; 0 where there is none",
    }),
    continents: whole(planBounds.continents)
      .default(planDefaults.continents)
      .openapi({ description: "Over how many the voters of a decision live, evenly" }),
    regions: whole(planBounds.regions).default(planDefaults.regions),
    roll_call: z.boolean().default(planDefaults.isRollCall),
    watchers: whole(planBounds.watchers)
      .default(planDefaults.watchers)
      .openapi({ description: "Who watches each decision live" }),
    database: z.enum(["d1", "postgres"]).optional(),
    log: z.enum(["queue", "kafka"]).optional(),
  })
  .openapi("PlanRequest", { example: { votes_per_second: 100, hours: 2, sessions_a_month: 4 } });

const stageSchema = z.object({
  name: z.enum(stageNames),
  asked: z.number(),
  most: z.number(),
  share: z
    .number()
    .openapi({ description: "Of the most that it can do; above 1 it does not hold" }),
  remedy: z.enum(stageRemedies).openapi({ description: "The number to change" }),
});
const serverShape = { processors: z.int(), memory_gigabytes: z.int() };

const planSchema = z
  .object({
    votes: z.object({ a_session: z.number(), a_month: z.number() }),
    shards: z
      .object({ count: z.int(), votes_per_second_each: z.number(), in_room: z.boolean() })
      .openapi({ description: "Of each decision" }),
    places: z.int().openapi({ description: "For `location_hints` of the draft" }),
    group_commit: z.object({ window_ms: z.number(), votes_a_commit: z.number() }),
    database: z.enum(["d1", "postgres"]),
    log: z.enum(["queue", "kafka"]),
    writers: z.int(),
    kafka: z
      .object({
        ...serverShape,
        partitions: z.int(),
        brokers: z.int(),
        gigabytes_a_week: z.number(),
      })
      .nullable(),
    postgres: z
      .object({ ...serverShape, connections: z.int(), gigabytes_a_month: z.number() })
      .nullable(),
    d1: z.object({ gigabytes_a_month: z.number(), months_until_full: z.number() }).nullable(),
    latency: z
      .object({
        p50_ms: z.number(),
        p99_ms: z.number(),
        parts: z.array(
          z.object({
            name: z.enum(latencyPartNames),
            p50_ms: z.number(),
            p99_ms: z.number(),
            basis: z.enum(latencyBases),
          }),
        ),
      })
      .nullable()
      .openapi({ description: "Null where the shards can't keep up" }),
    bottleneck: stageSchema,
    stages: z.array(stageSchema),
    bill: z.object({
      prices_read_on: z.string(),
      currency: z.literal("USD"),
      a_month: z.number(),
      a_million_votes: z.number().nullable(),
      lines: z.array(
        z.object({
          item: z.enum(billItems),
          quantity: z.number(),
          included: z.number(),
          usd: z.number(),
        }),
      ),
    }),
  })
  .openapi("Plan");

export const planRoute = route({
  method: "post",
  path: "/api/v1/plan",
  summary: "Plan a deployment for a load",
  description:
    "Shards, database, vote log, expected times, the bill by list prices, and what gives way first. Nothing is stored or measured: it is worked out from counters that tests hold (docs/scaling.md).",
  request: jsonRequest(planRequestSchema),
  errors: [],
  responses: { 200: jsonContent(planSchema, "The plan") },
});
