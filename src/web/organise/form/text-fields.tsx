import { FormField, type FormFieldProps } from "./form-field.tsx";

type WordedProps = Omit<FormFieldProps, "children">;
export type TextFieldProps = WordedProps & {
  value: string;
  onChange: (value: string) => void;
  charactersMax?: number;
  isLong?: boolean;
  /** Of what is typed, by its tag, where it is not the page's. */
  language?: string;
};

/** A text of one line, or of several. */
export function TextField({
  value,
  onChange,
  charactersMax,
  isLong = false,
  language = "",
  ...field
}: TextFieldProps) {
  return (
    <FormField {...field}>
      {(control) => {
        const props = {
          ...control,
          dir: "auto" as const,
          value,
          ...(language === "" ? {} : { lang: language }),
          ...(charactersMax === undefined ? {} : { maxLength: charactersMax }),
        };
        return isLong ? (
          <textarea {...props} onChange={({ target }) => onChange(target.value)} />
        ) : (
          <input
            {...props}
            type="text"
            className="wide-input"
            autoComplete="off"
            onChange={({ target }) => onChange(target.value)}
          />
        );
      }}
    </FormField>
  );
}

export type FigureFieldProps = WordedProps & { value: string; onChange: (value: string) => void };

/** A whole number, as it is typed. */
export function FigureField({ value, onChange, ...field }: FigureFieldProps) {
  return (
    <FormField {...field}>
      {(control) => (
        <input
          {...control}
          type="text"
          className="figure-input"
          inputMode="numeric"
          autoComplete="off"
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </FormField>
  );
}
