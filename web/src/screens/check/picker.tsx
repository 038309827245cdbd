/** The ways to a photo that need a click: the camera where there is one to hold, and the files. */
import type { RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import { Notice } from '../../parts/notice';
import type { Failure } from '../../shared/fault';
import { t } from '../../text/i18n';

interface Props {
  chosen: boolean;
  refused: Failure | null;
  onFile: (file: File) => void;
}

export function Picker({ chosen, refused, onFile }: Props) {
  const camera = useRef<HTMLInputElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const input = (ref: RefObject<HTMLInputElement | null>, name: string, capture?: 'environment') => (
    <input
      ref={ref}
      type="file"
      name={name}
      accept="image/*"
      capture={capture}
      hidden
      onChange={({ currentTarget }) => {
        const [first] = currentTarget.files ?? [];
        if (first) onFile(first);
        /* Else the same file could not be chosen twice. */
        currentTarget.value = '';
      }}
    />
  );
  return (
    <div class="picker">
      <div class="picker-buttons">
        {input(camera, 'camera', 'environment')}
        {input(file, 'file')}
        <button type="button" class="button button-main button-camera" onClick={() => camera.current?.click()}>
          {t('check.camera')}
        </button>
        <button type="button" class="button button-file" onClick={() => file.current?.click()}>
          {t(chosen ? 'check.another' : 'check.file')}
        </button>
        <p class="picker-hint">{t('check.hint')}</p>
      </div>
      {refused && <Notice failure={refused} />}
    </div>
  );
}
