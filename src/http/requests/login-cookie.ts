import { limits } from "../../shared/limits.ts";
import { hostCookie } from "./host-cookie.ts";

/**
 * Keeps the attempt of a browser that is away at a provider, for as long as it is good. It comes
 * back from another site, to which a browser sends no cookie that is Strict.
 */
export const loginCookie = hostCookie("login", { sameSite: "Lax", lastsMs: limits.staffLoginMs });
