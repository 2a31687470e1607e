import type { ApiDecision } from "../contract.ts";
import { useDecisionTexts } from "./decision-texts.ts";

export type QuestionTextProps = {
  decision: Pick<ApiDecision, "title" | "description" | "translations">;
};

/** A decision's title within other text, in the language that suits the reader. */
export function QuestionText({ decision }: QuestionTextProps) {
  const { title, language } = useDecisionTexts(decision);
  return <bdi lang={language}>{title}</bdi>;
}
