import { createHash } from "node:crypto";
import { z } from "zod";
import { readBounded } from "../../shared/bounded-text.ts";
import { limits } from "../../shared/limits.ts";
import type { ReportFailure } from "../../shared/log-line.ts";
import { LoggableError } from "../../shared/loggable-error.ts";
import type { TurnstileSettings } from "./challenge-settings.ts";

/** Unavailable: nobody knows whether the challenge was passed. */
export type ChallengeVerdict = "passed" | "failed" | "unavailable";

export interface TurnstileDependencies {
  fetch(url: string, init: RequestInit): Promise<Response>;
  now(): number;
  report: ReportFailure;
}

/** developers.cloudflare.com/turnstile/get-started/server-side-validation */
const verifyUrl = "https://challenges.cloudflare.com/turnstile/v0/siteverify";

const answerSchema = z.object({
  success: z.boolean(),
  "error-codes": z.array(z.string()).nullish(),
  hostname: z.string().nullish(),
  action: z.string().nullish(),
});

type Answer = z.infer<typeof answerSchema>;

/** What is wrong with a token; every other code is the deployment's or the service's fault. */
const tokenCodes: ReadonlySet<string> = new Set([
  "missing-input-response",
  "invalid-input-response",
  "timeout-or-duplicate",
]);
const otherCodes: ReadonlySet<string> = new Set([
  "missing-input-secret",
  "invalid-input-secret",
  "bad-request",
  "internal-error",
]);

/**
 * Asks Cloudflare whether a token of its widget is good. The client's address is not told: it is
 * optional. Neither token, secret nor login is in what is reported.
 */
export class Turnstile {
  readonly #settings: TurnstileSettings;
  readonly #deps: TurnstileDependencies;
  #reportedAt = -Infinity;

  constructor(settings: TurnstileSettings, deps: TurnstileDependencies) {
    this.#settings = settings;
    this.#deps = deps;
  }

  /** Whether this token is good for this login. */
  async verify(token: string, idToken: string): Promise<ChallengeVerdict> {
    try {
      return this.#decide(await this.#ask(token, idToken));
    } catch (error) {
      this.#report(error);
      return "unavailable";
    }
  }

  /** @throws {LoggableError} where the answer says nothing of the token */
  #decide({ success, hostname, action, "error-codes": codes }: Answer): ChallengeVerdict {
    const { hostnames, action: expected } = this.#settings;
    if (success) {
      const isOurPage = hostnames.length === 0 || hostnames.includes(hostname?.toLowerCase() ?? "");
      return isOurPage && (expected === "" || action === expected) ? "passed" : "failed";
    }
    const others = (codes ?? []).filter((code) => !tokenCodes.has(code));
    if (codes?.length && others.length === 0) return "failed";
    const told = others.find((code) => otherCodes.has(code)) ?? "unknown";
    throw new LoggableError(`Turnstile verified nothing: ${told}`);
  }

  /** One answer of bounded size, in bounded time. */
  async #ask(token: string, idToken: string): Promise<Answer> {
    const { secret } = this.#settings;
    const asked = { secret, response: token, idempotency_key: attemptId(token, idToken) };
    const response = await this.#deps.fetch(verifyUrl, {
      method: "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(limits.turnstileAnswerMsMax),
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify(asked),
    });
    const text = await readBounded(response.body, limits.turnstileAnswerBytesMax);
    const answer = text === null ? null : parseAnswer(text);
    // A refusal may have another status; only what is wholly in order lets anybody in.
    if (answer === null || (answer.success && response.status !== 200))
      throw new LoggableError(`Turnstile's answer of status ${response.status} can't be read`);
    return answer;
  }

  /** An outage is told once a minute, not once a login. */
  #report(error: unknown): void {
    const now = this.#deps.now();
    if (now - this.#reportedAt < limits.turnstileReportMs) return;
    this.#reportedAt = now;
    this.#deps.report("challenge.unavailable", error);
  }
}

function parseAnswer(text: string): Answer | null {
  try {
    return answerSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/**
 * A token is taken once but for repeats with the same UUID. By the digest of both, a login whose
 * answer was lost may ask again with the token, and no other login may.
 */
function attemptId(token: string, idToken: string): string {
  const hex = createHash("sha256").update(`${token}\n${idToken}`).digest("hex");
  const [a, b, c] = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 15)];
  // The form of version 4, which every reader of UUIDs takes.
  return `${a}-${b}-4${c}-8${hex.slice(15, 18)}-${hex.slice(18, 30)}`;
}
