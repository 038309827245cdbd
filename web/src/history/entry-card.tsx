/** One photo of a lesion: picture, day, note, size, and what each model said of it. */
import { useState } from 'preact/hooks';
import type { Actions } from '../actions';
import { strangerKey } from '../answer/decision';
import { href } from '../navigation/route';
import type { State } from '../state';
import { day, moment, or, percent, shortHash } from '../text/format';
import { t } from '../text/i18n';
import { labelFor, pictureName } from '../text/label-names';
import { ConfirmButton } from '../widgets/confirm-button';
import type { Entry, SavedAnswer } from './entry';
import { EntryPicture } from './entry-picture';
import { LengthField, lengthText } from './length-field';
import { NoteField } from './note-field';

interface Props {
  entry: Entry;
  state: State;
  actions: Actions;
}

/** `among`: all photos of the lesion. */
export function EntryCard({ entry, among, state, actions }: Props & { among: Entry[] }) {
  const [editing, setEditing] = useState(false);
  return (
    <li class="entry" data-entry={entry.id}>
      <EntryPicture
        class="entry-photo"
        entry={entry}
        actions={actions}
        alt={t('entry.photo', { day: moment(entry.time, among) })}
      />
      <div class="entry-text">
        <h3 class="card-name">{moment(entry.time, among)}</h3>
        {entry.sample && <p class="sample-note">{t(`entry.${entry.sample}`)}</p>}
        {entry.guess != null && (
          <p class="entry-guess">{t('entry.guess', { name: labelFor(entry.guess, state.model?.labels ?? []).name })}</p>
        )}
        {entry.millimetres !== null && <p>{lengthText(entry.millimetres, state.preferences.units)}</p>}
        {entry.note && <p class="entry-note">{entry.note}</p>}
        <ol class="entry-answers">
          {entry.answers.map((answer) => (
            <AnswerLine key={`${answer.time} ${answer.model.sha256}`} answer={answer} state={state} />
          ))}
        </ol>
        {editing ? (
          <EntryForm entry={entry} state={state} actions={actions} onDone={() => setEditing(false)} />
        ) : (
          <div class="button-row">
            <button type="button" class="button button-small button-quiet" data-edit onClick={() => setEditing(true)}>
              {t('entry.edit')}
            </button>
            <a class="button button-small button-quiet" href={href('report', entry.id)}>
              {t('report.open')}
            </a>
            <ConfirmButton
              name={t('entry.delete')}
              question={t('entry.deleteQuestion')}
              onConfirm={() => void actions.dropEntry(entry)}
            />
          </div>
        )}
      </div>
    </li>
  );
}

function AnswerLine({ answer, state }: { answer: SavedAnswer; state: State }) {
  const [decision] = Object.values(answer.decisions);
  const nameOf = (id: string) => labelFor(id, state.model?.labels ?? []).name;
  const [top = ''] = decision?.order ?? [];
  const share = percent(decision?.probabilities[top] ?? 0);
  return (
    <li class="entry-answer" data-version={answer.model.version}>
      <p class="entry-kind">
        {decision?.abstain ? t('answer.unsure') : nameOf(top)}{' '}
        {!decision?.abstain && <span class="entry-share">{share}</span>}
      </p>
      {decision?.abstain && <p>{t('answer.nearest', { name: nameOf(top), share })}</p>}
      <p class="entry-picture">{pictureName(answer.kind, state.model?.kinds ?? [])}</p>
      {answer.notLesion && <p>{t(strangerKey(answer.kind))}</p>}
      {decision?.set && <p>{t('entry.set', { names: or(decision.set.map(nameOf)) })}</p>}
      <p class="aside">
        {t('shell.model', { name: answer.model.name, version: answer.model.version })}{' '}
        <code dir="ltr" translate={false}>
          {shortHash(answer.model.sha256)}
        </code>
        , {day(answer.time)}
      </p>
    </li>
  );
}

function EntryForm({ entry, state, actions, onDone }: Props & { onDone: () => void }) {
  /* What the person saw when the form was opened; null: what is shown now, after it was changed elsewhere. */
  const [seen, setSeen] = useState<Entry | null>(entry);
  const [note, setNote] = useState(entry.note);
  const [millimetres, setMillimetres] = useState(entry.millimetres);
  const save = async (event: Event) => {
    event.preventDefault();
    if (await actions.changeEntry(entry.id, seen ?? entry, { note: note.trim(), millimetres })) onDone();
    else setSeen(null);
  };
  return (
    <form class="form" onSubmit={save}>
      <LengthField millimetres={millimetres} units={state.preferences.units} onChange={setMillimetres} />
      <NoteField note={note} onChange={setNote} />
      <button type="submit" class="button button-small">
        {t('lesion.save')}
      </button>
    </form>
  );
}
