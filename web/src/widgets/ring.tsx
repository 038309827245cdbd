/** The ring of a dermatoscope with its graduation, as the empty stage. */

const TICKS = 72;
const RADIUS = 88;

function tick(index: number): string {
  const angle = (index / TICKS) * 2 * Math.PI;
  const length = index % 18 === 0 ? 14 : index % 6 === 0 ? 9 : 5;
  const at = (radius: number) =>
    `${(100 + radius * Math.cos(angle)).toFixed(2)} ${(100 + radius * Math.sin(angle)).toFixed(2)}`;
  return `M${at(RADIUS)}L${at(RADIUS - length)}`;
}

const GRADUATION = Array.from({ length: TICKS }, (_, index) => tick(index)).join('');

export function Ring({ label }: { label: string }) {
  return (
    <div class="ring">
      <svg class="ring-lines" viewBox="0 0 200 200" aria-hidden="true">
        <circle cx="100" cy="100" r="94" class="ring-rim" />
        <circle cx="100" cy="100" r="70" class="ring-field" />
        <path d={GRADUATION} class="ring-ticks" />
      </svg>
      <p class="ring-label">{label}</p>
    </div>
  );
}
