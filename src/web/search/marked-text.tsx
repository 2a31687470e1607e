import type { ApiHighlight } from "../contract.ts";

/** A text in which what was asked for is marked. */
export function MarkedText({ highlight: { language, parts } }: { highlight: ApiHighlight }) {
  return (
    <bdi lang={language ?? undefined}>
      {parts.map(({ text, match }, index) =>
        // The parts of a text have no names, and never change their places.
        // oxlint-disable-next-line react/no-array-index-key
        match ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>,
      )}
    </bdi>
  );
}
