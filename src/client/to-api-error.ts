import { limits } from "../shared/limits.ts";
import { ApiError, type RefusedProblem } from "./client-errors.ts";

/**
 * Reads a refusal, which is a problem document unless something between us and the platform
 * answered.
 */
export function toApiError(call: string, status: number, text: string): ApiError {
  try {
    // What is not a problem document has none of these members.
    const {
      code = "unknown",
      title = "",
      detail = title,
      ...members
    } = JSON.parse(text) as Partial<RefusedProblem> & { title?: string };
    return new ApiError(call, { ...members, status, code, detail });
  } catch {
    const detail = text.slice(0, limits.clientQuoteCharactersMax);
    return new ApiError(call, { status, code: "unknown", detail });
  }
}
