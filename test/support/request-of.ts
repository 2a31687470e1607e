import type { CastRequest } from "../../src/ballot/voter.ts";
import { labelNonce } from "./label-nonce.ts";

/** A request of a voter with a token, without proof; whatever is given stands above it. */
export function requestOf(given: Partial<CastRequest> = {}): CastRequest {
  const pid = given.pid ?? "a".repeat(22);
  return {
    pid,
    choice: "yes",
    region: "",
    weight: 1,
    nonce: labelNonce(`the only one of ${pid}`),
    proof: null,
    authority: "token",
    serial: 1,
    note: null,
    ...given,
  };
}
