// Recounts a pseudonymous decision, as docs/secrecy.md says: node docs/recount.mjs ORIGIN DECISION
import { createHash, createPublicKey, verify } from "node:crypto";
const [origin, decision] = process.argv.slice(2);
const bytes = (hex) => Buffer.from(hex, "hex");
const text = (words) => Buffer.from(words).toString("hex");
const uint = (value, length) => value.toString(16).padStart(2 * length, "0");
const framed = (...parts) => parts.map((hex) => uint(hex.length / 2, 4) + hex).join("");
const sha256 = (...parts) =>
  createHash("sha256")
    .update(bytes(parts.join("")))
    .digest("hex");
const at = `${origin}/api/v1/decisions/${decision}/`;
const read = async (path) => (await fetch(new URL(path, at))).json();
const check = (what, isSo) => isSo || (console.error(`wrong: ${what}`), process.exit(1));
const canonical = (value, names = [""]) =>
  JSON.stringify(value, (name, member) => names.push(name) && member) &&
  JSON.stringify(value, names.toSorted());
const above = (left, right) => (right ? sha256("01", left, right) : left);
const pairs = (nodes) => nodes.flatMap((left, n) => (n % 2 ? [] : [above(left, nodes[n + 1])]));
const rootOf = (nodes) => (nodes.length > 1 ? rootOf(pairs(nodes)) : (nodes[0] ?? sha256()));
const { signature, ...outcome } = await read("outcome");
const { keys } = await read("/.well-known/enviro-governance/keys");
const key = createPublicKey({ format: "jwk", key: keys.find((k) => k.kid === signature.key_id) });
const signed = bytes(framed(text("enviro-governance/outcome/1"), text(canonical(outcome))));
check("signature", verify(null, signed, key, Buffer.from(signature.signature, "base64url")));
check("manifest", sha256(text(canonical(await read("manifest")))) === outcome.manifest_hash);
const lists = { counted: [], others: [] };
for (const [list, rows] of Object.entries(lists)) {
  const { size, root, pages } = outcome.publication[list];
  for (let page = 1; page <= pages; page += 1)
    rows.push(...(await read(`votes${list === "others" ? "/others" : ""}?page=${page}`)).items);
  const isAscending = !rows.some((row, n) => row.ballot_hash <= rows[n - 1]?.ballot_hash);
  const made = rootOf(rows.map((row) => sha256("00", row.ballot_hash)));
  check(list, isAscending && rows.length === size && made === root);
}
for (const { ballot_hash: hash, choice, k, c, region, weight, u } of lists.counted) {
  const made = sha256(framed(...["enviro-governance/ballot/1", decision, choice].map(text), k, c));
  const isOpen = u === null || sha256(u, framed(text(region), uint(weight, 8))) === c;
  check(`ballot ${String(hash)}`, isOpen && made === hash);
}
for (const { region = "", ...figures } of [outcome.tally.total, ...outcome.tally.regions]) {
  const rows = lists.counted.filter((row) => region === "" || row.region === region);
  for (const choice of region && rows.length === 0 ? [] : ["yes", "no", "abstain"]) {
    const own = rows.filter((row) => row.choice === choice);
    const weight = String(own.reduce((sum, row) => sum + BigInt(row.weight ?? 0), 0n));
    const isSame = weight === figures[choice].weight || own.some((row) => row.u === null);
    check(`${choice} ${region}`, isSame && own.length === figures[choice].ballots);
    console.log(choice, own.length, region);
  }
}
