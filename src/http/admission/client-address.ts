/** Where there is no address: on this machine all clients are one. */
export const unknownAddress = "unknown";

/**
 * Who asks, as far as the network tells: the address that the platform saw, which no client can
 * choose. Of IPv6 the first 56 bits: RFC 6177 has lines given a /48 to a /56, and one at home gets a
 * /56 to a /64. By /64 a line with a /56 would be 256 clients; by /48 neighbours would be one.
 */
export function clientAddressOf(request: Request): string {
  const address = request.headers.get("cf-connecting-ip");
  if (address === null || address === "") return unknownAddress;
  return address.includes(":") ? networkOf(address) : address;
}

const groupsOfAddress = 8;

function networkOf(address: string): string {
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = "", tail] = address.toLowerCase().split("::");
  const first = groupsIn(head);
  const last = groupsIn(tail ?? "");
  const left = tail === undefined ? 0 : Math.max(0, groupsOfAddress - first.length - last.length);
  const groups = [...first, ...Array.from({ length: left }, () => "0"), ...last];
  const [one, two, three, four] = groups.map((group) => Number.parseInt(group, 16));
  // Of the fourth group the first half.
  const network = [one, two, three, (four ?? 0) & 0xff00];
  return `${network.map((group = 0) => group.toString(16)).join(":")}::/56`;
}

function groupsIn(part: string): string[] {
  return part === "" ? [] : part.split(":");
}
