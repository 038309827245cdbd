/** What the answer means, and what to do next. */
import { text } from '../text/en';

export function Advice({ above }: { above: boolean }) {
  const { answer } = text;
  return (
    <section class="block advice">
      <div>
        <h3 class="small-heading">{answer.nextHeading}</h3>
        <p>{above ? answer.nextAbove : answer.nextBelow}</p>
        <p>{answer.nextAlways}</p>
      </div>
      <div>
        <h3 class="small-heading">{answer.meaningHeading}</h3>
        <p>{answer.meaning}</p>
        <p class="disclaimer">{text.notDiagnosis}</p>
      </div>
    </section>
  );
}
