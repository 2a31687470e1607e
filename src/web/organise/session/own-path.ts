import { organiseAddress } from "../organise-addresses.ts";

/** Where to go on after signing in: a page of those who run decisions, whatever the address says. */
export function ownPath(asked: string | null): string {
  return asked !== null && /^\/organise(?:[/?#]|$)/.test(asked) ? asked : organiseAddress;
}
