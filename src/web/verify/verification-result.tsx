import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { Link } from "wouter";
import { decisionQuery } from "../api/queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import { decisionAddress } from "../app/addresses.ts";
import { QuestionText } from "../decision/question-text.tsx";
import { RehearsalNote } from "../decision/rehearsal-note.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { CheckList } from "./check-list.tsx";
import { VerificationFindings } from "./verification-findings.tsx";
import { ReceiptResult } from "./receipt-result.tsx";
import { RecountTable } from "./recount-table.tsx";
import type { VerificationAnswer } from "./use-verification.ts";
import { disputeWords, verdictWords } from "./verdict-words.ts";

const tones = { verified: "good", tampered: "wrong", unverified: "notice" } as const;

/** What a verification came to, in words. */
export function VerificationResult({ answer }: { answer: VerificationAnswer }) {
  const { i18n } = useLingui();
  const { report, receipt, receiptReport } = answer;
  const { data: decision } = useQuery(decisionQuery(useReadApi(), report.decisionId));
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { title, text } = verdictWords(i18n, report.verdict);
  const { signedBy } = report;
  return (
    <div className="verification">
      {receipt === null || receiptReport === null ? null : (
        <ReceiptResult receipt={receipt} report={receiptReport} />
      )}
      <section
        className="verify-result"
        data-tone={tones[report.verdict]}
        aria-labelledby="verdict"
      >
        <h2 id="verdict" ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {decision === undefined ? null : (
          <p>
            <Link href={decisionAddress(decision.id)}>
              <QuestionText decision={decision} />
            </Link>
          </p>
        )}
        <RehearsalNote decision={{ rehearsal: report.isRehearsal }} />
        <p>{text}</p>
        {signedBy === null ? null : (
          <SigningKey signedBy={signedBy} isTrusted={report.isKeyTrusted} />
        )}
      </section>
      <VerificationFindings {...report} />
      {report.consensus === null ? null : (
        <RecountTable
          consensus={report.consensus}
          regions={decision?.regions ?? []}
          isWeighted={(decision?.weight_max ?? 1) > 1}
        />
      )}
      <CheckList checks={report.checks} />
      <section aria-labelledby="disputes">
        <h2 id="disputes">
          <Trans>What a dispute would rest on</Trans>
        </h2>
        <ul className="disputes">
          {report.disputes.map((basis) => (
            <li key={basis}>{disputeWords(i18n, basis)}</li>
          ))}
        </ul>
      </section>
    </div>
  );
}

type SigningKeyProps = {
  signedBy: NonNullable<VerificationAnswer["report"]["signedBy"]>;
  isTrusted: boolean;
};

function SigningKey({ signedBy, isTrusted }: SigningKeyProps) {
  return (
    <>
      <p>
        {isTrusted ? (
          <Trans>Signed with the key that you gave: {signedBy.kid}.</Trans>
        ) : (
          <Trans>
            Signed with key {signedBy.kid}. Compare it with a copy from elsewhere: a newspaper, an
            observer, the organiser’s own site.
          </Trans>
        )}
      </p>
      <p>
        <code>{signedBy.x}</code>
      </p>
      <CopyButton text={signedBy.x}>
        <Trans>Copy key</Trans>
      </CopyButton>
    </>
  );
}
