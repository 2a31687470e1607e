import type { RuleDocument } from "../../decision/decision-rule.ts";
import { findPreset } from "../../rules/presets/presets.ts";
import { Problem } from "../problem.ts";

/** What may stand beside a preset's name: tables and groups in place of its own. */
const besidePreset = new Set(["preset", "tables", "groups"]);

/**
 * The document of a decision's rule. A preset is written out here, so that what is kept, frozen and
 * hashed says everything by itself.
 * @throws {Problem} rule.invalid where there is no such preset, or more beside its name than it takes
 */
export function requireRuleDocument(asked: Record<string, unknown>): RuleDocument {
  if (!Object.hasOwn(asked, "preset")) return asked;
  const { preset, ...own } = asked;
  const found = typeof preset === "string" ? findPreset(preset) : null;
  if (found === null) throw refused("preset", "there is no such preset: GET /api/v1/rules/presets");
  const stranger = Object.keys(own).find((member) => !besidePreset.has(member));
  if (stranger !== undefined) throw refused(stranger, "does not go with a preset");
  return { ...found.rule, ...own };
}

function refused(member: string, detail: string): Problem {
  const pointer = `/rule/${member.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  return new Problem("rule.invalid", { errors: [{ pointer, detail }] });
}
