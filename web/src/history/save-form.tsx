/** Where a photo goes in the history, and what is noted with it. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Actions } from '../actions';
import { AppleNote } from '../install/apple-note';
import { useRememberedState } from '../navigation/remembered-state';
import type { State } from '../state';
import { t } from '../text/i18n';
import { LengthField } from './length-field';
import { LesionFields } from './lesion-fields';
import { NoteField } from './note-field';

export interface SaveProps {
  state: State;
  /** Of the answer shown. */
  ticket: number;
  actions: Actions;
}

/** What is typed stays while other screens are looked at. */
function useDraft<T>(ticket: number, name: string, initial: T) {
  return useRememberedState<T>(`save ${ticket} ${name}`, initial);
}

export function SaveForm({ state, ticket, actions }: SaveProps) {
  const { history, saving, preferences } = state;
  const form = useRef<HTMLFormElement>(null);
  const [lesion, setLesion] = useDraft(ticket, 'lesion', '');
  const [name, setName] = useDraft(ticket, 'name', '');
  const [site, setSite] = useDraft(ticket, 'site', '');
  const [note, setNote] = useDraft(ticket, 'note', '');
  const [millimetres, setMillimetres] = useDraft<number | null>(ticket, 'millimetres', null);
  useEffect(() => {
    if (!history) void actions.readHistory();
  }, [history, actions]);
  /* The button that opened it is gone, and the focus with it. At once, so that it does not move under what is typed. */
  useLayoutEffect(() => {
    if (document.activeElement?.contains(form.current))
      form.current?.querySelector<HTMLElement>('input, select')?.focus();
  }, []);
  const save = (event: Event) => {
    event.preventDefault();
    void actions.saveAnswer({ lesion: lesion || null, name: name.trim(), site, note: note.trim(), millimetres });
  };
  return (
    <form ref={form} class="form save-form" onSubmit={save}>
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
      {lesion === '' && <LesionFields name={name} site={site} onName={setName} onSite={setSite} />}
      <LengthField millimetres={millimetres} units={preferences.units} onChange={setMillimetres} />
      <NoteField note={note} onChange={setNote} />
      <button
        type="submit"
        class="button button-main"
        aria-disabled={saving}
        title={saving ? t('save.working') : undefined}
      >
        {t('save.save')}
      </button>
      <p class="aside">{t('save.where')}</p>
      <AppleNote state={state} />
    </form>
  );
}
