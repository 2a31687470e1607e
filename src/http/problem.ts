import { problems, type ProblemCode } from "./problems/problems.ts";

/** What one refusal adds to what its code says by itself. */
export interface ProblemExtras extends ProblemMembers {
  /** The methods that a path takes, for the Allow header. */
  allow?: readonly string[];
}

interface ProblemMembers {
  /** In place of the code's own detail, where that can't know what to do next. */
  detail?: string;
  /** The members that are refused, by JSON pointer (RFC 6901). */
  errors?: readonly { pointer: string; detail: string }[];
  /** The receipt of an earlier ballot of the same voter. */
  receipt?: object;
  /** Rows of a roll that name a voter again, and where the voter was named first. */
  twins?: readonly { line: number; first_line: number }[];
}

/** A problem document (RFC 9457) with the members of our own: `code`, `errors`, `receipt` and `twins`. */
export interface ProblemDocument extends Omit<ProblemMembers, "detail"> {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ProblemCode;
}

/** A refusal that is thrown; `problemResponse` answers with it. Anything else thrown is a 500. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: ProblemCode;
  readonly extras: ProblemExtras;

  constructor(code: ProblemCode, extras: ProblemExtras = {}) {
    super(`${code}: ${problems[code].title}`);
    this.code = code;
    this.extras = extras;
  }
}

/** A refusal as its document. `type` is a URN, since a deployment's host name may change. */
export function toProblemDocument({ code, extras }: Problem): ProblemDocument {
  const { status, title, detail } = problems[code];
  const type = `urn:enviro-governance:problem:${code}`;
  const { allow: _, ...members } = extras;
  return { type, title, status, detail, code, ...members };
}

/** A refusal in a message of a socket, with the seconds that an answer has in Retry-After. */
export function toProblemMessage(problem: Problem): {
  problem: ProblemDocument;
  retry_after: number | null;
} {
  const { retryAfterSeconds = null } = problems[problem.code];
  return { problem: toProblemDocument(problem), retry_after: retryAfterSeconds };
}

const codesOfAnswers = new WeakMap<Response, ProblemCode>();

/** The code of the refusal that an answer is; undefined where it is none. */
export function problemCodeOf(answer: Response): ProblemCode | undefined {
  return codesOfAnswers.get(answer);
}

/** The answer to a request that is refused. */
export function problemResponse(problem: Problem): Response {
  const { status, retryAfterSeconds } = problems[problem.code];
  const headers = new Headers({
    "content-type": "application/problem+json",
    "cache-control": "no-store",
  });
  if (retryAfterSeconds !== undefined) headers.set("retry-after", String(retryAfterSeconds));
  const { allow } = problem.extras;
  if (allow !== undefined) headers.set("allow", allow.join(", "));
  if (status === 415) headers.set("accept-encoding", "identity");
  if (status === 426) headers.set("upgrade", "websocket");
  if (status === 401) headers.set("www-authenticate", "Bearer");
  const answer = new Response(JSON.stringify(toProblemDocument(problem)), { status, headers });
  codesOfAnswers.set(answer, problem.code);
  return answer;
}
