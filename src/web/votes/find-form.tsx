import { Trans, useLingui } from "@lingui/react/macro";
import { useId, useState, type SyntheticEvent } from "react";

export type FindFormProps = {
  /** Whether voters can be looked for by name. */
  hasNames: boolean;
  /** What the last search came to; null before the first. */
  message: string | null;
  isBusy: boolean;
  onFind: (text: string) => void;
};

/** Jumps to a number, or finds a vote by its hash or receipt, in roll calls by a part of a name. */
export function FindForm({ hasNames, message, isBusy, onFind }: FindFormProps) {
  const id = useId();
  const { t } = useLingui();
  const [text, setText] = useState("");
  const find = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (text.trim() !== "") onFind(text);
  };
  return (
    <form className="votes-find" role="search" aria-label={t`Find a vote`} onSubmit={find}>
      <label htmlFor={id}>
        {hasNames ? (
          <Trans>Name, number, hash or receipt</Trans>
        ) : (
          <Trans>Number, hash or receipt</Trans>
        )}
      </label>
      <div className="votes-find-line">
        <input
          id={id}
          type="search"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <button className="button quiet" disabled={isBusy}>
          <Trans>Find</Trans>
        </button>
      </div>
      <p className="votes-found" role="status">
        {message}
      </p>
    </form>
  );
}
