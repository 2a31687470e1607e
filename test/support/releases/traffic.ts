import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { decisionIds } from "../../../src/auth/decision-ids.ts";
import { adminKey, idKeys } from "./releases-platform.ts";

const stepSchema = z.strictObject({
  step: z.string(),
  /** `admin`, `nobody`, or a voter who has a token. */
  who: z.string(),
  send: z.string(),
  body: z.unknown().optional(),
  csv: z.string().optional(),
  /** The Idempotency-Key. */
  key: z.string().optional(),
  /** Whether it changes the voter's vote, which takes the r of the newest receipt. */
  changes: z.boolean().optional(),
  status: z.int(),
  /** Members that the answer must have, with these values. */
  answer: z.unknown().optional(),
  /** What the answer must say, where it is a stream. */
  says: z.string().optional(),
  lines: z.int().optional(),
  /** The right answer comes after others that are right at their time. */
  settles: z.boolean().optional(),
});

export type Step = z.infer<typeof stepSchema>;

const phases = ["preparing", "voting", "watching", "closing", "ending"] as const;
export type Phase = (typeof phases)[number];

const traffic = z
  .record(z.enum(phases), z.array(stepSchema))
  .parse(JSON.parse(readFileSync("test/data/release-traffic.json", "utf8")));

const clearRefusals: ReadonlySet<unknown> = new Set(["service.updating", "shard.unavailable"]);
const settleTriesMax = 2_000;
const settlePauseMs = 100;
/** On a busy machine an object may not answer in time: then it is asked again, as anybody would. */
const refusedTriesMax = 30;
const refusedPauseMs = 1_000;

/** What a step came to: answered rightly, not yet as it settles, or refused clearly. */
export type StepAnswer = "right" | "behind" | "refused";

/** The recorded life of one decision, played step by step through any front door. */
export class Traffic {
  readonly #slug: string;
  readonly decisionId: string;
  readonly #tokens = new Map<string, string>();
  /** The r of each voter's newest receipt, by the step that it is from. */
  readonly #proofs = new Map<string, { step: string; r: string }[]>();
  /** Hashes of all ballots that were acknowledged. */
  readonly acknowledged = new Set<string>();

  constructor(slug: string) {
    this.#slug = slug;
    this.decisionId = decisionIds(idKeys).complete(slug);
  }

