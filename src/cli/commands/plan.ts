import type { Command } from "commander";
import {
  planBounds,
  planDefaults,
  type PlanInput,
  type PlannedDatabase,
  type PlannedLog,
} from "../../planner/plan-input.ts";
import { oneOf, realNumber, required, wholeNumber } from "../command-line/option-values.ts";
import type { Run, ToAction } from "../command-line/run-command-line.ts";

const remarks = `
Needs no instance: it is worked out from what this release takes of the platform, which
tests hold, and from list prices whose date it prints (docs/scaling.md).`;

export type PlanOptions = { input: PlanInput; isJson: boolean };

type PlanFlags = {
  votesPerSecond?: string;
  hours?: string;
  sessionsAMonth?: string;
  decisions?: string;
  voters?: string;
  continents?: string;
  regions?: string;
  rollCall?: true;
  watchers?: string;
  database?: string;
  log?: string;
  json?: true;
};

/** Adds `plan`. */
export function addPlan(program: Command, toAction: ToAction, run: Run<PlanOptions>): void {
  program
    .command("plan")
    .summary("what a load needs, what it costs, and what gives way first")
    .usage("--votes-per-second <n> [options]")
    .option("--votes-per-second <n>", "of all decisions together, in the busiest minutes")
    .option("--hours <n>", `that a session lasts at that rate (${planDefaults.hours})`)
    .option("--sessions-a-month <n>", `(${planDefaults.sessionsAMonth})`)
    .option("--decisions <n>", `that share a session's votes (${planDefaults.decisions})`)
    .option("--voters <n>", `on the roll of each decision (${planDefaults.voters}: no roll)`)
    .option("--continents <n>", `over which its voters live (${planDefaults.continents})`)
    .option("--regions <n>", `of each decision (${planDefaults.regions})`)
    .option("--roll-call", "each ballot is published with its voter's name")
    .option("--watchers <n>", `who watch each decision live (${planDefaults.watchers})`)
    .option("--database <d1|postgres>", "(the one that is recommended)")
    .option("--log <queue|kafka>", "(the one that is recommended)")
    .option("--json", "print JSON, as POST /api/v1/plan answers")
    .addHelpText("after", remarks)
    .action(
      toAction((flags: PlanFlags) =>
        run({ input: readPlanInput(flags), isJson: flags.json === true }),
      ),
    );
}

function readPlanInput(flags: PlanFlags): PlanInput {
  const whole = (name: string, text: string | undefined, at: WholeFigure): number =>
    wholeNumber(name, text, { ...planBounds[at], otherwise: planDefaults[at] });
  const { votesPerSecond, hours, database, log } = flags;
  return {
    votesPerSecond: realNumber(
      "votes-per-second",
      required("votes-per-second", votesPerSecond),
      planBounds.votesPerSecond,
    ),
    hours: hours === undefined ? planDefaults.hours : realNumber("hours", hours, planBounds.hours),
    sessionsAMonth: whole("sessions-a-month", flags.sessionsAMonth, "sessionsAMonth"),
    decisions: whole("decisions", flags.decisions, "decisions"),
    voters: whole("voters", flags.voters, "voters"),
    continents: whole("continents", flags.continents, "continents"),
    regions: whole("regions", flags.regions, "regions"),
    isRollCall: flags.rollCall === true,
    watchers: whole("watchers", flags.watchers, "watchers"),
    database:
      database === undefined
        ? null
        : oneOf<PlannedDatabase>("database", database, ["d1", "postgres"]),
    log: log === undefined ? null : oneOf<PlannedLog>("log", log, ["queue", "kafka"]),
  };
}

type WholeFigure =
  | "sessionsAMonth"
  | "decisions"
  | "voters"
  | "continents"
  | "regions"
  | "watchers";
