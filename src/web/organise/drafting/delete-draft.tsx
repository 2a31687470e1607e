import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useLocation } from "wouter";
import { decisionQuery } from "../../api/queries.ts";
import { Refusal } from "../../api/read-api.ts";
import { readAsSignedIn } from "../api/read-as-signed-in.ts";
import { organiseAddress } from "../organise-addresses.ts";
import { removeDraft, type TaggedDecision } from "./draft-calls.ts";
import { saveFailure } from "./refusal-words.ts";
import { taggedQuery } from "./tagged-query.ts";

export type DeleteDraftProps = { draft: TaggedDecision; onDeleted?: () => void };

/** Deletes a draft for good, once it is said what is lost. */
export function DeleteDraft({ draft, onDeleted }: DeleteDraftProps) {
  return (
    <DialogTrigger>
      <Button className="button quiet">
        <Trans>Delete this draft …</Trans>
      </Button>
      <ModalOverlay className="dialog-overlay" isDismissable>
        <Modal className="dialog">
          <Dialog role="alertdialog">
            {({ close }) => (
              <Deletion draft={draft} onClose={close} {...(onDeleted && { onDeleted })} />
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}

function Deletion({ draft, onDeleted, onClose }: DeleteDraftProps & { onClose: () => void }) {
  const { i18n } = useLingui();
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  const { decision } = draft;
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => removeDraft(draft),
    onSuccess: () => {
      onDeleted?.();
      navigate(organiseAddress);
      // Once this page is left: what is shown would be read again, and is gone.
      setTimeout(() => {
        queryClient.removeQueries({ queryKey: taggedQuery(decision.id).queryKey });
        queryClient.removeQueries({
          queryKey: decisionQuery(readAsSignedIn, decision.id).queryKey,
        });
        void queryClient.invalidateQueries();
      }, 0);
    },
  });
  return (
    <>
      <Heading slot="title">
        <Trans>Delete “{decision.title}”?</Trans>
      </Heading>
      <p>
        <Trans>
          Its question, terms and rule are gone for good, for everybody who may read it.
        </Trans>{" "}
        {decision.roll !== null && (
          <Plural
            value={decision.roll.voters}
            one="So is the list with its # voter, which would have to be uploaded again."
            other="So is the list with its # voters, which would have to be uploaded again."
          />
        )}
      </p>
      <p>
        <Trans>
          No vote is lost, since none was cast. That it was drafted and deleted, and by whom, stays
          in the audit log for administrators.
        </Trans>
      </p>
      {error !== null && <DeletionFailure words={saveFailure(i18n, error)} error={error} />}
      <div className="actions">
        <button
          type="button"
          className="button strong"
          disabled={isPending}
          onClick={() => mutate()}
        >
          {isPending ? <Trans>Deleting …</Trans> : <Trans>Delete it for good</Trans>}
        </button>
        <button type="button" className="button" onClick={onClose}>
          <Trans>Keep it</Trans>
        </button>
      </div>
    </>
  );
}

type DeletionFailureProps = { error: Error; words: { title: string; way: string } };

function DeletionFailure({ error, words }: DeletionFailureProps) {
  const isChanged = error instanceof Refusal && error.problem.code === "decision.changed";
  return (
    <div role="alert" className="form-error">
      {isChanged ? (
        <Trans>
          Nothing was deleted: somebody has changed or opened it meanwhile. Load the page again and
          look at it first.
        </Trans>
      ) : (
        `${words.title}. ${words.way}`
      )}
    </div>
  );
}
