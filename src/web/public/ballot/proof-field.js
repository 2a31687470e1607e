import { element, setText } from "../page/element.js";
import { readProof } from "./receipt-text.js";

/** Takes the proof of a ballot that was cast elsewhere. */
export function proofField() {
  const input = element("textarea", {
    id: "ballot-proof",
    rows: "3",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    "aria-describedby": "ballot-proof-problem",
    dir: "ltr",
  });
  const complaint = element("p", { id: "ballot-proof-problem", class: "complaint", role: "alert" });
  const node = element(
    "details",
    { class: "elsewhere" },
    element("summary", {}, "I have voted before, in another browser"),
    element("label", { for: "ballot-proof" }, "Your newest receipt, or its proof"),
    input,
    complaint,
  );
  return {
    node,
    /**
     * The proof, null where none was given, and undefined where what was given is none: then it
     * says so.
     */
    read() {
      if (input.value.trim() === "") return null;
      const proof = readProof(input.value);
      setText(complaint, proof === null ? "No proof is in this. Paste the whole receipt." : "");
      if (proof !== null) return proof;
      node.open = true;
      input.focus();
      return undefined;
    },
  };
}
