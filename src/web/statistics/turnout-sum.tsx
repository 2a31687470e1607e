import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { TurnoutBar } from "../results/turnout-bar.tsx";
import { turnoutWords } from "../results/turnout-words.ts";

export type TurnoutSumProps = {
  turnout: { electorate: number; voted: number; decisions?: number };
  /** What its heading is below the one that stands above it. */
  heading: "h2" | "h3";
};

/** Who has voted of all who could, of one decision or added up over several. */
export function TurnoutSum({
  turnout: { electorate, voted, decisions },
  heading: Heading,
}: TurnoutSumProps) {
  const { i18n } = useLingui();
  const only = (voters: number) => ({ voters, weight: "0" });
  const sums = { electorate: only(electorate), turnout: only(voted) };
  return (
    <section className="statistics-part" aria-labelledby="turnout-sum">
      <Heading id="turnout-sum">
        <Trans>Turnout</Trans>
      </Heading>
      <TurnoutBar voted={BigInt(voted)} all={BigInt(electorate)} />
      <p>{turnoutWords(i18n, sums, "ballots")}</p>
      {decisions === undefined ? null : (
        <p className="quiet-line">
          <Plural
            value={decisions}
            one="Of # decision that has closed, and shows who could vote and who has."
            other="Added up over # decisions that have closed, and show who could vote and who has."
          />
        </p>
      )}
    </section>
  );
}
