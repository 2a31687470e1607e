import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { GuideBody } from "./api-guide.ts";

export type BodyBlockProps = {
  body: GuideBody;
  /** What a request sends, and not what is answered. */
  isSent?: boolean;
};

/** What a body looks like. */
export function BodyBlock({ body: { kind, text }, isSent = false }: BodyBlockProps) {
  return (
    <figure className="docs-body">
      <figcaption>{isSent ? sentWords[kind] : answerWords[kind]}</figcaption>
      {/* A keyboard scrolls only what has the focus. */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
    </figure>
  );
}

const sentWords: Record<GuideBody["kind"], ReactNode> = {
  example: <Trans>Send, for example</Trans>,
  shape: <Trans>Send, in this shape</Trans>,
  type: <Trans>Send, of this type</Trans>,
};

const answerWords: Record<GuideBody["kind"], ReactNode> = {
  example: <Trans>Example</Trans>,
  shape: <Trans>Shape</Trans>,
  type: <Trans>Type</Trans>,
};
