import { explainRefusal } from "./explain-refusal.ts";
import { KeptStep } from "./kept-step.tsx";
import { MismatchStep } from "./mismatch-step.tsx";
import { ReceiptCard } from "./receipt-card.tsx";
import { RecordedStep } from "./recorded-step.tsx";
import { RefusedStep } from "./refused-step.tsx";

/** What a ballot page shows once there is an answer: a chunk of its own. */
const answerSteps = {
  KeptStep,
  MismatchStep,
  ReceiptCard,
  RecordedStep,
  RefusedStep,
  explainRefusal,
};
export type AnswerSteps = typeof answerSteps;
export default answerSteps;
