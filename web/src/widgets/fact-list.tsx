/** Names and what they stand for. */

interface Props {
  facts: readonly (readonly [name: string, value: string])[];
  /** Classes beside its own. */
  extra?: string;
  /** The values are words, numbers and hashes out of a file: they are not translated. */
  verbatim?: boolean;
}

export function FactList({ facts, extra = '', verbatim }: Props) {
  const language = verbatim ? ({ translate: false, dir: 'auto' } as const) : {};
  return (
    <dl class={`facts ${extra}`}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd {...language}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
