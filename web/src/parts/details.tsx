/** The prior to decide by, and how the answer came about. */
import type { Answer, Kernels, PriorName } from '../shared/messages';
import { text } from '../text/en';
import { milliseconds } from '../text/format';

interface Props {
  answer: Answer;
  prior: PriorName;
  kernels: Kernels | null;
  onPrior: (prior: PriorName) => void;
}

export function Details({ answer, prior, kernels, onPrior }: Props) {
  const { details } = text;
  const { ms, photo, model } = answer;
  const facts: [string, string][] = [
    [details.size, details.sizeValue(photo.width, photo.height)],
    [details.decoder, details.decoders[answer.decoder]],
    [details.times, details.timesValue(milliseconds(ms.decode), milliseconds(ms.resize), milliseconds(ms.infer))],
    [details.model, text.shell.model(model.name, model.version)],
  ];
  if (kernels) facts.push([details.kernels, details.kernelNames[kernels]]);
  return (
    <details class="block details">
      <summary>{details.heading}</summary>
      <fieldset class="priors">
        <legend>{details.prior}</legend>
        {Object.keys(answer.decisions).map((name) => (
          <label key={name}>
            <input type="radio" name="prior" value={name} checked={name === prior} onChange={() => onPrior(name)} />
            {details.priors[name] ?? name}
          </label>
        ))}
      </fieldset>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
