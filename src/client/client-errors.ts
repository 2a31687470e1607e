/** What a refusal says (RFC 9457). */
export type RefusedProblem = {
  status: number;
  code: string;
  detail: string;
  /** The members that are refused, by JSON pointer (RFC 6901). */
  errors?: readonly { pointer: string; detail: string }[];
  /** Rows of a roll that name a voter again, and where the voter was named first. */
  twins?: readonly { line: number; first_line: number }[];
};

/** The API refused: `code` is stable and `detail` says what to do next. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly code: string;
  readonly problem: RefusedProblem;

  constructor(call: string, problem: RefusedProblem) {
    const { status, code, detail } = problem;
    super(`${call} answered ${status} ${code}: ${detail}`);
    this.status = status;
    this.code = code;
    this.problem = problem;
  }
}

/** There was no answer in all tries; `cause` is what the last one ended with. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";

  constructor(call: string, tries: number, cause: Error) {
    const times = tries === 1 ? "1 try" : `${tries} tries`;
    super(`${call} got no answer in ${times}: ${cause.message}`, { cause });
  }
}

const mismatches = {
  decision: "it is of another decision",
  choice: "the recorded ballot is not this choice with this nonce",
  cell: "the recorded region or weight is another",
  key: "the key that signed it is not published",
  signature: "its signature is not of the published key",
} as const;

/** What of a receipt does not fit. */
export type ReceiptMismatch = keyof typeof mismatches;

/**
 * The receipt of a vote is not what the vote and its nonce make, or nobody known has signed it. The
 * vote may be recorded as something else: keep both, and show them to the organiser.
 */
export class ForeignReceipt extends Error {
  override readonly name = "ForeignReceipt";

  readonly mismatch: ReceiptMismatch;

  constructor(mismatch: ReceiptMismatch) {
    super(`The receipt does not fit the vote: ${mismatches[mismatch]}`);
    this.mismatch = mismatch;
  }
}

/** The answer is not what the contract says. */
export class ContractError extends Error {
  override readonly name = "ContractError";

  constructor(call: string, detail: string) {
    super(`${call} broke the contract: ${detail}`);
  }
}
