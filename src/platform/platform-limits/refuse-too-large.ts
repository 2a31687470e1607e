import { limits } from "../../shared/limits.ts";
import { serializedBytes } from "../../shared/serialized-bytes.ts";
import { utf8Bytes } from "../../shared/utf8-bytes.ts";

/**
 * Something is larger than half of what the platform takes: a defect of ours, found where it is made
 * and not by the largest decision of all. Its message names what, and never a value.
 */
export class PlatformLimitExceeded extends Error {
  override readonly name = "PlatformLimitExceeded";
}

/** Whether an environment wants our half of the platform's limits enforced; production does not. */
export function areLimitsEnforced(env: object): boolean {
  return Reflect.get(env, "ENFORCE_PLATFORM_LIMITS") === "true";
}

/** @throws {PlatformLimitExceeded} for a statement that is too long. */
export function refuseLongStatement(statement: string): void {
  const bytes = utf8Bytes(statement);
  refuseAbove(limits.platformStatementBytesMax, bytes, () => `the statement ${named(statement)}`);
}

/**
 * A row has at most its statement's parameters, so it is they together that have to fit a row.
 * @throws {PlatformLimitExceeded} for too many of them, or too large.
 */
export function refuseLargeParameters(statement: string, parameters: readonly unknown[]): void {
  const { length } = parameters;
  if (length > limits.platformParametersMax) {
    throw new PlatformLimitExceeded(
      `${named(statement)} binds ${length} parameters; ours are ${limits.platformParametersMax} at most`,
    );
  }
  const bytes = parameters.reduce<number>((sum, each) => sum + parameterBytes(each), 0);
  refuseAbove(limits.platformValueBytesMax, bytes, () => `what ${named(statement)} binds`);
}

/** @throws {PlatformLimitExceeded} for a value that is too large for its key. */
export function refuseLargeValue(key: string, value: unknown): void {
  const bytes = utf8Bytes(key) + serializedBytes(value);
  refuseAbove(limits.platformValueBytesMax, bytes, () => `the value of ${key}`);
}

/** @throws {PlatformLimitExceeded} for a message, or several at once, that are too large. */
export function refuseLargeMessages(messages: readonly { body: unknown }[]): void {
  let sum = 0;
  for (const { body } of messages) {
    const bytes = typeof body === "string" ? utf8Bytes(body) : serializedBytes(body);
    refuseAbove(limits.platformMessageBytesMax, bytes, () => "a message of a queue");
    sum += bytes;
  }
  refuseAbove(limits.platformSendBytesMax, sum, () => "what is sent to a queue at once");
}

function refuseAbove(bytesMax: number, bytes: number, what: () => string): void {
  if (bytes <= bytesMax) return;
  throw new PlatformLimitExceeded(`${what()} has ${bytes} bytes; ours have ${bytesMax} at most`);
}

function parameterBytes(parameter: unknown): number {
  if (typeof parameter === "string") return utf8Bytes(parameter);
  if (parameter instanceof ArrayBuffer || ArrayBuffer.isView(parameter))
    return parameter.byteLength;
  return numberBytes;
}

const numberBytes = 8;
const namedCharacters = 80;

/** The beginning of a statement, which is text of ours and holds no value. */
function named(statement: string): string {
  return `"${statement.replaceAll(/\s+/g, " ").trim().slice(0, namedCharacters)}"`;
}
