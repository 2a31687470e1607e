import {
  UnknownVersion,
  versionOf,
  withoutVersion,
  withVersion,
  type Form,
  type Versioned,
} from "./versioned.ts";

/** The methods that one kind of object is called by, each with the version of its messages. */
export type CallTable = {
  readonly name: string;
  readonly versions: Readonly<Record<string, number>>;
};

/** A call of an object's method as it travels, with the version of its arguments and answer. */
export type VersionedCall = {
  readonly v: number;
  readonly method: string;
  readonly args: unknown[];
  /** The span that calls (W3C `traceparent`), where it is recorded. */
  readonly trace?: string | undefined;
};

/** An object that takes versioned calls. */
export type CallTarget = { call(call: VersionedCall): Promise<Versioned<unknown>> };

/** The methods of an object that a table names, as its callers see them. */
export type CallsOf<Target, Method extends keyof Target> = {
  readonly [Name in Method]: Target[Name] extends (...args: infer Args) => infer Answer
    ? (...args: Args) => Promise<Awaited<Answer>>
    : never;
};

/** Sends a call with its version, and gives the answer without. @throws {UnknownVersion} */
export async function sendCall(
  table: CallTable,
  target: CallTarget,
  { method, args, trace }: Omit<VersionedCall, "v">,
): Promise<unknown> {
  const form = formOf(table, method);
  const call = { v: versionOf(form), method, args };
  const answer = await target.call(trace === undefined ? call : { ...call, trace });
  return withoutVersion(form, answer);
}

/**
 * Answers a call that arrived. Nothing is done where the caller's release has another version, or
 * a method that this one has not.
 * @throws {UnknownVersion}
 */
export async function answerCall(
  table: CallTable,
  target: object,
  { v, method, args }: VersionedCall,
): Promise<Versioned<unknown>> {
  const form = formOf(table, method);
  const sent = withoutVersion(form, { v, value: args });
  // The table names methods of the object alone, which its type holds.
  const run = Reflect.get(target, method) as (...args: unknown[]) => unknown;
  return withVersion(form, await run.apply(target, sent));
}

function formOf({ name, versions }: CallTable, method: string): Form {
  const version = Object.hasOwn(versions, method) ? versions[method] : undefined;
  if (version === undefined) {
    throw new UnknownVersion(`${name} has no method ${method}: deploy the newer release`);
  }
  return { name: `the call ${method} of ${name}`, version };
}
