import { element, setText } from "../page/element.js";
import { formatCount, formatInteger } from "../page/format.js";

/** As the API has it: UTF-16 code units. */
export const statementCharactersMax = 2_000;

/**
 * Takes the reasons that a roll call publishes with a vote. What is too long is said and kept as it
 * is: a field that cuts a pasted text does so unseen.
 * @param {string} written what was written before
 */
export function statementField(written) {
  const input = element("textarea", {
    id: "ballot-statement",
    rows: "4",
    autocomplete: "off",
    "aria-describedby": "ballot-statement-note ballot-statement-count ballot-statement-problem",
    dir: "auto",
  });
  input.value = written;
  const count = element("p", { id: "ballot-statement-count", class: "quiet-line" });
  const complaint = element("p", {
    id: "ballot-statement-problem",
    class: "complaint",
    role: "alert",
  });
  const showCount = () => setText(count, countWords(input.value.length));
  input.addEventListener("input", showCount);
  showCount();
  const node = element(
    "div",
    { class: "statement" },
    element("label", { for: "ballot-statement" }, "Your reasons, if you want to give any"),
    element(
      "p",
      { id: "ballot-statement-note", class: "quiet-line" },
      "This is a roll call: they are published beside your vote, for good.",
    ),
    input,
    count,
    complaint,
  );
  return {
    node,
    /** The text, null where there is none, and undefined where it is too long: then it says so. */
    read() {
      const text = readStatement(input.value);
      setText(complaint, text === undefined ? "Shorten it first." : "");
      if (text !== undefined) return text;
      input.setAttribute("aria-invalid", "true");
      input.focus();
      return undefined;
    },
    /** As it is written. */
    written: () => input.value,
  };
}

/**
 * What of a text is sent: null where there is none, undefined where it is too long.
 * @param {string} written
 */
export function readStatement(written) {
  // Half a character, as some keyboards leave it, and U+0000 would be refused.
  const text = written.toWellFormed().replaceAll("\0", "").trim();
  if (text.length > statementCharactersMax) return undefined;
  return text === "" ? null : text;
}

/** @param {number} characters */
export function countWords(characters) {
  const left = statementCharactersMax - characters;
  return left >= 0
    ? `${formatInteger(characters)} of ${formatInteger(statementCharactersMax)} characters`
    : `${formatCount(-left, "character")} too many`;
}
