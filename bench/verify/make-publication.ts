import { createHash, createPrivateKey, createPublicKey, randomBytes, sign } from "node:crypto";
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { framed } from "../../src/shared/framed.ts";
import { canonicalJson } from "../../src/shared/canonical-json.ts";
import { MerkleTree } from "../../src/publication/merkle-tree.ts";
import { publicationFiles } from "../../src/verification/publication-source.ts";
import { outcomePayload } from "../../src/verification/signature.ts";

const decisionId = "bench-of-a-verification-0123456789ab";
/** What stands before the 32 bytes of an Ed25519 key in PKCS 8 (RFC 8410). */
const keyHead = "302e020100300506032b657004220420";
const choices = ["yes", "no", "abstain"] as const;
const regions = Array.from({ length: 27 }, (_, index) => `region-${index}`);

/** Writes a pseudonymous publication of so many votes, all of whose cells are shown, to a folder. */
export function makePublication(folder: string, votes: number): void {
  mkdirSync(folder, { recursive: true });
  const rows = Array.from({ length: votes }, (_, index) => makeRow(index));
  rows.sort((a, b) => Buffer.compare(a.hash, b.hash));
  const tree = new MerkleTree();
  const file = openSync(join(folder, publicationFiles.counted), "w");
  for (let from = 0; from < rows.length; from += 10_000) {
    const some = rows.slice(from, from + 10_000);
    for (const { hash } of some) tree.add(hash);
    writeSync(file, some.map(({ line }) => `${line}\n`).join(""));
  }
  closeSync(file);
  writeFileSync(join(folder, publicationFiles.others), "");
  const rule = {
    requirements: [{ id: "majority", count: "yes", more_than: "1/2", of: ["yes", "no"] }],
  };
  const manifest = canonicalJson({
    decisionId,
    disclosure: "pseudonymous",
    regions: regions.map((code) => ({ code, name: code })),
    roll: null,
    electorateSize: null,
    rule,
  });
  writeFileSync(join(folder, publicationFiles.manifest), manifest);
  const list = { size: votes, root: tree.root, pages: 1 };
  const none = { size: 0, root: new MerkleTree().root, pages: 1 };
  writeSigned(folder, {
    decision_id: decisionId,
    manifest_hash: createHash("sha256").update(manifest).digest("hex"),
    outcome: "carried",
    rule,
    electorate: null,
    tally: tallyOf(votes),
    publication: { counted: list, others: none, rows_root: null, shown_cells: null },
  });
}

function writeSigned(folder: string, outcome: object): void {
  const head = Buffer.from(keyHead, "hex");
  const der = Buffer.concat([head, randomBytes(32)]);
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const { x = "" } = createPublicKey(key).export({ format: "jwk" });
  const signature = sign(null, outcomePayload(canonicalJson(outcome)), key).toString("base64url");
  const signed = { ...outcome, signature: { key_id: "bench", signature } };
  writeFileSync(join(folder, publicationFiles.outcome), JSON.stringify(signed));
  const keys = [{ kty: "OKP", crv: "Ed25519", kid: "bench", x }];
  writeFileSync(join(folder, publicationFiles.keys), JSON.stringify({ keys }));
}

function makeRow(index: number): { hash: Buffer; line: string } {
  const [choice, region] = [choices[index % 3] ?? "yes", regions[index % 27] ?? ""];
  const [u, k] = [randomBytes(32), randomBytes(32)];
  const c = sha256(u, framed(region, 1n));
  const hash = sha256(framed("enviro-governance/ballot/1", decisionId, choice, k, c));
  const hex = (bytes: Buffer) => bytes.toString("hex");
  const line = `{"ballot_hash":"${hex(hash)}","choice":"${choice}","k":"${hex(k)}","c":"${hex(c)}","region":"${region}","weight":1,"u":"${hex(u)}"}`;
  return { hash, line };
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  return createHash("sha256").update(Buffer.concat(parts)).digest();
}

/** Votes come in turn by choice and by region: a region has one choice, as 27 is a multiple of 3. */
function tallyOf(votes: number) {
  const counted = (choice: number, region: number | null) =>
    Array.from({ length: 27 }, (_, place) => place)
      .filter((place) => place % 3 === choice && (region === null || place === region))
      .reduce((sum, place) => sum + Math.ceil(Math.max(0, votes - place) / 27), 0);
  const tally = (region: number | null) => {
    const [yes = 0, no = 0, abstain = 0] = [0, 1, 2].map((choice) => counted(choice, region));
    const count = (ballots: number) => ({ ballots, weight: String(ballots) });
    return {
      yes: count(yes),
      no: count(no),
      abstain: count(abstain),
      ...count(yes + no + abstain),
    };
  };
  return {
    total: tally(null),
    regions: regions.map((region, place) => ({ region, ...tally(place) })),
  };
}
