import { element, setText } from "../page/element.js";
import { readBallotToken } from "./ballot-token.js";

/** @import { BallotToken } from "./ballot-token.js" */

/**
 * Asks for the ballot token. The field is a text field drawn with dots: a password field would make
 * the browser offer to store it.
 * @param {{ problem: string | null, onToken: (token: BallotToken) => void }} options
 */
export function tokenStep({ problem, onToken }) {
  const input = element("input", {
    id: "ballot-token",
    type: "text",
    class: "secret",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    "aria-describedby": "ballot-token-problem",
    dir: "ltr",
  });
  const complaint = element(
    "p",
    { id: "ballot-token-problem", class: "complaint", role: "alert" },
    problem ?? "",
  );
  const form = element(
    "form",
    { class: "step", novalidate: true },
    element("label", { for: "ballot-token" }, "Your ballot token"),
    element(
      "p",
      { class: "quiet-line" },
      "The organiser sent it to you. Paste the token or the whole link.",
    ),
    input,
    complaint,
    element("button", { type: "submit", class: "button strong" }, "Continue"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const token = readBallotToken(input.value);
    if (token !== null) return onToken(token);
    input.setAttribute("aria-invalid", "true");
    setText(
      complaint,
      input.value.trim() === ""
        ? "Paste your ballot token first."
        : "This is not a whole ballot token. Copy it again from its first to its last character.",
    );
    input.focus();
  });
  return form;
}
