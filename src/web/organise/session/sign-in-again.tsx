import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Trans } from "@lingui/react/macro";
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { ProviderLinks } from "./provider-links.tsx";
import { hearTabs } from "./session-channel.ts";
import { isSamePart } from "./same-part.ts";
import { sessionGate } from "./session-gate.ts";
import { sessionQuery, type Session } from "./session-query.ts";
import { SignInForm } from "./sign-in-form.tsx";
import { signedInAgainAddress } from "./sign-in-address.ts";

/**
 * Asks to sign in again where the session has ended in the middle of something. The page behind it
 * stays as it is, and what was being sent goes on.
 */
export function SignInAgain({ before }: { before: Session }) {
  const isOpen = useSyncExternalStore(sessionGate.subscribe, sessionGate.isAsking);
  const [other, setOther] = useState<Session | null>(null);
  const queryClient = useQueryClient();
  const { data } = useQuery(sessionQuery);
  const goOn = useCallback(async () => {
    const { session } = await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 });
    const isSame = session !== null && isSamePart(session, before);
    setOther(isSame ? null : session);
    if (isSame) sessionGate.answer(true);
  }, [queryClient, before]);
  useEffect(() => hearTabs((news) => news === "signed in" && void goOn()), [goOn]);
  const notNow = (): void => sessionGate.answer(false);
  return (
    <ModalOverlay
      className="dialog-overlay"
      isOpen={isOpen}
      onOpenChange={(isStill) => isStill || notNow()}
    >
      <Modal className="dialog">
        <Dialog role="alertdialog" className="sign-in-again">
          <Heading slot="title" level={2}>
            {other === null ? (
              <Trans>Your session has ended</Trans>
            ) : (
              <Trans>You have signed in as somebody else</Trans>
            )}
          </Heading>
          {other === null ? <WhySignInAgain /> : <OtherPart session={other} />}
          <ProviderLinks
            providers={data?.providers ?? []}
            returnTo={signedInAgainAddress}
            isElsewhere
          />
          <SignInForm onSignedIn={() => void goOn()} />
          <button type="button" className="button quiet" onClick={notNow}>
            <Trans>Not now</Trans>
          </button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function WhySignInAgain() {
  return (
    <p>
      <Trans>
        It lasts twelve hours, and ends sooner where somebody signs out in this browser or the key
        is revoked. What you have typed is still here: sign in again, and it goes on.
      </Trans>
    </p>
  );
}

/** Whoever signs in as somebody else must not go on with what was begun: it may not be theirs. */
function OtherPart({ session: { owner, label } }: { session: Session }) {
  const name = owner ?? label;
  return (
    <>
      <p role="alert">
        <Trans>
          This was begun by others than {name}, and nothing of it was sent. Begin anew as {name}, or
          sign in below as before.
        </Trans>
      </p>
      <button type="button" className="button strong" onClick={() => location.reload()}>
        <Trans>Begin anew as {name}</Trans>
      </button>
    </>
  );
}
