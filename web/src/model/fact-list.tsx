/** Names and what they stand for: numbers, hashes and words of a model's file, which are not translated. */
export function FactList({ facts }: { facts: readonly (readonly [string, string])[] }) {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd translate={false} dir="auto">
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
