import { Trans } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { Link, useLocation } from "wouter";
import { decisionQuery } from "../../api/queries.ts";
import { Loading } from "../../ui/loading.tsx";
import { ReadFailure } from "../../ui/read-failure.tsx";
import { readAsSignedIn } from "../api/read-as-signed-in.ts";
import { DecisionFrame } from "../frame/decision-frame.tsx";
import { newDecisionAddress, organisedDecisionAddress } from "../organise-addresses.ts";
import { useSession } from "../session/use-session.ts";
import type { TaggedDecision } from "./draft-calls.ts";
import { DeleteDraft } from "./delete-draft.tsx";
import { DraftEditor } from "./draft-editor.tsx";
import { formOf } from "./fill-form.ts";
import { TermsList } from "./terms-list.tsx";
import { taggedQuery } from "./tagged-query.ts";
import { useDraft } from "./use-draft.ts";
import { ownTimeZone } from "./zone-field.tsx";

const MapField = lazy(async () => ({ default: (await import("../map/map-field.tsx")).MapField }));

/** The terms of a decision: to be edited while it is a draft, and to be read from then on. */
export default function TermsPage() {
  return <DecisionFrame page={null}>{({ id }) => <Terms key={id} id={id} />}</DecisionFrame>;
}

function Terms({ id }: { id: string }) {
  const { data, error, refetch } = useQuery({
    ...taggedQuery(id),
    // What is typed rests on what was read first; a save tells of what has changed since.
    staleTime: Infinity,
    refetchOnMount: "always",
  });
  const { role } = useSession();
  if (data === undefined)
    return error === null ? <Loading /> : <ReadFailure error={error} onRetry={refetch} />;
  const { decision } = data;
  const isEditable = decision.status === "draft" && role !== "auditor";
  return isEditable ? <EditedTerms draft={data} /> : <FrozenTerms terms={data} />;
}

function EditedTerms({ draft }: { draft: TaggedDecision }) {
  const { id } = draft.decision;
  const queryClient = useQueryClient();
  const { session, view } = useDraft({
    name: id,
    first: () => ({ form: formOf(draft.decision, ownTimeZone()), base: draft }),
    onCreated: () => {},
  });
  const base = view.base ?? draft;
  const saved = view.state === "saved" ? view.base : null;
  const [first] = useState(draft);
  // Whoever comes back to the page begins with what was saved last. What it began with may be older
  // than what other pages have read since.
  useEffect(() => {
    if (saved === null || saved === first) return;
    queryClient.setQueryData(taggedQuery(id).queryKey, saved);
    queryClient.setQueryData(decisionQuery(readAsSignedIn, id).queryKey, saved.decision);
  }, [queryClient, id, saved, first]);
  const isNew = history.state !== null && "isNew" in Object(history.state);
  const isMapMissing = history.state !== null && "isMapMissing" in Object(history.state);
  const { electorate } = base.decision;
  return (
    <article className="drafting">
      <p className="lead">
        {isNew && view.state === "saved" ? (
          <strong role="status">
            <Trans>The draft is saved.</Trans>
          </strong>
        ) : (
          <Trans>A draft: its terms can be changed until it is opened, and never afterwards.</Trans>
        )}
      </p>
      {isMapMissing && draft.decision.map === null ? (
        <p className="form-error" role="alert">
          <Trans>
            The map was not copied: it does not fit these regions, or no answer came. Choose its
            file below, at “Map of the regions”, or copy the decision again.
          </Trans>
        </p>
      ) : null}
      <p className="next-step">
        {electorate === "roll" ? (
          <Link href={organisedDecisionAddress(id, "roll")}>
            <Trans>Next: the list of voters</Trans>
          </Link>
        ) : (
          <Link href={organisedDecisionAddress(id, "running")}>
            <Trans>Next: open the vote</Trans>
          </Link>
        )}
      </p>
      <DraftEditor session={session} view={view}>
        <CopyLink id={id} />
        <DeleteDraft draft={draft} onDeleted={session.discard} />
      </DraftEditor>
      <Suspense>
        <MapField
          decision={draft.decision}
          onChanged={() => void queryClient.invalidateQueries(taggedQuery(id))}
        />
      </Suspense>
    </article>
  );
}

function FrozenTerms({ terms }: { terms: TaggedDecision }) {
  const { decision } = terms;
  const isCancelledDraft = decision.status === "cancelled" && decision.manifest_hash === null;
  return (
    <article className="drafting">
      <p className="lead">
        {isCancelledDraft ? (
          <Trans>This draft was cancelled before it was opened.</Trans>
        ) : decision.status === "draft" ? (
          <Trans>A draft. You may read it, and its organiser may change it.</Trans>
        ) : (
          <Trans>The terms as they were frozen when it was opened. Nobody can change them.</Trans>
        )}
      </p>
      <TermsList decision={decision} timeZone={ownTimeZone()} />
      <div className="actions">
        <CopyLink id={decision.id} />
        {isCancelledDraft && <DeleteDraft draft={terms} />}
      </div>
    </article>
  );
}

function CopyLink({ id }: { id: string }) {
  const [, navigate] = useLocation();
  return (
    <button
      type="button"
      className="button"
      onClick={() => navigate(`${newDecisionAddress}?${new URLSearchParams({ copy: id })}`)}
    >
      <Trans>Copy as a new draft</Trans>
    </button>
  );
}
