import { Trans, useLingui } from "@lingui/react/macro";
import type { ApiChoice } from "../contract.ts";
import { formatInteger } from "../i18n/format.ts";
import { ChoiceMark } from "../results/choice-mark.tsx";
import { choiceWord } from "../results/choice-words.ts";
import { Moment } from "../ui/moment.tsx";
import type { TokenClaims } from "./ballot-token.ts";
import { ProofField } from "./proof-field.tsx";
import { StatementField } from "./statement-field.tsx";
import { StepFrame } from "./step-frame.tsx";
import { useFilledBallot, type FilledBallotInput } from "./use-filled-ballot.ts";

const choices: readonly ApiChoice[] = ["yes", "no", "abstain"];

export type ChoiceStepProps = FilledBallotInput & {
  /** Null until the browser has found the token: the ballot is there and can't be marked. */
  claims: TokenClaims | null;
  /** Whether this browser knows of no earlier ballot of this voter. */
  isFirst: boolean;
  onOtherToken: () => void;
};

/** The ballot itself: three boxes, one mark. */
export function ChoiceStep(props: ChoiceStepProps) {
  const { decision, claims, isFirst } = props;
  const { form, draft, complaints, change, review, withdraw, ...proof } = useFilledBallot(props);
  const isRevisable = decision.revote_policy === "revisable";
  return (
    <StepFrame title={<Trans>Your ballot</Trans>}>
      <form className="step" ref={form} noValidate onSubmit={review}>
        <ChoiceBoxes
          chosen={draft.choice}
          isDisabled={claims === null}
          complaint={complaints.choice ?? ""}
          onChoice={(choice) => change({ choice })}
        />
        {decision.disclosure === "roll_call" ? (
          <StatementField
            written={draft.statement}
            complaint={complaints.statement ?? ""}
            onWrite={(statement) => change({ statement })}
          />
        ) : null}
        <button type="submit" className="button strong" disabled={claims === null}>
          <Trans>Review</Trans>
        </button>
        {isRevisable && isFirst ? (
          <ProofField
            pasted={proof.pasted}
            complaint={complaints.proof ?? ""}
            onPaste={proof.paste}
          />
        ) : null}
      </form>
      <TokenLine decision={decision} claims={claims} />
      <div className="further">
        {isRevisable ? (
          <button type="button" className="link" onClick={withdraw}>
            <Trans>Take back a vote that I cast before</Trans>
          </button>
        ) : null}
        <button type="button" className="link" onClick={props.onOtherToken}>
          <Trans>Use another token</Trans>
        </button>
      </div>
    </StepFrame>
  );
}

type ChoiceBoxesProps = {
  chosen: ApiChoice | null;
  isDisabled: boolean;
  complaint: string;
  onChoice: (choice: ApiChoice) => void;
};

function ChoiceBoxes({ chosen, isDisabled, complaint, onChoice }: ChoiceBoxesProps) {
  const { i18n } = useLingui();
  return (
    <>
      <fieldset className="choices" disabled={isDisabled} aria-describedby="ballot-choice-problem">
        <legend className="unseen">
          <Trans>Your vote</Trans>
        </legend>
        {choices.map((choice) => (
          <label key={choice} className={`choice ${choice}`}>
            <input
              type="radio"
              name="vote"
              value={choice}
              checked={choice === chosen}
              onChange={() => onChoice(choice)}
            />
            {choiceWord(i18n, choice)}
            <ChoiceMark choice={choice} />
          </label>
        ))}
      </fieldset>
      <p id="ballot-choice-problem" className="complaint" role="alert">
        {chosen === null ? complaint : ""}
      </p>
    </>
  );
}

/** What the token grants, and how long. */
function TokenLine({ decision, claims }: Pick<ChoiceStepProps, "decision" | "claims">) {
  const { i18n } = useLingui();
  if (claims === null) {
    return (
      <p className="quiet-line token-line">
        <Trans>Looking for your ballot token…</Trans>
      </p>
    );
  }
  const until = <Moment iso={new Date(claims.expiresAt).toISOString()} />;
  const region = decision.regions.find(({ code }) => code === claims.region)?.name;
  const name = <bdi>{region ?? claims.region}</bdi>;
  const weight = formatInteger(i18n, claims.weight);
  const isRoll = decision.electorate !== "open";
  return (
    <p className="quiet-line token-line">
      {isRoll ? <Trans>Region and weight as the roll says.</Trans> : null}
      {!isRoll && claims.region !== null ? <Trans>Region: {name}.</Trans> : null}{" "}
      {!isRoll && claims.weight !== 1 ? <Trans>Weight: {weight}.</Trans> : null}{" "}
      <Trans>Token good until {until}.</Trans>
    </p>
  );
}
