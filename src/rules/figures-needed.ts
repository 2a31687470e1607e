import { countedBy, namedRegions } from "./counted-by.ts";
import type { Counting, Measure, Requirement, Rule, Table, Test, Units } from "./rule.ts";

/** What one requirement counts by beyond the votes themselves. */
export type FiguresNeeded = {
  /** Where the requirement stands in the rule's document (RFC 6901). */
  pointer: string;
  countedBy: readonly Counting[];
  /** It counts by all who may vote: by those of the whole, or by those of regions too. */
  eligible: { whole: boolean; regions: boolean };
  /** It looks at every region that there is. */
  everyRegion: boolean;
  /** Regions that it names, by itself or through a group or table. */
  regions: readonly string[];
  /** Tables in which every region that counts by weight must have one. */
  tables: readonly { table: Table; of: readonly string[] | "every region" }[];
};

/** What figures a rule needs of a decision: they can be missing long before a vote is cast. */
export function figuresNeeded(rule: Rule): FiguresNeeded[] {
  return rule.requirements.map((requirement) => needsOf(requirement, rule));
}

function needsOf({ test, deemedMetWhen, pointer }: Requirement, { groups }: Rule): FiguresNeeded {
  const tests = deemedMetWhen === null ? [test] : [test, deemedMetWhen];
  const walk = new Walk();
  for (const one of tests) walk.test(one, "whole");
  return {
    pointer,
    countedBy: [...new Set(tests.flatMap(countedBy))],
    eligible: walk.eligible,
    everyRegion: walk.everyRegion,
    regions: [...new Set(tests.flatMap((one) => namedRegions(one, groups)))],
    tables: walk.tables,
  };
}

type Where = "whole" | "regions";

class Walk {
  readonly eligible = { whole: false, regions: false };
  readonly tables: { table: Table; of: readonly string[] | "every region" }[] = [];
  everyRegion = false;

  test(test: Test, where: Where): void {
    switch (test.type) {
      case "compare":
        this.#measure(test.count, where);
        if (test.of !== null) this.#measure(test.of, where);
        return;
      case "all":
      case "any":
        for (const one of test.tests) this.test(one, where);
        return;
      case "not":
        this.test(test.test, where);
        return;
      case "each":
        this.#units(test.units, null);
        this.test(test.test, "regions");
        return;
      default:
        this.test(test.test, "regions");
    }
  }

  #measure(measure: Measure, where: Where): void {
    switch (measure.type) {
      case "ballots":
        if ([...measure.plus, ...measure.less].includes("eligible")) this.eligible[where] = true;
        return;
      case "units":
        this.#units(measure.units, typeof measure.weigh === "string" ? null : measure.weigh);
        if (measure.weigh === "eligible") this.eligible.regions = true;
        if (measure.that !== null) this.test(measure.that, "regions");
        return;
      case "shares":
        this.#units(measure.units, measure.table);
        this.#measure(measure.part, "regions");
        this.#measure(measure.base, "regions");
        return;
      default:
        this.#measure(measure.measure, "regions");
    }
  }

  #units(units: Units, table: Table | null): void {
    if (units.type === "regions") this.everyRegion = true;
    if (table === null || units.type === "members") return;
    this.tables.push({ table, of: units.type === "named" ? units.names : "every region" });
  }
}
