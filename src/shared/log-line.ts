import { describeError } from "./loggable-error.ts";

/**
 * The one list of what may stand in the log. A line has an event of this list, fields of
 * `fieldShapes`, and an error's cause and place (`describeError`); there is no other way into it.
 */
export type LogEvent =
  | "admission.limiter_away"
  | "cache.final_result_not_published"
  | "cache.foreign_entry"
  | "cache.misconfigured"
  | "cache.paused"
  | "cache.refuses_writes"
  | "cache.renewal_failed"
  | "cache.unreachable"
  | "challenge.misconfigured"
  | "challenge.unavailable"
  | "credential.refused"
  | "database.misconfigured"
  | "database.partitions_missing"
  | "database.replica_away"
  | "database.unhealthy"
  | "deployment.misconfigured"
  | "edge.shard_failed"
  | "checks.not_run"
  | "export.broken_off"
  | "http.failed"
  | "login.issuer_unavailable"
  | "login.provider_failed"
  | "logins.misconfigured"
  | "object.no_bookmark"
  | "object.unreadable"
  | "metrics.misconfigured"
  | "page.failed"
  | "registry.no_answer"
  | "results.record_no_answer"
  | "roll.note_failed"
  | "room.certify_failed"
  | "room.check_failed"
  | "room.checks_not_told"
  | "room.clock_failed"
  | "room.deletion_failed"
  | "room.early_finish_failed"
  | "room.extension_failed"
  | "room.foreign_rows"
  | "room.forgetting_failed"
  | "room.open_failed"
  | "room.projection_failed"
  | "room.rolls_not_dropped"
  | "room.results_unread"
  | "room.row_check_failed"
  | "room.publication_failed"
  | "room.search_not_told"
  | "room.seal_failed"
  | "room.shard_no_answer"
  | "room.waiting_not_told"
  | "shard.alarm_not_set"
  | "shard.backlog_not_told"
  | "shard.drain_failed"
  | "shard.socket_failed"
  | "search.tick_not_sent"
  | "search.waits"
  | "statistics.renewal_failed"
  | "traces.dropped"
  | "traces.misconfigured"
  | "vote_log.misconfigured"
  | "writer.commit_refused"
  | "writer.confirm_failed"
  | "writer.dead_letter"
  | "writer.failure_not_told"
  | "writer.not_started"
  | "writer.waits";

/** Where it happened. No voter, credential, choice, address, query, header, or time of a vote. */
export interface LogFields {
  /** The id of a decision. */
  decision?: string | null | undefined;
  shard?: number | null | undefined;
  /** The name of an object: a decision's, a shard's, or hexadecimal. */
  object?: string | undefined;
  /** The name of a writer, `writer-0` and so on. */
  writer?: string | undefined;
  queue?: string | undefined;
  method?: string | undefined;
  /** A route's pattern, never a path: that names its decision, and may name anything. */
  route?: string | undefined;
  /** Why there is a dead letter. */
  reason?: "unreadable" | "refused" | undefined;
  retries?: number | undefined;
  /** The code with which a credential was refused; never the credential. */
  refusal?: string | undefined;
  /** How often within the last minute. */
  count?: number | undefined;
}

/** Tells the log of a failure: what failed, why, and where. */
export type ReportFailure = (event: LogEvent, error: unknown, fields?: LogFields) => void;

const name = /^[a-z0-9][a-z0-9._-]{0,127}$/i;

/** What each field looks like. A value of another shape is left out, whatever its type claims. */
const fieldShapes: Readonly<Record<keyof LogFields, RegExp>> = {
  decision: name,
  shard: /^\d{1,3}$/,
  object: /^[a-z0-9][a-z0-9._-]{0,127}(?:\/\d{1,3})?$/i,
  writer: name,
  queue: name,
  method: /^[A-Z]{3,7}$/,
  route: /^\/[a-z0-9_.\-/*]*(?::[a-z]+[a-z0-9_.\-/*]*)*$/i,
  reason: /^(?:unreadable|refused)$/,
  retries: /^\d{1,9}$/,
  refusal: /^(?:key|token|login|role|session|challenge)\.[a-z_]{1,32}$/,
  count: /^\d{1,9}$/,
};

/** A failure as one line of JSON. */
export function formatFailure(event: LogEvent, error: unknown, fields: LogFields = {}): string {
  const { cause, at } = describeError(error);
  return JSON.stringify({ level: "error", event, cause, at, ...allowedFields(fields) });
}

/** What is counted and needs nobody's attention by itself, as one line of JSON. */
export function formatCountLine(event: LogEvent, fields: LogFields): string {
  return JSON.stringify({ level: "notice", event, ...allowedFields(fields) });
}

/** What needs somebody's attention and has no error, as one line of JSON. */
export function formatNotice(event: LogEvent, fields: LogFields): string {
  return JSON.stringify({ level: "error", event, ...allowedFields(fields) });
}

function allowedFields(fields: LogFields): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([field, value]: [string, unknown]) =>
        Object.hasOwn(fieldShapes, field) && hasShape(field as keyof LogFields, value),
    ),
  );
}

function hasShape(field: keyof LogFields, value: unknown): boolean {
  if (value === null) return true;
  if (typeof value !== "string" && typeof value !== "number") return false;
  return fieldShapes[field].test(String(value));
}
