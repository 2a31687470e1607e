import type { I18n } from "@lingui/core";
import { formatShare } from "../i18n/format.ts";

/** An exact fraction such as "2/3" as a percentage, cut to one decimal; a dash for null. */
export function formatFraction(i18n: I18n, fraction: string | null): string {
  if (fraction === null) return "–";
  const [over = "0", under = "1"] = fraction.split("/");
  return formatShare(i18n, BigInt(over), BigInt(under));
}
