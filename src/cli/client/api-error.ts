import { problemSchema } from "./contract.ts";

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

/** The refusal in an answer's text, which is a problem document unless something between us and the platform answered. */
export function toApiError(call: string, status: number, text: string): ApiError {
  let body: unknown = null;
  try {
    body = JSON.parse(text);
  } catch {
    // Not a problem document: the text itself is the best description there is.
  }
  const problem = problemSchema.safeParse(body);
  if (!problem.success) return new ApiError(call, status, "unknown", text.slice(0, 200));
  const { code, title, detail } = problem.data;
  return new ApiError(call, status, code, detail === "" ? title : detail);
}
