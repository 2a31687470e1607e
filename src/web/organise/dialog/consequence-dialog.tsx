import { Trans } from "@lingui/react/macro";
import { useId, useState, type ReactNode } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";

export interface ConsequenceDialogProps {
  title: ReactNode;
  /** What will happen, in sentences. */
  children: ReactNode;
  /** What the button that does it says. */
  action: ReactNode;
  /** What has to be typed before, where it can't be taken back. */
  typed?: string;
  isPending: boolean;
  /** What was refused, if anything was. */
  refusal: ReactNode;
  onAct: () => void;
  onClose: () => void;
}

/** Says what will happen before it does; escape and the first button change nothing. */
export function ConsequenceDialog(props: ConsequenceDialogProps) {
  const { title, children, action, typed = "", isPending, refusal, onAct, onClose } = props;
  const [text, setText] = useState("");
  // What was refused before it was opened again is no answer to what is asked now.
  const [hasActed, setHasActed] = useState(isPending);
  const isTyped = text.trim() === typed;
  return (
    <ModalOverlay
      className="dialog-overlay"
      isOpen
      isDismissable={false}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Modal className="dialog">
        <Dialog role="alertdialog">
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
          {typed === "" ? null : <TypedField word={typed} text={text} onChange={setText} />}
          {hasActed ? refusal : null}
          <div className="dialog-buttons">
            {/* The first, so that it has the focus: pressing Enter at once does no harm. */}
            <button type="button" className="button quiet" autoFocus onClick={onClose}>
              <Trans>Back, change nothing</Trans>
            </button>
            <button
              type="button"
              className="button strong"
              disabled={!isTyped || isPending}
              onClick={() => {
                setHasActed(true);
                onAct();
              }}
            >
              {action}
            </button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

interface TypedFieldProps {
  word: string;
  text: string;
  onChange: (text: string) => void;
}

function TypedField({ word, text, onChange }: TypedFieldProps) {
  const id = useId();
  return (
    <div className="form-field">
      <label htmlFor={id}>
        <Trans>
          Type <strong>{word}</strong> to go on
        </Trans>
      </label>
      <input
        id={id}
        type="text"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={text}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
}
