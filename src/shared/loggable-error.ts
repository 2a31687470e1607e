/**
 * An error whose message may be logged and shown in health: words of ours, numbers, and names of
 * variables, tables and calls. Never what a request, a store or another service has sent.
 */
export class LoggableError extends Error {
  override readonly name: string = "LoggableError";
}

/** What may be told of an error. */
export interface ErrorDescription {
  /** The kind of the error, and its message or codes where they may be told. */
  cause: string;
  /** The place in the code where it was thrown. */
  at: string;
}

/**
 * Describes an error for the log and for health. Of one that wraps others the innermost is
 * described. A message is told only where it is known to quote nothing: engines, databases and
 * clients quote what they fail on, and that may be a voter, a vote or a key. Of any other error
 * there is its kind, its codes and where it was thrown.
 */
export function describeError(error: unknown): ErrorDescription {
  const inner = innermostOf(error);
  if (!(inner instanceof Error)) {
    return { cause: isKnownMessage(String(inner)) ? String(inner) : unnamed, at: nowhere };
  }
  const kind = kindOf(inner);
  const cause = isLoggable(inner) ? `${kind}: ${inner.message}` : withCodes(kind, inner);
  return { cause, at: placeOf(inner) };
}

/** The cause alone. */
export function describeCause(error: unknown): string {
  return describeError(error).cause;
}

/**
 * The same error where all of it may be logged, else one that says as much of it as may be: for
 * errors that leave an object, since the platform logs them by itself.
 */
export function toLoggable(error: unknown): Error {
  if (error instanceof Error && error.cause === undefined && isLoggable(error)) return error;
  const { cause, at } = describeError(error);
  const loggable = new LoggableError(cause);
  loggable.stack = `${loggable.name}: ${cause}\n    ${at}`;
  return loggable;
}

const unnamed = "something that is no error";
const nowhere = "unknown";
/** Errors are wrapped two or three deep; one that causes itself ends here. */
const depthMax = 8;

/** What an error was first made for, however often it was wrapped. */
export function innermostOf(error: unknown): unknown {
  let inner = error;
  for (let depth = 0; depth < depthMax; depth += 1) {
    const next: unknown =
      inner instanceof AggregateError ? inner.errors[0] : inner instanceof Error && inner.cause;
    if (next === undefined || next === null || next === false) return inner;
    inner = next;
  }
  return inner;
}

/** Our own kinds whose messages are made like those of a `LoggableError`; names survive calls. */
const loggableKinds: ReadonlySet<string> = new Set([
  "LoggableError",
  "BallotsArchived",
  "KafkaFailure",
  "PlatformLimitExceeded",
  "UnknownVersion",
]);

/** Messages of the platform and its databases that have room for no text of anybody's. */
const knownMessages: readonly RegExp[] = [
  /^(?:D1_ERROR: |D1_EXEC_ERROR: )?no such (?:table|column|index): [a-z_]\w{0,62}(?:: SQLITE_ERROR)?$/,
  /^(?:D1_ERROR: )?(?:UNIQUE|NOT NULL) constraint failed: [\w., ]{1,200}(?:: SQLITE_CONSTRAINT\w*)?$/,
  /^(?:D1_ERROR: )?database or disk is full(?:: SQLITE_FULL)?$/,
  /^(?:D1_ERROR: )?too many SQL variables(?: at offset \d+)?(?:: SQLITE_ERROR)?$/,
  /^(?:D1_ERROR: )?(?:string or blob too big|out of memory)(?:: SQLITE_\w+)?$/,
  /^cannot modify [a-z_]{1,62} because it is a view(?:: SQLITE_ERROR)?$/,
  /^could not (?:extend|write(?: to)?) file "(?:base|pg_\w+)[\w/.]{0,80}"[\w (),:]{0,60}: No space left on device$/,
  /^permission denied for (?:table|schema|sequence|function) \w{1,63}$/,
  /^relation "\w{1,63}" does not exist$/,
  /^Network connection lost\.$/,
  /^Durable Object is overloaded\. [\w .,']{1,200}$/,
  /^(?:The )?Durable Object(?:'s| has been| reset| storage| exceeded)[\w .,']{1,200}$/,
  /^internal error(?:; reference = \w{1,64})?$/,
  /^Too many subrequests\.?$/,
  /^Maximum call stack size exceeded$/,
  /^The operation was aborted(?: due to timeout)?$/,
  /^fetch failed$/,
  /^connect E[A-Z]{3,14}$/,
];

function isKnownMessage(message: string): boolean {
  return knownMessages.some((known) => known.test(message));
}

function isLoggable(error: Error): boolean {
  return loggableKinds.has(error.name) || isKnownMessage(error.message);
}

/** Names of classes of errors, of whatever library; what is no such name is an `Error`. */
function kindOf({ name }: Error): string {
  const isKind = /^[A-Z][A-Za-z]{0,40}(?:Error|Failure|Exception|Refusal)$/.test(name);
  return isKind || loggableKinds.has(name) ? name : "Error";
}

/** Codes and names that errors of databases, sockets and objects carry beside their message. */
function withCodes(kind: string, error: Error): string {
  const codes = [
    codeOf(error, "code", /^(?:[0-9A-Z]{5}|E[A-Z]{3,14}|[A-Z]{2,10}(?:_[A-Z0-9]{1,20}){1,6})$/),
    codeOf(error, "apiId", /^[A-Z]{2,20}(?:_[A-Z]{1,20}){0,8}$/),
    codeOf(error, "constraint", /^[a-z_][a-z0-9_]{0,62}$/),
    codeOf(error, "status", /^[1-5]\d\d$/),
    /: (SQLITE_[A-Z]{2,20})(?:_[A-Z]+)?$/.exec(error.message)?.[1] ?? null,
    ...["overloaded", "retryable"].filter((flag) => Reflect.get(error, flag) === true),
  ].filter((code) => code !== null);
  return codes.length === 0 ? kind : `${kind} (${codes.join(", ")})`;
}

function codeOf(error: Error, member: string, shape: RegExp): string | null {
  const code: unknown = Reflect.get(error, member);
  if (typeof code !== "string" && typeof code !== "number") return null;
  return shape.test(String(code)) ? String(code) : null;
}

const frameShape =
  /^at (?:(?:async |new )?[\w$.<>#]{1,120}(?: \[as [\w$.]{1,80}\])? )?\(?(?:<anonymous>|[\w$./:@~+-]{1,300}:\d+:\d+)\)?$/;

/** The first frame of the stack, after the message, in which a text may look like a frame. */
function placeOf({ message, stack = "" }: Error): string {
  const start = stack.indexOf(message);
  const frames = start === -1 ? "" : stack.slice(start + message.length);
  const [first = ""] = /^\s*at .+$/m.exec(frames) ?? [];
  const frame = first.trim();
  return frameShape.test(frame) ? frame : nowhere;
}
