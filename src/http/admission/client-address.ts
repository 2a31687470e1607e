/** Where there is no address: on this machine all clients are one. */
export const unknownAddress = "unknown";

/**
 * Who asks, as far as the network tells: the address that the platform saw, which no client can
 * choose. Of IPv6 the first 64 bits, since a line has all the addresses behind them (RFC 6177).
 */
export function clientAddressOf(request: Request): string {
  const address = request.headers.get("cf-connecting-ip");
  if (address === null || address === "") return unknownAddress;
  return address.includes(":") ? networkOf(address) : address;
}

const networkGroups = 4;
const groupsOfAddress = 8;

function networkOf(address: string): string {
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = "", tail] = address.toLowerCase().split("::");
  const first = groupsIn(head);
  const last = groupsIn(tail ?? "");
  const left = tail === undefined ? 0 : Math.max(0, groupsOfAddress - first.length - last.length);
  const groups = [...first, ...Array.from({ length: left }, () => "0"), ...last];
  return `${groups
    .slice(0, networkGroups)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}

function groupsIn(part: string): string[] {
  return part === "" ? [] : part.split(":");
}
