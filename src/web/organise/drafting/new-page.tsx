import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useLocation, useSearch } from "wouter";
import { Loading } from "../../ui/loading.tsx";
import { ReadFailure } from "../../ui/read-failure.tsx";
import type { ApiDecision } from "../../contract.ts";
import { organisedDecisionAddress } from "../organise-addresses.ts";
import { DraftEditor } from "./draft-editor.tsx";
import { copyOf, emptyForm } from "./fill-form.ts";
import { giveMap } from "./give-map.ts";
import type { KeptDraft } from "./kept-draft.ts";
import { taggedQuery } from "./tagged-query.ts";
import { useDraft } from "./use-draft.ts";
import { ownTimeZone } from "./zone-field.tsx";

/** Where a decision is drafted, from nothing or as a copy of another. */
export default function NewDraftPage() {
  const copied = new URLSearchParams(useSearch()).get("copy");
  return copied === null ? (
    <NewDraft name="new" first={() => ({ form: emptyForm(ownTimeZone()), base: null })} key="new" />
  ) : (
    <CopiedDraft id={copied} key={copied} />
  );
}

function CopiedDraft({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(taggedQuery(id));
  if (data === undefined)
    return error === null ? <Loading /> : <ReadFailure error={error} onRetry={refetch} />;
  const { decision } = data;
  return (
    <NewDraft
      name={`copy ${id}`}
      source={decision}
      first={() => ({ form: copyOf(decision, ownTimeZone(), Date.now()), base: null })}
    />
  );
}

interface NewDraftProps {
  name: string;
  /** Of what it is a copy. */
  source?: ApiDecision;
  first: () => Pick<KeptDraft, "form" | "base">;
}

function NewDraft({ name, source, first }: NewDraftProps) {
  const [, navigate] = useLocation();
  const title = source?.title;
  const { session, view } = useDraft({
    name,
    first,
    onCreated: ({ decision }) => void begin(decision),
  });
  const begin = async (decision: ApiDecision): Promise<void> => {
    const isMapMissing = source !== undefined && !(await giveMap(source, decision));
    const state = { isNew: true, ...(isMapMissing && { isMapMissing }) };
    navigate(organisedDecisionAddress(decision.id), { replace: true, state });
  };
  return (
    <article className="drafting">
      <h1>
        <Trans>New decision</Trans>
      </h1>
      <p className="lead">
        {title === undefined ? (
          <Trans>
            Say what is asked, who votes, when it is carried and when voting ends. Everything can be
            changed until you open it; from then on nothing can.
          </Trans>
        ) : (
          <Trans>
            A copy of “{title}”, as a draft of its own. Its voters and votes are not copied: upload
            the list again.
          </Trans>
        )}
      </p>
      {source?.map == null ? null : (
        <p>
          <Trans>The map of its regions is copied when you save.</Trans>
        </p>
      )}
      <DraftEditor session={session} view={view} />
    </article>
  );
}
