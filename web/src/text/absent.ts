/**
 * The page a host shows for what is not there (404.html): in all languages at once, since it runs no script. Where the
 * site's data were deleted and the installed app is still there, a photo shared to it ends here.
 */
import type { Language } from './languages';

interface Absent {
  what: string;
  shared: string;
  open: string;
}

export const ABSENT: Record<Language, Absent> = {
  en: {
    what: 'There is no such page.',
    shared:
      'Did you just share a photo to Lentigo? The app’s data had been deleted from this browser, so the photo went to this site’s host and was not taken. Open the app once, then share again: from then on photos stay on the device.',
    open: 'Open Lentigo',
  },
  de: {
    what: 'Diese Seite gibt es nicht.',
    shared:
      'Haben Sie gerade ein Foto an Lentigo geteilt? Die Daten der App waren in diesem Browser gelöscht, deshalb ging das Foto an den Rechner dieser Website und wurde nicht angenommen. Öffnen Sie die App einmal und teilen Sie dann erneut: Von da an bleiben Fotos auf dem Gerät.',
    open: 'Lentigo öffnen',
  },
  es: {
    what: 'Esta página no existe.',
    shared:
      '¿Acaba de compartir una foto con Lentigo? Los datos de la aplicación se habían borrado de este navegador, por eso la foto fue al servidor de este sitio y no se aceptó. Abra la aplicación una vez y vuelva a compartirla: desde entonces las fotos se quedan en el dispositivo.',
    open: 'Abrir Lentigo',
  },
  fr: {
    what: 'Cette page n’existe pas.',
    shared:
      'Venez-vous de partager une photo avec Lentigo ? Les données de l’application avaient été effacées de ce navigateur ; la photo est donc allée au serveur de ce site et n’a pas été acceptée. Ouvrez l’application une fois, puis partagez de nouveau : dès lors, les photos restent sur l’appareil.',
    open: 'Ouvrir Lentigo',
  },
  pt: {
    what: 'Esta página não existe.',
    shared:
      'Acabou de partilhar uma foto com o Lentigo? Os dados do aplicativo tinham sido apagados deste navegador, por isso a foto foi para o servidor deste site e não foi aceite. Abra o aplicativo uma vez e partilhe de novo: a partir daí as fotos ficam no aparelho.',
    open: 'Abrir o Lentigo',
  },
  zh: {
    what: '没有这个页面。',
    shared:
      '您刚才是否向 Lentigo 分享了照片？此浏览器中的应用数据已被删除，因此照片发到了本网站的服务器，未被接收。请先打开一次应用，再重新分享：此后照片都留在设备上。',
    open: '打开 Lentigo',
  },
  ar: {
    what: 'لا توجد صفحة كهذه.',
    shared:
      'هل شاركت للتو صورة مع Lentigo؟ كانت بيانات التطبيق قد حُذفت من هذا المتصفح، فذهبت الصورة إلى خادم هذا الموقع ولم تُقبل. افتح التطبيق مرة واحدة ثم شارك من جديد: من بعدها تبقى الصور على الجهاز.',
    open: 'فتح Lentigo',
  },
};
