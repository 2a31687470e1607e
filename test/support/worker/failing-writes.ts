import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";

/** A write as a test names it: "put seal/0", "delete draft/1", "set alarm", or the statement's text. */
type IsToFail = (write: string) => boolean;

/** The only write that fails by a promise. */
const setAlarm = "set alarm";

let isToFail: IsToFail = () => false;
let isInstalled = false;

/** What a write that was made to fail throws. */
export const writeFault = "database or disk is full: SQLITE_FULL";

/** Lets the next write that this holds of fail, in whatever object; those after it succeed. */
export async function failNextWrite(isMeant: IsToFail): Promise<void> {
  await install();
  isToFail = (write) => {
    if (!isMeant(write)) return false;
    isToFail = () => false;
    return true;
  };
}

/**
 * Lets the n-th write from here on fail, counted over all objects; tells which it was, or null while
 * there were not so many.
 */
export async function failNthWrite(nth: number): Promise<{ readonly failed: string | null }> {
  await install();
  let seen = 0;
  const fault: { failed: string | null } = { failed: null };
  isToFail = (write) => {
    seen += 1;
    if (seen !== nth) return false;
    fault.failed = write;
    return true;
  };
  return fault;
}

/** No write fails from here on. */
export function letWritesSucceed(): void {
  isToFail = () => false;
}

/** Tests and objects share an isolate, so the platform's own classes are changed for both. */
async function install(): Promise<void> {
  if (isInstalled) return;
  isInstalled = true;
  await runInDurableObject(env.REGISTRY.getByName("of failing writes"), (_, { storage }) => {
    guard(prototypeOf(storage.sql), "exec", (text) =>
      isRead(String(text)) ? null : String(text).trim(),
    );
    guard(prototypeOf(storage.kv), "put", (key) => `put ${String(key)}`);
    guard(prototypeOf(storage.kv), "delete", (key) => `delete ${String(key)}`);
    guard(prototypeOf(storage), "setAlarm", () => setAlarm);
  });
}

function isRead(text: string): boolean {
  return !/\b(INSERT|UPDATE|DELETE|CREATE|DROP)\b/.test(text);
}

function prototypeOf(platformObject: object): object {
  const prototype: unknown = Object.getPrototypeOf(platformObject);
  if (typeof prototype !== "object" || prototype === null) throw new Error("it has no class");
  return prototype;
}

function guard(prototype: object, name: string, writeOf: (first: unknown) => string | null): void {
  const original: unknown = Reflect.get(prototype, name);
  if (typeof original !== "function") throw new Error(`there is no ${name}`);
  Object.defineProperty(prototype, name, {
    configurable: true,
    writable: true,
    value(this: unknown, ...args: unknown[]): unknown {
      const write = writeOf(args[0]);
      if (write !== null && isToFail(write)) {
        if (write === setAlarm) return Promise.reject(new Error(writeFault));
        throw new Error(writeFault);
      }
      return Reflect.apply(original, this, args);
    },
  });
}
