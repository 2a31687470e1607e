import { Trans, useLingui } from "@lingui/react/macro";
import { Button, DropZone, FileTrigger, Text } from "react-aria-components";

export type DropFileProps = { isBusy: boolean; onFile: (file: File) => void };

/** A place to drop a file on, with a button that opens the browser's own dialog. */
export function DropFile({ isBusy, onFile }: DropFileProps) {
  const { t } = useLingui();
  const take = async (items: readonly DropItem[]): Promise<void> => {
    const item = items.find(({ kind }) => kind === "file");
    if (item?.getFile !== undefined) onFile(await item.getFile());
  };
  return (
    <DropZone
      className="roll-drop"
      aria-label={t`Place to drop a file`}
      isDisabled={isBusy}
      onDrop={({ items }) => void take(items)}
    >
      <Text slot="label" className="roll-drop-label">
        {isBusy ? (
          <Trans>Opening the file</Trans>
        ) : (
          <Trans>Drop a file with the voters here, or choose one.</Trans>
        )}
      </Text>
      <FileTrigger
        onSelect={(files) => {
          const file = files?.[0];
          if (file !== undefined) onFile(file);
        }}
      >
        <Button className="button strong" isDisabled={isBusy}>
          <Trans>Choose a file</Trans>
        </Button>
      </FileTrigger>
      <p className="form-hint">
        <Trans>
          CSV, TSV or an Excel workbook (.xlsx), one voter a row: an id that you know the voter by,
          and where you need them a region and a weight. It is read on this computer; nothing is
          sent before you say so, and then only these columns.
        </Trans>
      </p>
    </DropZone>
  );
}

/** As much of what was dropped as is used. */
interface DropItem {
  kind: string;
  getFile?: () => Promise<File>;
}
