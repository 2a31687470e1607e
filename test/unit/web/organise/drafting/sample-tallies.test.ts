import { describe, expect, it } from "vitest";
import { parseRule } from "../../../../../src/rules/parse-rule.ts";
import { limits } from "../../../../../src/shared/limits.ts";
import { ruleOfForm } from "../../../../../src/web/organise/drafting/read-form.ts";
import {
  sampleVoters,
  trySamples,
} from "../../../../../src/web/organise/drafting/sample-tallies.ts";
import {
  findTemplate,
  templateKeys,
  type TemplateKey,
} from "../../../../../src/web/organise/drafting/templates.ts";

function verdictsOf(key: TemplateKey) {
  const { rule, regions = [] } = findTemplate(key);
  const parsed = parseRule(ruleOfForm(rule), limits);
  if (!("rule" in parsed)) throw new Error("a template's rule is sound");
  const results = trySamples(parsed.rule, { regions, votersEach: sampleVoters });
  return Object.fromEntries(results.map(({ name, outcome }) => [name, outcome?.verdict]));
}

describe("samples of votes", () => {
  it("show of a majority with a quorum what it asks for", () => {
    expect(verdictsOf("majority_with_quorum")).toEqual({
      all_yes: "carried",
      clear: "carried",
      two_thirds: "carried",
      narrow: "carried",
      equal: "not_carried",
      few_came: "no_quorum",
    });
  });

  it("show of three chambers and two thirds where each part stops it", () => {
    expect(verdictsOf("chambers_and_two_thirds")).toMatchObject({
      clear: "not_carried",
      two_thirds: "carried",
      divided: "not_carried",
    });
  });

  it("show of members and weight that both have to agree", () => {
    expect(verdictsOf("members_and_weight")).toMatchObject({
      narrow: "carried",
      against_weight: "not_carried",
    });
  });

  it.each(templateKeys)("can be tried on the template %s", (key) => {
    const verdicts = Object.values(verdictsOf(key));
    expect(verdicts).not.toContain(undefined);
    expect(verdicts).toContain("carried");
    expect(new Set(verdicts).size).toBeGreaterThan(1);
  });
});
