import { z } from "zod";
import { limits } from "../../shared/limits.ts";
import { nameMacs } from "../name-macs.ts";

const attemptSchema = z.strictObject({
  provider: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
  /** When it began, in ms. */
  at: z.number(),
});

/** A login that a browser has begun, as its own short-lived cookie keeps it. */
export type LoginAttempt = z.output<typeof attemptSchema>;

/** Writes attempts for cookies, and knows its own again. */
export interface LoginAttempts {
  write(attempt: LoginAttempt): string;
  /** Null where the text is none of ours, or too old at `now` (ms). */
  read(text: string, now: number): LoginAttempt | null;
}

/** @throws when ID_KEYS is not of its form. */
export function loginAttempts(idKeys: string): LoginAttempts {
  const macs = nameMacs(idKeys, { purpose: "login attempt/1", macDigits: 32 });
  return {
    write(attempt) {
      const text = Buffer.from(JSON.stringify(attempt)).toString("base64url");
      return `${text}.${macs.sign(text)}`;
    },
    read(written, now) {
      const [, text, mac] = /^([\w-]{1,2000})\.([0-9a-f]{32})$/.exec(written) ?? [];
      if (text === undefined || mac === undefined || !macs.verify(text, mac)) return null;
      // Written by `write` and by nothing else; another release may have another form.
      const json: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
      const parsed = attemptSchema.safeParse(json);
      if (!parsed.success || now - parsed.data.at >= limits.staffLoginMs) return null;
      return parsed.data;
    },
  };
}
