/** What the service worker says where the app's own files, and so its texts, are gone and there is no network. */
import type { Language } from './languages';

interface Lost {
  what: string;
  again: string;
}

export const LOST: Record<Language, Lost> = {
  en: {
    what: 'The browser has cleared this app’s files from the device, and there is no network to load them again.',
    again: 'Load again',
  },
  de: {
    what: 'Der Browser hat die Dateien dieser App vom Gerät gelöscht, und ohne Netz lassen sie sich nicht neu laden.',
    again: 'Neu laden',
  },
  es: {
    what: 'El navegador ha borrado los archivos de esta aplicación del dispositivo y no hay red para cargarlos de nuevo.',
    again: 'Cargar de nuevo',
  },
  fr: {
    what: 'Le navigateur a effacé de l’appareil les fichiers de cette application, et il n’y a pas de réseau pour les recharger.',
    again: 'Recharger',
  },
  pt: {
    what: 'O navegador apagou do aparelho os arquivos deste aplicativo, e não há rede para carregá-los de novo.',
    again: 'Carregar de novo',
  },
  zh: { what: '浏览器已从设备上清除了本应用的文件，现在没有网络，无法重新加载。', again: '重新加载' },
  ar: { what: 'مسح المتصفح ملفات هذا التطبيق من الجهاز، ولا توجد شبكة لتحميلها من جديد.', again: 'إعادة التحميل' },
};
