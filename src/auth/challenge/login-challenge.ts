import type { ChallengeSettings } from "./challenge-settings.ts";
import { Turnstile, type ChallengeVerdict, type TurnstileDependencies } from "./turnstile.ts";

/** What a browser has to pass before its login is looked at, where the deployment asks for it. */
export interface LoginChallenge {
  /** What is wrong with the deployment's settings, in words that anybody may read. */
  problems: readonly string[];
  /** Whether the token that came with this login, if any, is good. It goes into no log. */
  verify(token: string | undefined, idToken: string): Promise<ChallengeVerdict>;
}

/** The challenge that the settings choose; where they are of no use no login passes. */
export function loginChallenge(
  settings: ChallengeSettings,
  deps: TurnstileDependencies,
): LoginChallenge {
  if (settings.kind === "none") return { problems: [], verify: () => Promise.resolve("passed") };
  if (settings.kind === "misconfigured") {
    return { problems: [settings.problem], verify: () => Promise.resolve("unavailable") };
  }
  const turnstile = new Turnstile(settings, deps);
  return {
    problems: [],
    // Nobody is asked about none.
    verify: async (token, idToken) =>
      token === undefined ? "failed" : turnstile.verify(token, idToken),
  };
}
