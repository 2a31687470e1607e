import type { JWK } from "jose";
import { z } from "zod";
import { limits } from "../../shared/limits.ts";
import { IssuerDocument, type IssuerDependencies } from "./issuer-document.ts";

const keySetSchema = z.object({
  keys: z
    .array(
      z.looseObject({ kty: z.string(), kid: z.string().optional(), use: z.string().optional() }),
    )
    .max(limits.jwksKeysMax),
});

type Keys = ReadonlyMap<string, JWK>;

/** Unavailable: the issuer's keys can't be had, so nobody knows whether the token is good. */
export type KeyVerdict = { key: JWK } | "unknown" | "unavailable";

/** An issuer's public keys by their `kid` (RFC 7517). */
export class KeySet {
  readonly #document: IssuerDocument<Keys>;

  constructor(url: string, deps: IssuerDependencies) {
    this.#document = new IssuerDocument({ url, name: "an issuer's keys", read: readKeys }, deps);
  }

  async find(kid: string): Promise<KeyVerdict> {
    const found = await this.#document.find((keys) => keys.has(kid));
    if (found === "unavailable") return found;
    const key = found === "lacking" ? undefined : found.value.get(kid);
    return key === undefined ? "unknown" : { key };
  }
}

function readKeys(json: unknown): Keys {
  const { keys } = keySetSchema.parse(json);
  const signing = keys.flatMap(({ kid, use = "sig", ...key }): [string, JWK][] =>
    kid === undefined || use !== "sig" ? [] : [[kid, { ...key, kid, use }]],
  );
  return new Map(signing);
}
