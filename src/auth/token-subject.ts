import { Buffer } from "node:buffer";
import { macWith } from "./hmac.ts";

/**
 * A voter's pid as it stands in a ballot token: under a mask that the deployment's key alone takes
 * off. Ballots are published by pid, so whoever sees voters' tokens on their way would else read
 * their votes after the close.
 */
export type TokenSubjects = {
  /** The subject of a token for this pid: another each time. */
  hide(pid: string): string;
  /**
   * The pid in a subject, or null in what is none. Any 44 characters of base64url are some pid's:
   * it is the signature that makes a token good.
   */
  reveal(subject: string): string | null;
};

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const valueOf = new Map(Array.from(alphabet, (character, value) => [character, value]));

const pidCharacters = 22;
const nonceBytes = 16;
const purpose = "enviro-governance/ballot-token/subject/1";
const plainPattern = /^[A-Za-z0-9_-]{22}$/;
const maskedPattern = /^[A-Za-z0-9_-]{44}$/;

/**
 * A subject is 22 characters of a random nonce, then the pid's 22, each combined (exclusive or)
 * with one of HMAC-SHA256(key, nonce): a stream cipher that a token's signature seals.
 */
export function tokenSubjects(tokenKey: Uint8Array): TokenSubjects {
  const maskOf = macWith(Buffer.from(macWith(tokenKey)(purpose), "base64url"));
  return {
    hide(pid) {
      const random = crypto.getRandomValues(new Uint8Array(nonceBytes));
      const nonce = Buffer.from(random).toString("base64url");
      return nonce + combine(pid, maskOf(nonce));
    },
    reveal(subject) {
      // Tokens were once issued with the pid itself, and may be good for a year.
      if (plainPattern.test(subject)) return subject;
      if (!maskedPattern.test(subject)) return null;
      const nonce = subject.slice(0, pidCharacters);
      return combine(subject.slice(pidCharacters), maskOf(nonce));
    },
  };
}

/** Exclusive or of two texts of base64url, character by character; as long as the first. */
function combine(text: string, mask: string): string {
  let combined = "";
  for (let at = 0; at < text.length; at += 1) {
    combined += alphabet[(valueOf.get(text[at] ?? "") ?? 0) ^ (valueOf.get(mask[at] ?? "") ?? 0)];
  }
  return combined;
}
