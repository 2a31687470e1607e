import { useQuery } from "@tanstack/react-query";
import { ruleQuery } from "../api/queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import { measuresOf, type CountMeasure } from "./measure.ts";

/**
 * In what a decision's board is drawn, so that it shows what the rule looks at; null until that was
 * read. A rule that can't be read leaves the heads.
 */
export function useCountMeasures(decisionId: string): readonly CountMeasure[] | null {
  const { data, isPending } = useQuery(ruleQuery(useReadApi(), decisionId));
  return isPending ? null : measuresOf(data?.measure.by ?? "ballots");
}
