// Recounts a pseudonymous decision, as docs/secrecy.md says: node docs/recount.mjs ORIGIN DECISION
import { createHash, createPublicKey, verify } from "node:crypto";
const [origin, decision] = process.argv.slice(2);
const hex = (digits) => Buffer.from(digits, "hex");
const uint = (value, length) => hex(value.toString(16).padStart(2 * length, "0"));
const framed = (...parts) =>
  Buffer.concat(parts.flatMap((part) => [uint(Buffer.from(part).length, 4), Buffer.from(part)]));
const sha256 = (...parts) => createHash("sha256").update(Buffer.concat(parts)).digest();
const read = async (path) => (await fetch(`${origin}${path}`)).json();
const check = (what, isSo) => isSo || (console.error(`wrong: ${what}`), process.exit(1));
const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const names = Object.keys(value).toSorted();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
};
const merkleRoot = (hashes) => {
  let nodes = hashes.map((hash) => sha256(Buffer.of(0), hex(hash)));
  const above = (left, right) => (right ? sha256(Buffer.of(1), left, right) : left);
  while (nodes.length > 1)
    nodes = nodes.flatMap((left, at) => (at % 2 ? [] : [above(left, nodes[at + 1])]));
  return (nodes[0] ?? sha256()).toString("hex");
};
const { signature, ...outcome } = await read(`/api/v1/decisions/${decision}/outcome`);
const { keys } = await read("/.well-known/enviro-governance/keys");
const key = createPublicKey({ format: "jwk", key: keys.find((k) => k.kid === signature.key_id) });
const signed = framed("enviro-governance/outcome/1", canonical(outcome));
check("signature", verify(null, signed, key, Buffer.from(signature.signature, "base64url")));
const lists = { counted: [], others: [] };
for (const [list, rows] of Object.entries(lists)) {
  const path = `/api/v1/decisions/${decision}/votes${list === "others" ? "/others" : ""}`;
  for (let page = 1, answer; page !== null; page = answer.next, rows.push(...answer.items))
    answer = await read(`${path}?page=${page}`);
  const hashes = rows.map((row) => row.ballot_hash);
  const isAscending = !hashes.some((hash, at) => at > 0 && hash <= hashes[at - 1]);
  const { size, root } = outcome.publication[list];
  check(list, isAscending && hashes.length === size && merkleRoot(hashes) === root);
}
for (const { ballot_hash: hash, choice, k, c, region, weight, u } of lists.counted) {
  const made = sha256(framed("enviro-governance/ballot/1", decision, choice, hex(k), hex(c)));
  const isOpen = u === null || sha256(hex(u), framed(region, uint(weight, 8))).equals(hex(c));
  check(`ballot ${String(hash)}`, made.equals(hex(hash)) && isOpen);
}
for (const choice of ["yes", "no", "abstain"]) {
  const own = lists.counted.filter((row) => row.choice === choice);
  const weight = own.every((row) => row.u) && own.reduce((n, row) => n + BigInt(row.weight), 0n);
  const { ballots, weight: expected } = outcome.tally.total[choice];
  check(choice, own.length === ballots && (weight === false || String(weight) === expected));
  console.log(choice, own.length);
}
