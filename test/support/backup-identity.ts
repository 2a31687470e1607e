/** Who may read the backups of the tests' own deployment: its recipient stands in vitest.config.ts. */
export const backupIdentity =
  "AGE-SECRET-KEY-1N8SQH84Z4URY9TVRYC38R086EM0SGT856U8VJEG909XS95X8A8CSV9C68L";
