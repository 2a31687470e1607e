import { limits } from "../shared/limits.ts";
import { isInContext } from "./contextual.ts";
import { readPlainId } from "./plain-id.ts";

/** Whether capitals and small letters are the same in the voter_ids of a decision. */
export const voterIdForms = ["case_mapped", "case_preserved"] as const;
export type VoterIdForm = (typeof voterIdForms)[number];

/** Of the rules below; a manifest freezes it with the form. */
export const voterIdRulesVersion = 1;

declare const normalized: unique symbol;
/** A voter_id in its one spelling: what pseudonyms are made of. */
export type NormalVoterId = string & { readonly [normalized]: true };

/** Why a text is no voter_id: stable codes, each with a sentence that does not quote it. */
export const voterIdFaults = {
  "voter_id.missing": "There is no voter_id, or only blanks.",
  "voter_id.too_long": `A voter_id has at most ${limits.voterIdCharactersMax} characters.`,
  "voter_id.malformed": "The voter_id is text, and well-formed Unicode.",
  "voter_id.forbidden_character":
    "A voter_id holds no control character, tab, invisible character or filler; a joiner stands only where its script needs one.",
} as const;
export type VoterIdFault = { readonly code: keyof typeof voterIdFaults };

const missing: VoterIdFault = { code: "voter_id.missing" };
const tooLong: VoterIdFault = { code: "voter_id.too_long" };
const malformed: VoterIdFault = { code: "voter_id.malformed" };
const forbidden: VoterIdFault = { code: "voter_id.forbidden_character" };

/**
 * The FreeformClass of RFC 8264 (4.3) as it is left after NFKC, without the blanks that are mapped
 * away: letters, marks, digits, punctuation and symbols; no conjoining jamo, nothing ignorable, and
 * none of the exceptions of 9.6. Joiners are let through to their contexts. U+2800 is left out by
 * us: it looks like a blank.
 */
const freeform =
  /^[[\p{L}\p{M}\p{N}\p{P}\p{S} \u200C-\u200D]--[[\p{Default_Ignorable_Code_Point}--[\u200C-\u200D]]\u1100-\u11FF\uA960-\uA97C\uD7B0-\uD7FB\u0640\u07FA[\u302E-\u302F]\u3031-\u3035\u303B\u2800]]+$/v;

/** RFC 8266, 2.3: what is not stable after so many more times is refused. */
const repeatsMax = 3;

/**
 * The one spelling of a voter_id: the Nickname profile of PRECIS (RFC 8266), with its case mapped
 * (2.4, comparison) or preserved (2.3, enforcement). Blanks of all kinds become one space, and none
 * is left at the ends; then NFKC. It changes nothing that it has made.
 */
export function normalizeVoterId(text: string, form: VoterIdForm): NormalVoterId | VoterIdFault {
  if (text.length <= limits.voterIdCharactersMax) {
    const plain = readPlainId(text);
    if (plain !== null) return branded(isMapped(form, plain) ? text.toLowerCase() : text);
  }
  if (!text.isWellFormed()) return malformed;
  if (isTooLong(text)) return tooLong;
  let normal = applyRules(text, form);
  for (let repeat = 0; !isStable(normal, form); repeat += 1) {
    if (repeat === repeatsMax) return forbidden;
    normal = applyRules(normal, form);
  }
  if (normal === "") return missing;
  if (isTooLong(normal)) return tooLong;
  return freeform.test(normal) && isInContext(normal) ? branded(normal) : forbidden;
}

function isMapped(form: VoterIdForm, { hasCapitals }: { hasCapitals: boolean }): boolean {
  return hasCapitals && form === "case_mapped";
}

/** General_Category=Zs; spelled out, since \p{Zs} takes several times as long. */
const otherBlanks = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g;
const strayBlanks = /^ | $| {2}/;

/** RFC 8266, 2.1, in its order: blanks, case, NFKC. */
function applyRules(text: string, form: VoterIdForm): string {
  let spaced = text.replace(otherBlanks, " ");
  if (strayBlanks.test(spaced)) spaced = spaced.replace(/ {2,}/g, " ").replace(/^ | $/g, "");
  return (form === "case_mapped" ? spaced.toLowerCase() : spaced).normalize("NFKC");
}

/** Whether the rules would change nothing more; NFKC never does. */
function isStable(normal: string, form: VoterIdForm): boolean {
  if (strayBlanks.test(normal)) return false;
  return form === "case_preserved" || normal.toLowerCase() === normal;
}

/** Characters are code points, as in JSON Schema. */
function isTooLong(text: string): boolean {
  const { voterIdCharactersMax: max } = limits;
  return text.length > max && (text.length > 2 * max || Array.from(text).length > max);
}

function branded(text: string): NormalVoterId {
  return text as NormalVoterId;
}
