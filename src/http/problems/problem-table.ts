import type { ContentfulStatusCode } from "hono/utils/http-status";

/** What is the same for every refusal of one code. */
export interface ProblemKind {
  status: ContentfulStatusCode;
  title: string;
  /** A safe sentence that says what to do next. */
  detail: string;
  /** When the request may be repeated; sent as Retry-After. */
  retryAfterSeconds?: number;
}

/** Kinds of problems by their stable dotted codes. */
export type ProblemTable = Readonly<Record<string, ProblemKind>>;
