import { limits } from "../shared/limits.ts";
import { nameMacs } from "./name-macs.ts";

/**
 * The ids of a deployment's decisions: `<slug>-<mac>`. Whoever asks for a decision names the object
 * that is asked, and an object that is named is made: so an id proves by itself that it was given
 * out, before anything is asked.
 */
export interface DecisionIds {
  /** The id of the decision with this slug; the same slug has the same id. */
  complete(slug: string): string;
  /** Whether this deployment has given out an id; not, whether there is a decision of it. */
  isOwn(id: string): boolean;
}

/** @throws when ID_KEYS is not of its form. */
export function decisionIds(idKeys: string): DecisionIds {
  const macDigits = limits.decisionIdMacDigits;
  const macs = nameMacs(idKeys, { purpose: "decision id/1", macDigits });
  return {
    complete: (slug) => `${slug}-${macs.sign(slug)}`,
    isOwn(id) {
      const slugEnd = id.length - macDigits - 1;
      if (slugEnd < 1 || id[slugEnd] !== "-") return false;
      return macs.verify(id.slice(0, slugEnd), id.slice(slugEnd + 1));
    },
  };
}
