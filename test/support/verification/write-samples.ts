import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { signingKeys } from "./certified.ts";
import { writePublication } from "./publication-folder.ts";
import { sampleReceipts } from "./sample-receipts.ts";
import { samplePublications } from "./sample-publications.ts";

// Writes test/data/publications anew: node test/support/verification/write-samples.ts
const root = "test/data/publications";
const publications = samplePublications();
for (const [name, { parts }] of Object.entries(publications))
  writePublication(join(root, name), parts);
const { roll_call: rollCall } = publications;
if (rollCall === undefined) throw new Error("there is a roll call among the samples");
for (const [name, text] of Object.entries(sampleReceipts(rollCall, signingKeys)))
  writeFileSync(join(root, "roll_call", name), text);
