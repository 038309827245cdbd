/** The sign of the app: a spot in the ring of a dermatoscope. web/draw/icons.mjs draws the same. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <circle class="mark-ring" cx="16" cy="16" r="13" />
      <path class="mark-ticks" d="M16 1v5M31 16h-5M16 31v-5M1 16h5" />
      <path
        class="mark-spot"
        d="M12 11.5c3-2.4 7.4-1.6 9 1.6 1.5 3 .3 6.5-2.8 8-3.2 1.5-7.3.2-8.6-3.2-.9-2.3.3-4.8 2.4-6.4z"
      />
    </svg>
  );
}
