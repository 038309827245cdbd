/** Names and what they stand for. */
import type { ComponentChildren } from 'preact';

interface Props {
  facts: readonly (readonly [name: string, value: ComponentChildren])[];
}

export function FactList({ facts }: Props) {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
