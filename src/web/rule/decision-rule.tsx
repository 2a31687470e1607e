import { useQuery } from "@tanstack/react-query";
import { memo, Suspense } from "react";
import type { RuleDescription } from "../../rules/describe-rule.ts";
import { ruleQuery } from "../api/queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import { lazyRendered } from "../app/lazy-rendered.ts";
import "./rule.css";

const RuleInWords = lazyRendered(".rule", () => import("./rule-in-words.tsx"));

/** The rule of a decision in words, once it is read. */
export function DecisionRule({ id }: { id: string }) {
  const { data: description } = useQuery(ruleQuery(useReadApi(), id));
  return description === undefined ? null : <KeptRule description={description} />;
}

const KeptRule = memo(function KeptRule({ description }: { description: RuleDescription }) {
  return (
    <Suspense>
      <RuleInWords description={description} />
    </Suspense>
  );
});
