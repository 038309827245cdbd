/** A picture that is at hand as bytes; its address is let go with it. */
import { useEffect, useState } from 'preact/hooks';

interface Props {
  blob: Blob | null;
  alt: string;
  class?: string;
}

export function BlobImage({ blob, alt, class: name }: Props) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    setUrl(null);
    if (!blob) return;
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  if (url) return <img class={name} src={url} alt={alt} decoding="async" />;
  return alt === '' ? <span class={name} /> : <span class={name} role="img" aria-label={alt} />;
}
