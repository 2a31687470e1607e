import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import type { Answer } from "../../../client/routes.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { useLeavingQuestion } from "../form/use-leaving-question.ts";
import { keyScopeWords } from "./key-words.ts";

export type IssuedKey = Answer<"POST /api/v1/api-keys">;
export type IssuedKeyNoticeProps = { issued: IssuedKey; onDone: () => void };

/** A key that was just issued: the only time that it is shown. */
export function IssuedKeyNotice({ issued, onDone }: IssuedKeyNoticeProps) {
  const { i18n } = useLingui();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  useLeavingQuestion(true);
  const { label } = issued;
  return (
    <section className="notice issued-key">
      <h2 ref={heading} tabIndex={-1}>
        <Trans>The key for {label}</Trans>
      </h2>
      <p>
        <b>
          <Trans>Copy it now: it is shown this once, and nobody can look it up later.</Trans>
        </b>{" "}
        <Trans>
          Hand it over where only its holder reads it. Whoever has it acts as its holder.
        </Trans>
      </p>
      <p>
        <code className="issued-secret" dir="ltr">
          {issued.key}
        </code>
      </p>
      <p>{keyScopeWords(i18n, issued)}</p>
      <p className="dialog-actions">
        <CopyButton text={issued.key}>
          <Trans>Copy the key</Trans>
        </CopyButton>
        <button type="button" className="button" onClick={onDone}>
          <Trans>I have kept it: hide it</Trans>
        </button>
      </p>
    </section>
  );
}
