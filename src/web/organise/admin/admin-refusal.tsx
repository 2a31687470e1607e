import { Trans, useLingui } from "@lingui/react/macro";
import { Refusal } from "../../api/read-api.ts";
import { adminRefusalWords } from "./admin-refusal-words.ts";

/** Why something was not done, and the way on. */
export function AdminRefusal({ error }: { error: Error }) {
  const { i18n } = useLingui();
  return (
    <p role="alert" className="form-error">
      {error instanceof Refusal ? (
        adminRefusalWords(i18n, error.problem)
      ) : (
        <Trans>No answer came. Check your connection, then try again: it is safe to repeat.</Trans>
      )}
    </p>
  );
}