  stepsOf(phase: Phase): Step[] {
    return z.array(stepSchema).parse(JSON.parse(this.#fill(JSON.stringify(traffic[phase]))));
  }

  /**
   * Plays a phase, each step through the first of these front doors that answers it rightly, and
   * gives the steps that the first of all refused.
   */
  async play(phase: Phase, origins: readonly string[]): Promise<Step[]> {
    const refused: Step[] = [];
    for (const step of this.stepsOf(phase)) {
      const answers = await this.#playStep(step, origins);
      if (answers.at(-1) !== "right")
        throw new Error(`${step.step}: answered ${answers.join(", ")}`);
      if (answers[0] === "refused") refused.push(step);
    }
    return refused;
  }

  /** Tries a phase through these front doors, and gives the steps that none of them answered. */
  async tryPhase(phase: Phase, origins: readonly string[]): Promise<Step[]> {
    const left: Step[] = [];
    for (const step of this.stepsOf(phase)) {
      const answers: StepAnswer[] = [];
      for (const origin of origins) answers.push(await this.send(step, origin));
      if (answers.every((answer) => answer === "refused")) left.push(step);
    }
    return left;
  }

  /** Sends a step once. @throws where the answer is neither right nor a clear refusal. */
  async send(step: Step, origin: string): Promise<StepAnswer> {
    const { response, text } = await this.#fetch(step, origin);
    if (response.status === step.status && isRight(step, text)) {
      this.#keep(step, text);
      return "right";
    }
    if (response.status === step.status && step.settles === true) return "behind";
    if (isClearRefusal(response, text)) return "refused";
    throw new Error(`${step.step}: ${response.status} ${text}`);
  }

  async #playStep(step: Step, origins: readonly string[]): Promise<StepAnswer[]> {
    const answers: StepAnswer[] = [];
    const [last = "", ...others] = origins.toReversed();
    for (const origin of others.toReversed()) {
      answers.push(await this.send(step, origin));
      if (answers.at(-1) === "right") return answers;
    }
    answers.push(await this.#sendUntilRight(step, last));
    return answers;
  }

  async #sendUntilRight(step: Step, origin: string): Promise<StepAnswer> {
    let refusals = 0;
    for (let tries = 1; ; tries += 1) {
      const answer = await this.send(step, origin);
      if (answer === "refused") refusals += 1;
      const isOver = refusals === refusedTriesMax || tries === settleTriesMax;
      if (answer === "right" || isOver) return answer;
      await sleep(answer === "refused" ? refusedPauseMs : settlePauseMs);
    }
  }

  async #fetch(step: Step, origin: string): Promise<{ response: Response; text: string }> {
    const [method = "", path = ""] = step.send.split(" ");
    const headers = new Headers();
    const credential = step.who === "admin" ? adminKey : this.#tokens.get(step.who);
    if (credential !== undefined) headers.set("authorization", `Bearer ${credential}`);
    if (step.key !== undefined) headers.set("idempotency-key", step.key);
    if (step.body !== undefined) headers.set("content-type", "application/json");
    if (step.csv !== undefined) headers.set("content-type", "text/csv");
    const body = step.csv ?? (step.body === undefined ? null : JSON.stringify(this.#bodyOf(step)));
    const response = await fetch(`${origin}${path}`, { method, headers, body });
    return { response, text: await readText(response, step.says) };
  }

  /** With the proof that a change takes: the same one however often it is sent. */
  #bodyOf({ step, who, body, changes }: Step): unknown {
    if (changes !== true) return body;
    const earlier = this.#proofs.get(who)?.filter((receipt) => receipt.step !== step) ?? [];
    return { ...(body as object), proof: earlier.at(-1)?.r };
  }

  #keep({ step, who }: Step, text: string): void {
    const kept = keptSchema.safeParse(parseJson(text)).data;
    if (kept === undefined) return;
    if (kept.r !== undefined) {
      this.#proofs.set(who, [...(this.#proofs.get(who) ?? []), { step, r: kept.r }]);
    }
    for (const { voter_id, token } of kept.tokens ?? []) this.#tokens.set(voter_id, token);
    for (const receipt of [kept, ...(kept.results ?? []).map((result) => result.receipt)]) {
      if (receipt?.ballot_hash !== undefined) this.acknowledged.add(receipt.ballot_hash);
    }
  }

  #fill(text: string): string {
    return text.replaceAll("{id}", this.decisionId).replaceAll("{slug}", this.#slug);
  }
}

const receiptSchema = z.object({ ballot_hash: z.string().optional(), r: z.string().optional() });

/** What later steps need of an answer. */
const keptSchema = receiptSchema.extend({
  tokens: z.array(z.object({ voter_id: z.string(), token: z.string() })).optional(),
  results: z.array(z.object({ receipt: receiptSchema.optional() })).optional(),
});

/** The whole of an answer; of a stream, as much as holds `says`. */
async function readText(response: Response, says: string | undefined): Promise<string> {
  if (says === undefined || response.body === null || !response.ok) return response.text();
  let text = "";
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  while (!text.includes(says)) {
    const { done, value } = await reader.read();
    if (done) break;
    text += value;
  }
  await reader.cancel();
  return text;
}

function isRight({ answer, says, lines }: Step, text: string): boolean {
  if (says !== undefined) return text.includes(says);
  if (lines !== undefined) return text.trimEnd().split("\n").length === lines;
  return isWithin(answer, parseJson(text));
}

/** Whether a value has every member that is expected, in lists one by one. */
function isWithin(expected: unknown, value: unknown): boolean {
  if (typeof expected !== "object" || expected === null) return expected === value;
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(expected) && Array.isArray(value) && expected.length !== value.length)
    return false;
  return Object.entries(expected).every(([name, member]) =>
    isWithin(member, Reflect.get(value, name)),
  );
}

function isClearRefusal({ status, headers }: Response, text: string): boolean {
  const code: unknown = Reflect.get(Object(parseJson(text)), "code");
  return (
    status === 503 &&
    headers.get("content-type") === "application/problem+json" &&
    /^[1-9]\d*$/.test(headers.get("retry-after") ?? "") &&
    clearRefusals.has(code)
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
