import type { SeriesDefinition } from "./series-definition.ts";

/** Times of requests and calls, in seconds: OpenTelemetry's for `http.server.request.duration`. */
const requestBounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
/** Times that ballots wait on their way, in seconds, up to an hour. */
const waitBounds = [0.5, 1, 2, 5, 10, 30, 60, 120, 300, 900, 3_600];

const always = (): boolean => true;

/**
 * The routes on which voters, and stations for them, ask: how often they do tells how many vote. The
 * keys are among them, since clients read those with each vote to check its receipt. The router's
 * spelling.
 */
export const votersRoutes: ReadonlySet<string> = new Set([
  "/api/v1/voting/cast-vote",
  "/api/v1/voting/withdraw",
  "/api/v1/decisions/:decisionId/ballot-socket",
  "/api/v1/decisions/:decisionId/station-socket",
  "/api/v1/decisions/:decisionId/votes/mine",
  "/api/v1/decisions/:decisionId/votes/batch",
  "/api/v1/decisions/:decisionId/tokens/exchange",
  "/api/v1/decisions/:decisionId/eligibility",
  "/api/v1/decisions/:decisionId/look-ups",
  "/.well-known/enviro-governance/keys",
]);

/**
 * The one list of what is measured, with names by OpenTelemetry's semantic conventions where there
 * are any. No label names a decision, region, choice, voter, key, address or shard.
 */
export const series = {
  "http.server.request.duration": {
    kind: "histogram",
    help: "Time from a request's arrival to the head of its answer",
    unit: "seconds",
    bounds: requestBounds,
    labels: {
      "http.request.method": ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "_OTHER"],
      "http.route": /^(?:none|page|\/[a-z0-9_.\-/]*(?::[a-z]+[a-z0-9_.\-/]*)*)$/i,
      status_class: ["1xx", "2xx", "3xx", "4xx", "5xx"],
    },
    isHeldBack: ([, route = "", status]) => votersRoutes.has(route) && status !== "5xx",
  },
  "enviro.votes": {
    kind: "counter",
    help: "Votes by what came of them; of sealed decisions only those that no shard answered",
    labels: { outcome: /^[a-z]+(?:\.[a-z_]+)?$/ },
    expected: [["shard.overloaded"], ["shard.unavailable"]],
    isHeldBack: ([outcome = ""]) => !outcome.startsWith("shard."),
  },
  "enviro.commit.size": {
    kind: "histogram",
    help: "Requests that were decided in one commit of a shard; none of sealed decisions",
    unit: "ballots",
    bounds: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000],
    labels: {},
    isHeldBack: always,
  },
  "enviro.commit.duration": {
    kind: "histogram",
    help: "Time until a commit of a shard is on disk, one at a time; none of sealed decisions",
    unit: "seconds",
    bounds: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
    labels: {},
    isHeldBack: always,
  },
  "enviro.outbox.age": {
    kind: "histogram",
    help: "Time that the oldest ballots of a drain waited in their shard; none of sealed decisions",
    unit: "seconds",
    bounds: waitBounds,
    labels: {},
    isHeldBack: always,
  },
  "enviro.vote_log.lag": {
    kind: "gauge",
    help: "Time from a ballot's acceptance to the database: the longest of the last minute, in steps",
    unit: "seconds",
    across: "max",
    steps: waitBounds,
    labels: {},
  },
  "enviro.database.write.duration": {
    kind: "gauge",
    help: "Time that the writer takes for a batch: the longest of the last minute, in steps",
    unit: "seconds",
    across: "max",
    steps: waitBounds,
    labels: {},
  },
  "enviro.database.write.failures": {
    kind: "counter",
    help: "Batches of ballots that the database did not take; they come again",
    labels: {},
  },
  "enviro.dead_letters": {
    kind: "counter",
    help: "Records and ballots that were put aside",
    labels: { reason: ["unreadable", "refused"] },
  },
  "enviro.database.lag": {
    kind: "gauge",
    help: "How long the ballot that has waited longest for the database waits, in whole minutes",
    unit: "seconds",
    across: "max",
    labels: {},
  },
  "enviro.database.waiting": {
    kind: "gauge",
    help: "Ballots that wait for the database, at least: a power of ten, or 0",
    unit: "",
    across: "max",
    labels: {},
  },
  "enviro.certification.age": {
    kind: "gauge",
    help: "How long the decision that has waited longest to be certified waits, in whole minutes",
    unit: "seconds",
    across: "max",
    labels: {},
  },
  "enviro.certification.waiting": {
    kind: "gauge",
    help: "Decisions that are over and wait to be certified for longer than that takes",
    unit: "",
    across: "max",
    labels: {},
  },
  "enviro.watchers": {
    kind: "gauge",
    help: "Readers who watch results live",
    unit: "",
    across: "sum",
    labels: {},
  },
  "enviro.cache.reads": {
    kind: "counter",
    help: "Reads of results, by where they were answered from",
    labels: { tier: ["isolate", "ready", "renewed", "spare", "record"] },
  },
  "enviro.database.replica.reads": {
    kind: "counter",
    help: "Lists that a replica of Postgres could have answered, by who answered them and why",
    labels: {
      answered_by: ["replica", "primary_no_bookmark", "primary_behind", "primary_away"],
    },
  },
  "enviro.limiter.refusals": {
    kind: "counter",
    help: "Requests that were refused since there were too many, by their class",
    labels: {
      class: ["read", "list", "watch", "evaluate", "export", "exchange", "failed", "voter", "key"],
    },
  },
  "enviro.alarm.lateness": {
    kind: "gauge",
    help: "How late objects' alarms came: the latest of the last minute, in steps",
    unit: "seconds",
    across: "max",
    steps: [1, 5, 10, 30, 60, 300, 900, 3_600],
    labels: { object: ["shard", "room", "writer"] },
  },
  "enviro.failures": {
    kind: "counter",
    help: "Failures that were logged, by their event",
    labels: { event: /^[a-z_]+\.[a-z_]+$/ },
  },
  "enviro.telemetry.dropped": {
    kind: "counter",
    help: "Measurements and spans of traces that were lost, by why",
    labels: { reason: ["too_many_series", "collector_full", "not_sent", "spans_not_sent"] },
  },
  "enviro.build": {
    kind: "gauge",
    help: "1, with the release that answers",
    unit: "",
    across: "max",
    labels: { release: /^[0-9a-z][0-9a-z.+-]{0,63}$/i },
  },
} as const satisfies Readonly<Record<string, SeriesDefinition>>;

export type SeriesName = keyof typeof series;

type NamesOf<Kind extends SeriesDefinition["kind"]> = {
  [Name in SeriesName]: (typeof series)[Name]["kind"] extends Kind ? Name : never;
}[SeriesName];
export type CounterName = NamesOf<"counter">;
export type HistogramName = NamesOf<"histogram">;
export type GaugeName = NamesOf<"gauge">;

/** The labels that a series takes, each as text. */
export type LabelsOf<Name extends SeriesName> = Readonly<
  Record<keyof (typeof series)[Name]["labels"], string>
>;

/** A series' definition, or null where this release has none of that name. */
export function findSeries(name: string): SeriesDefinition | null {
  // Checked right before.
  return Object.hasOwn(series, name) ? series[name as SeriesName] : null;
}
