import { limits } from "../../shared/limits.ts";
import { hostCookie } from "./host-cookie.ts";

/** Keeps a session's secret for as long as the session lasts. */
export const sessionCookie = hostCookie("session", {
  sameSite: "Strict",
  lastsMs: limits.sessionMs,
});
