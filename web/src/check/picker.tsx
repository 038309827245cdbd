/** The ways to a photo that need a click: the camera, the files. */

import { href } from '../navigation/route';
import type { Failure } from '../protocol/fault';
import { t } from '../text/i18n';
import { FileButton } from '../widgets/file-button';
import { Notice } from '../widgets/notice';

interface Props {
  chosen: boolean;
  refused: Failure | null;
  onFiles: (files: File[]) => void;
}

/** Our own view of the camera where the browser gives one, else the phone's. */
function CameraWay({ onFiles }: Pick<Props, 'onFiles'>) {
  if ('mediaDevices' in navigator) {
    return (
      <a class="button button-main button-camera" href={href('camera')}>
        {t('check.camera')}
      </a>
    );
  }
  return (
    <FileButton name="camera" variant="button-main" capture onFiles={onFiles}>
      {t('check.camera')}
    </FileButton>
  );
}

export function Picker({ chosen, refused, onFiles }: Props) {
  return (
    <div class="picker">
      <div class="picker-buttons">
        <CameraWay onFiles={onFiles} />
        <FileButton name="file" multiple onFiles={onFiles}>
          {t(chosen ? 'check.another' : 'check.file')}
        </FileButton>
        <p class="picker-hint">
          <span class="picker-drop">{t('check.hint')}</span> <a href={href('batch')}>{t('batch.title')}</a>
        </p>
      </div>
      {refused && <Notice failure={refused} />}
    </div>
  );
}
