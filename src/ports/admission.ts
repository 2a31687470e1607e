/**
 * What is counted together: requests of anybody by address (`read`, `list`, `watch`, `evaluate`,
 * `export`), credentials that were no good by address (`failed`), exchanges of logins by the login's
 * subject once it is verified and sign-ins by the key, voters' requests by the subject of their
 * tokens, and those with an API key or in a session by either.
 */
export type RequestClass =
  | "read"
  | "list"
  | "watch"
  | "evaluate"
  | "export"
  | "exchange"
  | "failed"
  | "voter"
  | "key";

/** Who may go on, before any object is called. */
export interface Admission {
  /** Whether anything is limited here. */
  readonly isOn: boolean;
  /**
   * Counts a request of this subject, and says whether it may go on. Never rejects, and answers
   * within a bound: while nobody else can count, reads go on, and what writes or takes long is
   * counted by this isolate alone.
   */
  admits(kind: RequestClass, subject: string): Promise<boolean>;
  /**
   * Counts a voter's request here, and says whether it must be asked about. A voter whom this
   * isolate has met once or twice lately need not be.
   */
  isFrequentVoter(pid: string): boolean;
}
