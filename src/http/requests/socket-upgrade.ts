import { ballotProtocol, bearerProtocolPrefix } from "../contract/ballot-socket.ts";
import { Problem } from "../problem.ts";

/** @throws {Problem} route.upgrade_required */
export function requireUpgrade({ headers }: Request): void {
  if (headers.get("upgrade")?.toLowerCase() !== "websocket")
    throw new Problem("route.upgrade_required");
}

/** What a client offers to speak (RFC 6455, 11.3.4). */
export function offeredProtocols({ headers }: Request): string[] {
  const offered = headers.get("sec-websocket-protocol") ?? "";
  return offered.split(",").map((name) => name.trim());
}

/** What is spoken with a client that offers these; null where it offers none. */
export function chosenProtocol(offered: readonly string[]): string | null {
  return offered.includes(ballotProtocol) ? ballotProtocol : null;
}

/** The credential of whoever can't set a header; never one of the address, which is logged. */
export function tokenAmong(offered: readonly string[]): string | null {
  const named = offered.find((name) => name.startsWith(bearerProtocolPrefix));
  return named?.slice(bearerProtocolPrefix.length) ?? null;
}
