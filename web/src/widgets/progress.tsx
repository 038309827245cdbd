/** A line of progress: with a share where bytes are counted, else only moving. */

interface Props {
  label: string;
  /** 0..1; null where it is not known. */
  share: number | null;
}

export function Progress({ label, share }: Props) {
  const moving = share === null;
  return (
    <div class="progress">
      <div
        class={moving ? 'progress-track progress-moving' : 'progress-track'}
        role="progressbar"
        aria-label={label}
        aria-valuenow={moving ? undefined : Math.round(share * 100)}
        style={{ '--share': moving ? 0 : share }}
      >
        <span class="progress-fill" />
      </div>
      <p class="progress-label" aria-hidden="true">
        {label}
      </p>
    </div>
  );
}
