import { Trans, useLingui } from "@lingui/react/macro";
import { decisionTexts } from "../../decision/decision-texts.ts";
import { RehearsalNote } from "../../decision/rehearsal-note.tsx";
import { formatDay, formatInteger, formatMoment } from "../../i18n/format.ts";
import { QrCode } from "../../ui/qr-code.tsx";
import type { LetterVoter, LetterTerms } from "./letter-terms.ts";

/** Longer titles are printed smaller, so that the letter stays on its sheet. */
const longTitle = 120;

export interface LetterProps {
  voter: LetterVoter;
  terms: LetterTerms;
}

/** One voter's letter, which fits one sheet of A4 or Letter, in the language of its `I18nProvider`. */
export function Letter({ voter, terms }: LetterProps) {
  const { i18n, t } = useLingui();
  const { title, language } = decisionTexts(i18n, terms.decision);
  return (
    <article className="letter">
      <header className="letter-head">
        <p className="letter-sender" dir="auto">
          {terms.sender}
        </p>
        <address className="letter-address" dir="auto">
          {voter.address.join("\n")}
        </address>
        <p className="letter-date" dir="auto">
          {formatDay(i18n, terms.date, terms.timeZone)}
        </p>
      </header>
      <h2 className="letter-title" data-length={title.length > longTitle ? "long" : "short"}>
        <span className="letter-kind">
          <Trans>You are invited to vote</Trans>
        </span>
        <RehearsalNote decision={terms.decision} />
        <span dir="auto" lang={language}>
          {title}
        </span>
      </h2>
      <p className="letter-window">
        <LetterWindow terms={terms} />
      </p>
      <WhereCounted voter={voter} />
      <section className="letter-vote">
        <QrCode text={voter.link} label={t`QR code with the link to your ballot`} correction="M" />
        <HowToVote terms={terms} />
      </section>
      <section className="letter-secret">
        <h3>
          <Trans>This letter is your ballot</Trans>
        </h3>
        <p>
          <Trans>
            The code casts one vote, and is yours alone: whoever scans it can vote in your place.
            Show it to nobody, and put no picture of it anywhere.
          </Trans>
        </p>
      </section>
      <section className="letter-help">
        <h3>
          <Trans>If something does not work</Trans>
        </h3>
        <p>
          <Trans>
            If the code can’t be read, is said to be no longer good, or you have no device with a
            camera, ask:
          </Trans>{" "}
          <strong dir="auto">{terms.contact}</strong>.{" "}
          <Trans>
            Name letter {formatInteger(i18n, voter.number)}. You get a new code, and this one ends.
            Nobody who helps you needs to see the code or how you vote.
          </Trans>
        </p>
      </section>
      <footer className="letter-foot">
        <Trans>
          Letter {formatInteger(i18n, voter.number)} · {terms.host}
        </Trans>
      </footer>
    </article>
  );
}

function LetterWindow({ terms }: { terms: LetterTerms }) {
  const { i18n } = useLingui();
  const moment = (iso: string) => formatMoment(i18n, iso, terms.timeZone);
  const { opensAt, closesAt } = terms;
  if (opensAt === null) {
    return closesAt === null ? (
      <Trans>Voting opens soon. Its end will be announced.</Trans>
    ) : (
      <Trans>Voting opens soon, and ends on {moment(closesAt)}.</Trans>
    );
  }
  return closesAt === null ? (
    <Trans>Voting opens on {moment(opensAt)}. Its end will be announced.</Trans>
  ) : (
    <Trans>
      You can vote from {moment(opensAt)} until {moment(closesAt)}.
    </Trans>
  );
}

function WhereCounted({ voter: { region, weight } }: { voter: LetterVoter }) {
  const { i18n } = useLingui();
  if (region === null && weight === 1) return null;
  const votes = formatInteger(i18n, weight);
  return (
    <p className="letter-counted">
      {region === null ? (
        <Trans>Your vote has the weight {votes}.</Trans>
      ) : weight === 1 ? (
        <Trans>Your vote counts in {region}.</Trans>
      ) : (
        <Trans>
          Your vote counts in {region}, with the weight {votes}.
        </Trans>
      )}
    </p>
  );
}

function HowToVote({ terms }: { terms: LetterTerms }) {
  return (
    <div className="letter-how">
      <h3>
        <Trans>How to vote</Trans>
      </h3>
      <ol>
        <li>
          <Trans>
            Point the camera of a phone or tablet at the code, and open the link it shows.
          </Trans>
        </li>
        <li>
          <Trans>Choose, look at your choice once more, and cast your vote.</Trans>
        </li>
        <li>
          {terms.isRevisable ? (
            <Trans>
              Keep the receipt. With it you can change your vote while voting is open, and check
              afterwards that it was counted.
            </Trans>
          ) : (
            <Trans>
              Keep the receipt. With it you can check afterwards that your vote was counted. A vote
              can’t be changed.
            </Trans>
          )}
        </li>
      </ol>
    </div>
  );
}
