import { useLingui } from "@lingui/react/macro";
import { formatMoment } from "../i18n/format.ts";

/** A moment on paper, which is read in other zones than the one that it was printed in. */
export function UtcMoment({ iso }: { iso: string }) {
  const { i18n } = useLingui();
  return <time dateTime={iso}>{formatMoment(i18n, iso, "UTC")}</time>;
}
