/**
 * What SQLite says of data that it will never take. Every other error is taken for an outage, so
 * that an outage never makes dead letters.
 */
const rejections = [
  "SQLITE_CONSTRAINT",
  "constraint failed",
  "SQLITE_MISMATCH",
  "datatype mismatch",
  "SQLITE_TOOBIG",
  "string or blob too big",
  "malformed JSON",
];

/** Whether D1 has refused data, and will again. */
export function isD1Rejection(error: unknown): boolean {
  const message = String(error);
  return rejections.some((sign) => message.includes(sign));
}
