import { decisionAddress } from "../app/addresses.ts";

/**
 * What a ballot token says of itself. Only the server can tell whether it is genuine; the page
 * reads it to warn early.
 */
export interface TokenClaims {
  decisionId: string;
  region: string | null;
  weight: number;
  name: string | null;
  /** In ms. */
  expiresAt: number;
}

export interface BallotToken {
  token: string;
  claims: TokenClaims;
}

const tokenCharactersMax = 4_096;

/**
 * Reads what a voter pasted: a bare token, one broken over lines by a mail program, or the whole
 * link that it came in. Null when no ballot token is in it.
 */
export function readBallotToken(pasted: string): BallotToken | null {
  const token = (tokenInLink(pasted) ?? pasted).replaceAll(/\s|^Bearer\s/g, "");
  if (token.length > tokenCharactersMax || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return null;
  const claims = readClaims(token.split(".")[1] ?? "");
  return claims === null ? null : { token, claims };
}

/** The token in an address' fragment, the one part of an address that browsers send nowhere. */
export function tokenInLink(text: string): string | null {
  return /#token=([^&\s]*)/.exec(text)?.[1] ?? null;
}

function readClaims(segment: string): TokenClaims | null {
  let claims: unknown;
  try {
    const bytes = Uint8Array.from(
      atob(segment.replaceAll("-", "+").replaceAll("_", "/")),
      (character) => character.charCodeAt(0),
    );
    claims = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
  if (typeof claims !== "object" || claims === null) return null;
  const { aud, region, weight, name, exp }: Record<string, unknown> = { ...claims };
  if (typeof aud !== "string" || typeof exp !== "number") return null;
  return {
    decisionId: aud,
    region: typeof region === "string" && region !== "" ? region : null,
    weight: typeof weight === "number" ? weight : 1,
    name: typeof name === "string" ? name : null,
    expiresAt: exp * 1_000,
  };
}

/**
 * Where a token is used. It travels in the fragment, which is sent to no server and is taken out of
 * the address on arrival.
 */
export function ballotAddress({ token, claims }: BallotToken): string {
  return `${decisionAddress(claims.decisionId, "ballot")}#token=${token}`;
}
