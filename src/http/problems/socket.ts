import { limits } from "../../shared/limits.ts";
import type { ProblemTable } from "./problem-table.ts";

/** A socket for votes that is not opened. */
export const socketProblems = {
  "sockets.too_many": {
    status: 429,
    title: "This voter has too many sockets open",
    detail: "Close one of them, or vote with POST instead.",
    retryAfterSeconds: limits.rateWindowSeconds,
  },
  "sockets.full": {
    status: 503,
    title: "Too many vote over sockets",
    detail: "Vote with POST instead.",
    retryAfterSeconds: 5,
  },
  "socket.no_credit": {
    status: 429,
    title: "More votes are unanswered than the socket takes",
    detail: "Nothing of the message was counted; send it again once others are answered.",
    retryAfterSeconds: 1,
  },
} satisfies ProblemTable;
