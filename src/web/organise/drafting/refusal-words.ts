import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import { Refusal } from "../../api/read-api.ts";
import { refusalText } from "../../api/refusal-text.ts";
import type { FieldFault } from "../form/field-fault.ts";

/** Why a draft was not saved, and the way on. */
export type SaveFailure = {
  title: string;
  way: string;
  /** At the fields that it is about. */
  faults: readonly FieldFault[];
  /** Whether nobody is signed in any more. */
  isSignedOut: boolean;
};

/** A failed save in words; everything typed is kept whatever it is. */
export function saveFailure(i18n: I18n, error: unknown): SaveFailure {
  const plain = { faults: [], isSignedOut: false };
  if (!(error instanceof Refusal)) {
    return {
      ...plain,
      title: t(i18n)`No answer came`,
      way: t(
        i18n,
      )`Check your connection, then save again. What you typed is still here, and saving twice makes no second draft.`,
    };
  }
  const { status, code, errors = [] } = error.problem;
  if (status === 401) {
    return {
      ...plain,
      title: t(i18n)`Your session has ended`,
      way: t(i18n)`Sign in again. What you typed is kept and will be here.`,
      isSignedOut: true,
    };
  }
  const words = wordsOf(i18n, code) ?? (status >= 500 || status === 429 ? laterWords(i18n) : null);
  return {
    title: words?.title ?? t(i18n)`It was not saved`,
    way: words?.way ?? refusalText(i18n, error.problem),
    faults:
      errors.length > 0
        ? errors.map((fault) => ({ ...fault, isOfApi: true }))
        : faultsOf(i18n, code),
    isSignedOut: false,
  };
}

function wordsOf(i18n: I18n, code: string): { title: string; way: string } | null {
  const words: Record<string, { title: string; way: string }> = {
    "rule.invalid": {
      title: t(i18n)`The rule and the rest do not go together`,
      way: t(i18n)`Mend what stands below, then save again.`,
    },
    "placement.invalid": {
      title: t(i18n)`These regions’ votes can’t be kept elsewhere like this`,
      way: t(
        i18n,
      )`Each region stands in one group at most, and one at least in none. Mend what stands below, then save again.`,
    },
    "body.invalid": {
      title: t(i18n)`Something can’t be taken as it is`,
      way: t(i18n)`Mend what stands below, then save again.`,
    },
    "decision.window_backwards": {
      title: t(i18n)`Voting would end before it begins`,
      way: t(i18n)`Set the end after the beginning, then save again.`,
    },
    "decision.window_passed": {
      title: t(i18n)`The end that is set has passed`,
      way: t(i18n)`Set an end that is still to come, then save again.`,
    },
    "decision.not_draft": {
      title: t(i18n)`It is no longer a draft`,
      way: t(
        i18n,
      )`Somebody has opened or cancelled it meanwhile, and its terms are frozen. Copy it as a new draft to go on with what you typed.`,
    },
    "decision.exists": {
      title: t(i18n)`A draft of yours was saved from this form already`,
      way: t(
        i18n,
      )`Look for it among your decisions. To make another one of what is typed here, save once more.`,
    },
    "decision.too_large": {
      title: t(i18n)`The draft is too large`,
      way: t(i18n)`Shorten the names, the tables or the description, then save again.`,
    },
    "login.unknown_issuer": {
      title: t(i18n)`This site does not trust that login service`,
      way: t(i18n)`Ask an administrator which it trusts, or let voters use their ballots alone.`,
    },
    "role.forbidden": {
      title: t(i18n)`You may not change this`,
      way: t(i18n)`Only the organiser who drafted it and administrators may. Ask one of them.`,
    },
    "decision.not_found": {
      title: t(i18n)`The draft is gone`,
      way: t(i18n)`Somebody has deleted it. Copy what you need of it from here into a new draft.`,
    },
  };
  return words[code] ?? null;
}

function laterWords(i18n: I18n): { title: string; way: string } {
  return {
    title: t(i18n)`It can’t be saved this second`,
    way: t(
      i18n,
    )`The site is busy. Wait a few seconds, then save again: what you typed is still here.`,
  };
}

/** Refusals whose code alone says which field they are about. */
function faultsOf(i18n: I18n, code: string): readonly FieldFault[] {
  if (code !== "decision.window_backwards") return [];
  return [{ pointer: "/closes_at", detail: t(i18n)`It has to be after the beginning.` }];
}
