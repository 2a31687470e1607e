/** The platform said no, and repeating the call would not change that. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(call: string, status: number, code: string, detail: string) {
    super(`${call} answered ${status} ${code}: ${detail}`);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
  }
}
