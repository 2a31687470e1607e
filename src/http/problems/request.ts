import { limits } from "../../shared/limits.ts";
import type { ProblemTable } from "./problem-table.ts";

/** A request that can't be read: its path, its query or its body. */
export const requestProblems = {
  "body.not_json": {
    status: 400,
    title: "The body is not JSON",
    detail: "Send one JSON object, encoded as UTF-8, with content-type application/json.",
  },
  "body.unsupported_type": {
    status: 415,
    title: "The body's type is not supported",
    detail: "Send JSON, with content-type application/json.",
  },
  "body.unsupported_encoding": {
    status: 415,
    title: "The body's encoding is not supported",
    detail: "Send it without Content-Encoding, as UTF-8.",
  },
  "body.duplicate_key": {
    status: 400,
    title: "A member stands twice",
    detail: "Name every member of an object once.",
  },
  "body.too_deep": {
    status: 400,
    title: "The body is nested too deep",
    detail: `Nest objects and lists at most ${limits.jsonDepthMax} deep.`,
  },
  "body.wrong_type": {
    status: 400,
    title: "A member is missing or of the wrong type",
    detail: "`errors` names the member and what is expected of it.",
  },
  "body.unknown_field": {
    status: 400,
    title: "A member is not known",
    detail: "Leave out the members named in `errors`.",
  },
  "body.invalid": {
    status: 400,
    title: "A member is out of range",
    detail: "`errors` names the member and what is expected of it.",
  },
  "body.too_large": {
    status: 413,
    title: "The body is too large",
    detail: "Send fewer or shorter items a request.",
  },
  "body.cut_off": {
    status: 400,
    title: "The body broke off",
    detail: "Nothing was changed; send the whole of it again.",
  },
  "query.invalid": {
    status: 400,
    title: "A parameter is not valid",
    detail: "See `errors` for the parameter and what is expected.",
  },
  "rate.exceeded": {
    status: 429,
    title: "Too many requests",
    detail: "Nothing was changed; repeat the request after the time in Retry-After.",
    retryAfterSeconds: limits.rateWindowSeconds,
  },
  "query.unknown_parameter": {
    status: 400,
    title: "A parameter is not known",
    detail: "Leave out the parameter named in `errors`.",
  },
  "method.not_allowed": {
    status: 405,
    title: "The path does not take this method",
    detail: "Use one that the Allow header lists.",
  },
  "route.not_found": {
    status: 404,
    title: "There is nothing here",
    detail: "See /api/v1/openapi.json for what there is.",
  },
  "route.upgrade_required": {
    status: 426,
    title: "This path is for WebSockets",
    detail: "Ask for an upgrade to `websocket`, or follow …/results/stream instead.",
  },
} satisfies ProblemTable;
