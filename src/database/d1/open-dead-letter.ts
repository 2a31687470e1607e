/**
 * Whether a row of dead_letters is open: one look at the key of votes. A dead letter that names no
 * ballot stays open. Columns are spelled out, since Drizzle drops the table's name where it selects
 * from one.
 */
export const isDeadLetterOpen = `NOT EXISTS (
  SELECT 1 FROM votes AS landed
  WHERE landed.decision_id = dead_letters.decision_id AND landed.shard = dead_letters.shard AND landed.seq = dead_letters.seq
)`;
