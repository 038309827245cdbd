/** A button that lets the person choose photos, or where `accept` says so other files: files, or with `capture` the phone's own camera. */
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';

interface Props {
  name: string;
  children: ComponentChildren;
  /** A class of the button's, as `button-main`. */
  variant?: string;
  accept?: string;
  capture?: boolean;
  multiple?: boolean;
  onFiles: (files: File[]) => void;
}

export function FileButton({
  name,
  children,
  variant = '',
  accept = 'image/*',
  capture = false,
  multiple = false,
  onFiles,
}: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        name={name}
        accept={accept}
        capture={capture ? 'environment' : undefined}
        multiple={multiple}
        hidden
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          /* Else the same file could not be chosen twice. */
          currentTarget.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
      <button type="button" class={`button button-${name} ${variant}`} onClick={() => input.current?.click()}>
        {children}
      </button>
    </>
  );
}
