import { limits } from "../../shared/limits.ts";

/** Variables and the secret of the deployment that choose a challenge. */
export interface ChallengeVariables {
  EXCHANGE_CHALLENGE?: string | undefined;
  TURNSTILE_SECRET?: string | undefined;
  TURNSTILE_HOSTNAMES?: string | undefined;
  TURNSTILE_ACTION?: string | undefined;
}

/** A widget's secret, and which of its challenges count: none named is any. */
export interface TurnstileSettings {
  secret: string;
  hostnames: readonly string[];
  action: string;
}

export type ChallengeSettings =
  | { kind: "none" }
  | ({ kind: "turnstile" } & TurnstileSettings)
  | { kind: "misconfigured"; problem: string };

/**
 * Reads the settings. A secret that got lost turns nothing off: logins wait, and all else goes on.
 * The problem names what is wrong and quotes none of it: anybody may read it.
 */
export function readChallengeSettings(variables: ChallengeVariables): ChallengeSettings {
  const { EXCHANGE_CHALLENGE: kind = "none", TURNSTILE_SECRET: secret = "" } = variables;
  const { TURNSTILE_HOSTNAMES: names = "", TURNSTILE_ACTION: action = "" } = variables;
  if (kind === "none") return { kind };
  if (kind !== "turnstile") return wrong('EXCHANGE_CHALLENGE is neither "none" nor "turnstile"');
  if (secret === "") return wrong("TURNSTILE_SECRET is missing");
  if (!/^[\x21-\x7e]+$/.test(secret) || secret.length > limits.turnstileSecretCharactersMax)
    return wrong("TURNSTILE_SECRET must be the widget's secret key, without blanks");
  const hostnames = names === "" ? [] : names.split(",").map((name) => name.trim().toLowerCase());
  if (!hostnames.every((name) => /^[a-z0-9][a-z0-9.-]{0,252}$/.test(name)))
    return wrong("TURNSTILE_HOSTNAMES must be host names with commas between");
  if (!/^[A-Za-z0-9_-]{0,32}$/.test(action))
    return wrong("TURNSTILE_ACTION must be at most 32 letters, digits, _ and -");
  return { kind, secret, hostnames, action };
}

function wrong(problem: string): ChallengeSettings {
  return { kind: "misconfigured", problem };
}
