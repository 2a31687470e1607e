import { Trans } from "@lingui/react/macro";
import type { FieldFault } from "./field-fault.ts";

/** What is wrong: in the page's words, or named as what the API says in English. */
export function FaultText({ fault: { detail, isOfApi } }: { fault: FieldFault }) {
  if (isOfApi !== true) return <span dir="auto">{detail}</span>;
  return (
    <Trans>
      This can’t be taken as it is: <bdi lang="en">{detail}</bdi>
    </Trans>
  );
}
