import { DatabaseError } from "pg";

/**
 * Whether Postgres will never take this ballot (appendix A of its manual, "Error Codes"): data that
 * no value of its column is (class 22), a check or a missing value (two of class 23), a key too
 * long for its index. Anything else is an outage, so that an outage never makes dead letters.
 */
export function isRejection(error: unknown): boolean {
  if (!(error instanceof DatabaseError)) return false;
  const { code = "", constraint } = error;
  // A row without a partition violates a check as well, but one without a name: it waits until
  // there is a partition.
  if (code === checkViolation) return constraint !== undefined;
  return code.startsWith(dataException) || code === notNullViolation || code === limitExceeded;
}

const checkViolation = "23514";
const notNullViolation = "23502";
const dataException = "22";
const limitExceeded = "54000";
