/** Saving the answer shown in the history: with a lesion there is, or a new one. */
import { useEffect } from 'preact/hooks';
import type { Actions } from '../actions';
import { AppleNote } from '../install/apple-note';
import { useRememberedState } from '../navigation/remembered-state';
import { href } from '../navigation/route';
import type { State } from '../state';
import { t } from '../text/i18n';
import { Notice } from '../widgets/notice';
import { SiteField } from './body-map';
import { LengthField } from './length-field';
import { NoteField } from './note-field';

interface Props {
  state: State;
  ticket: number;
  actions: Actions;
}

export function SaveToHistory({ state, ticket, actions }: Props) {
  const { preferences, savedAs, historyFailure } = state;
  return (
    <section class="block save">
      <h3 class="small-heading">{t('save.heading')}</h3>
      {!preferences.history ? (
        <p>
          {t('save.off')} <a href={href('history')}>{t('save.turnOn')}</a>
        </p>
      ) : savedAs?.ticket === ticket ? (
        <p role="status" class="saved">
          {t('save.done')} <a href={href('history', savedAs.lesion)}>{t('save.see')}</a>
        </p>
      ) : (
        <SaveForm state={state} ticket={ticket} actions={actions} />
      )}
      <p>
        <a class="back report-way" href={href('report')}>
          {t('report.way')}
        </a>
      </p>
      {historyFailure && <Notice failure={historyFailure} />}
    </section>
  );
}

/** What is typed stays while other screens are looked at. */
function useDraft<T>(ticket: number, name: string, initial: T) {
  return useRememberedState<T>(`save ${ticket} ${name}`, initial);
}

function SaveForm({ state, ticket, actions }: Props) {
  const { history, saving, preferences } = state;
  const [open, setOpen] = useDraft(ticket, 'open', false);
  const [lesion, setLesion] = useDraft(ticket, 'lesion', '');
  const [name, setName] = useDraft(ticket, 'name', '');
  const [site, setSite] = useDraft(ticket, 'site', '');
  const [note, setNote] = useDraft(ticket, 'note', '');
  const [millimetres, setMillimetres] = useDraft<number | null>(ticket, 'millimetres', null);
  useEffect(() => {
    if (open && !history) void actions.readHistory();
  }, [open, history, actions]);
  if (!open)
    return (
      <button type="button" class="button save-open" onClick={() => setOpen(true)}>
        {t('save.open')}
      </button>
    );
  const save = (event: Event) => {
    event.preventDefault();
    void actions.saveAnswer({ lesion: lesion || null, name: name.trim(), site, note: note.trim(), millimetres });
  };
  return (
    <form class="form save-form" onSubmit={save}>
      {history && history.lesions.length > 0 && (
        <label class="field">
          <span class="field-name">{t('save.lesion')}</span>
          <select
            class="select"
            name="lesion"
            value={lesion}
            onChange={({ currentTarget: { value } }) => setLesion(value)}
          >
            <option value="">{t('save.new')}</option>
            {history.lesions.map((known) => (
              <option key={known.id} value={known.id}>
                {known.name || t('lesion.unnamed')}
              </option>
            ))}
          </select>
        </label>
      )}
      {lesion === '' && (
        <>
          <label class="field">
            <span class="field-name">{t('save.name')}</span>
            <input
              class="input"
              name="name"
              maxLength={120}
              value={name}
              onInput={({ currentTarget: { value } }) => setName(value)}
            />
          </label>
          <SiteField site={site} onChoose={setSite} />
        </>
      )}
      <LengthField millimetres={millimetres} units={preferences.units} onChange={setMillimetres} />
      <NoteField note={note} onChange={setNote} />
      <button type="submit" class="button button-main" disabled={saving}>
        {t('save.save')}
      </button>
      <p class="aside">{t('save.where')}</p>
      <AppleNote state={state} />
    </form>
  );
}
