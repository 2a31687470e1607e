import { I18nProvider } from "@lingui/react";
import { memo, useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { letterDirection } from "./letter-language.ts";
import type { LetterMessages } from "./letter-messages.ts";
import { Letter } from "./letter.tsx";
import type { LetterTerms, LetterVoter, Paper } from "./letter-terms.ts";

/** Letters that are drawn in one go, so that the page goes on answering: a code takes some 10 ms. */
const lettersAStep = 3;

export interface LettersToPrintProps {
  voters: readonly LetterVoter[];
  terms: LetterTerms;
  messages: LetterMessages;
  paper: Paper;
  /** How many are drawn. */
  onDrawn: (letters: number) => void;
}

/** Letters beside the page, which the printer alone sees; drawn a few at a time. */
export function LettersToPrint({ voters, terms, messages, paper, onDrawn }: LettersToPrintProps) {
  const [drawn, setDrawn] = useState(0);
  useEffect(() => {
    onDrawn(drawn);
    if (drawn >= voters.length) return undefined;
    const timer = setTimeout(() => setDrawn(Math.min(drawn + lettersAStep, voters.length)));
    return () => clearTimeout(timer);
  }, [drawn, onDrawn, voters.length]);
  return createPortal(
    <div className="letters-to-print" data-paper={paper}>
      {voters.slice(0, drawn).map((voter) => (
        <LetterInLanguage key={voter.number} voter={voter} terms={terms} messages={messages} />
      ))}
    </div>,
    document.body,
  );
}

export interface LetterInLanguageProps {
  voter: LetterVoter;
  terms: LetterTerms;
  messages: LetterMessages;
}

/** A letter in its voter's language, in the direction of that language. */
export const LetterInLanguage = memo(function LetterInLanguage(props: LetterInLanguageProps) {
  const { voter, terms, messages } = props;
  const i18n = messages.get(voter.language);
  if (i18n === undefined) return null;
  return (
    <I18nProvider i18n={i18n}>
      <div lang={voter.language} dir={letterDirection(voter.language)}>
        <Letter voter={voter} terms={terms} />
      </div>
    </I18nProvider>
  );
});
