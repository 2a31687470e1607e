import { Trans, useLingui } from "@lingui/react/macro";
import type { Check } from "../../verification/check.ts";
import { checkWords, countWords, reasonWords, stateWords } from "./check-words.ts";

/** What was checked and what was not, each with how it ended. */
export function CheckList({ checks }: { checks: readonly Check[] }) {
  const done = checks.filter(({ state }) => state !== "not_checked");
  const open = checks.filter(({ state }) => state === "not_checked");
  return (
    <>
      <section aria-labelledby="checked">
        <h2 id="checked">
          <Trans>What was checked</Trans>
        </h2>
        <Checks checks={done} />
      </section>
      <section aria-labelledby="not-checked">
        <h2 id="not-checked">
          <Trans>What was not</Trans>
        </h2>
        <Checks checks={open} />
      </section>
    </>
  );
}

function Checks({ checks }: { checks: readonly Check[] }) {
  const { i18n } = useLingui();
  return (
    <ul className="checks">
      {checks.map((check) => {
        const count = countWords(i18n, check);
        return (
          <li key={check.check} data-state={check.state}>
            <span className="check-state">{stateWords(i18n, check.state)}</span>
            <div>
              <p>
                {checkWords(i18n, check.check)}
                {count === null ? null : <span className="check-count"> {count}</span>}
              </p>
              {check.reason === undefined ? null : (
                <p className="quiet-line">{reasonWords(i18n, check.reason)}</p>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
