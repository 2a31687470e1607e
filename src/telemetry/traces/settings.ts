/** The variables that choose where traces go; without TRACES they go nowhere. */
export interface TracesVariables {
  TRACES?: string | undefined;
  TRACES_URL?: string | undefined;
  TRACES_SAMPLING?: string | undefined;
  /** A secret, which may be missing: `name=value` pairs with commas between. */
  TRACES_HEADERS?: string | undefined;
}

/** A deployment's choice. A wrong one is a value, not an error: everything works without traces. */
export type TracesChoice =
  | { kind: "none" }
  | { kind: "platform"; share: number }
  | { kind: "otlp"; share: number; url: string; headers: Record<string, string> }
  | { kind: "misconfigured"; problem: string };

/** Reads the choice. What it says of a mistake names variables, never their values. */
export function chooseTraces({
  TRACES: kind = "none",
  TRACES_URL: url = "",
  TRACES_SAMPLING: sampling = "0.01",
  TRACES_HEADERS: given = "",
}: TracesVariables): TracesChoice {
  if (kind === "none") return { kind };
  if (kind !== "otlp" && kind !== "platform")
    return wrong("TRACES is none of none, otlp, platform");
  const share = /^(?:0|1|0\.\d{1,9})$/.test(sampling) ? Number(sampling) : null;
  if (share === null) return wrong("TRACES_SAMPLING is no number from 0 to 1");
  if (kind === "platform") return { kind, share };
  const endpoint = tracesEndpoint(url);
  if (endpoint === null) return wrong("TRACES_URL is no URL of a collector");
  const headers = readHeaders(given);
  if (headers === null) return wrong("TRACES_HEADERS is no list of name=value");
  return { kind, share, url: endpoint, headers };
}

/** Where a collector at this address takes traces (OTLP 1.x, "OTLP/HTTP request"); null for none. */
export function tracesEndpoint(url: string): string | null {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) return null;
  return `${url.replace(/\/+$/, "")}/v1/traces`;
}

/**
 * Headers as OpenTelemetry's variables have them, values percent-encoded where they need it; null
 * where they can't be read.
 */
export function readHeaders(text: string): Record<string, string> | null {
  const headers: Record<string, string> = {};
  for (const pair of text.split(",").filter((each) => each.trim() !== "")) {
    const [, name, given = ""] = /^\s*([\w-]{1,64})=(.{1,4096})$/.exec(pair) ?? [];
    const value = decodePercent(given).trim();
    if (name === undefined || !/^[\x20-\x7e]+$/.test(value)) return null;
    headers[name.toLowerCase()] = value;
  }
  return headers;
}

/** As it stands, where it is not percent-encoded. */
function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function wrong(problem: string): TracesChoice {
  return { kind: "misconfigured", problem };
}
