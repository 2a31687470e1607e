import { requestDigest } from "../../auth/digest.ts";
import { limits } from "../../shared/limits.ts";
import { Problem } from "../problem.ts";

const printable = /^[\x20-\x7e]+$/;

/**
 * The digest of a request's Idempotency-Key, or null without one; `suffix` distinguishes the votes
 * of a batch.
 * @throws {Problem} idempotency.invalid_key
 */
export function requestKeyOf(header: string | undefined, suffix = ""): string | null {
  if (header === undefined) return null;
  const isValid = header.length <= limits.idempotencyKeyCharactersMax && printable.test(header);
  if (!isValid) throw new Problem("idempotency.invalid_key");
  return requestDigest(`${header}${suffix}`);
}
