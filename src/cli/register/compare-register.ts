import type { OutcomeAnswer } from "../api/answers.ts";
import { formatProgressCount } from "../command-line/progress-line.ts";
import type { RegisterCount } from "./mark-register.ts";

/** Whether a register has as many marks as the certified outcome says, and that in words. */
export type RegisterComparison = { isSame: boolean; said: string };

/** Holds a marked register against the counted ballots and the withdrawals that stand. */
export function compareRegister(
  { voters, marked }: RegisterCount,
  { publication }: Pick<OutcomeAnswer, "publication">,
): RegisterComparison {
  const marks = `${formatProgressCount(marked)} of ${formatProgressCount(voters)} voters are marked`;
  if (publication === undefined) {
    const said = `${marks}; the decision is not certified yet, so there is nothing to compare it with`;
    return { isSame: false, said };
  }
  const { counted, standing_withdrawals: withdrawn } = publication;
  const sum = `${formatProgressCount(counted.size)} counted ballots and ${formatProgressCount(withdrawn)} standing withdrawals`;
  const isSame = marked === counted.size + withdrawn;
  return { isSame, said: `${marks}, ${isSame ? "as many as" : "NOT as many as"} ${sum}` };
}
