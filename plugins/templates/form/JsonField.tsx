import type { FieldProps } from '@rjsf/utils';
import { useState, type ReactNode } from 'react';

/** An object whose keys nobody names, as JSON. What cannot be read yet is not passed on. */
export function JsonField({
  fieldPathId,
  formData,
  onChange,
  required,
  disabled,
}: FieldProps): ReactNode {
  const [text, setText] = useState(formData === undefined ? '' : JSON.stringify(formData, null, 2));
  const [isBroken, setBroken] = useState(false);
  function change(next: string): void {
    setText(next);
    try {
      onChange(next.trim() === '' ? undefined : JSON.parse(next), fieldPathId.path);
      setBroken(false);
    } catch {
      setBroken(true);
    }
  }
  return (
    <>
      <textarea
        id={fieldPathId.$id}
        className="input mono"
        rows={4}
        value={text}
        required={required ?? false}
        disabled={disabled ?? false}
        placeholder="{}"
        aria-invalid={isBroken}
        onChange={({ target }) => change(target.value)}
      />
      {isBroken && <p className="field-error">This is not JSON yet.</p>}
    </>
  );
}
