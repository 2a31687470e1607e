import { Trans } from "@lingui/react/macro";
import { useCallback, useEffect, useState } from "react";
import type { LetterMessages } from "./letter-messages.ts";
import { LettersToPrint } from "./letters-to-print.tsx";
import type { LetterTerms, LetterVoter, Paper } from "./letter-terms.ts";

export interface PrintPartProps {
  voters: readonly LetterVoter[];
  terms: LetterTerms;
  messages: LetterMessages;
  paper: Paper;
  onDone: () => void;
}

/** Draws letters beside the page and opens the browser's print dialog once all are drawn. */
export function PrintPart({ voters, terms, messages, paper, onDone }: PrintPartProps) {
  const [drawn, setDrawn] = useState(0);
  const onDrawn = useCallback((letters: number) => setDrawn(letters), []);
  const isDrawn = drawn === voters.length;
  useEffect(() => {
    if (isDrawn) print();
  }, [isDrawn]);
  return (
    <div className="printing" role="status">
      <p>
        {isDrawn ? (
          <Trans>
            {drawn} letters are ready. If no print dialog has opened, print with your browser’s
            menu.
          </Trans>
        ) : (
          <Trans>
            Drawing letters: {drawn} of {voters.length} …
          </Trans>
        )}
      </p>
      {isDrawn ? (
        <button type="button" className="button" onClick={() => print()}>
          <Trans>Open the print dialog again</Trans>
        </button>
      ) : null}
      <button type="button" className="button quiet" onClick={onDone}>
        <Trans>Done</Trans>
      </button>
      <LettersToPrint
        voters={voters}
        terms={terms}
        messages={messages}
        paper={paper}
        onDrawn={onDrawn}
      />
    </div>
  );
}
