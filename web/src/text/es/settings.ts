/** Spanish; what it is for is in ../en/settings.ts. */

import type { settings as english } from '../en/settings';
import type { Texts } from '../messages';

export const settings: Texts<typeof english> = {
  'settings.heading': 'Ajustes',
  'settings.language': 'Idioma',
  'settings.languageAuto': 'El del navegador',
  'settings.point': 'Marca para los tipos malignos',
  'settings.pointLead': 'Una marca más baja halla más lesiones malignas y alarma más veces sin motivo.',
  'settings.pointOwn': 'Marca en {share} (la del modelo)',
  'settings.pointAt': 'Marca en {share}',
  'settings.pointFigures': 'De 100 malignas halla unas {found}; de 100 inofensivas respeta unas {spared}.',
  'settings.history': 'Llevar un historial en este dispositivo',
  'settings.historyNote': 'Apagado: no se puede guardar nada nuevo. Lo guardado queda hasta que lo borre.',
  'settings.threads': 'Hilos',
  'settings.threadsLead':
    'Con más hilos las respuestas llegan antes, sobre todo con muchas fotos y al mirar más de cerca; se gasta más energía y memoria. Las respuestas son las mismas.',
  'settings.threadCount': { one: '{count} hilo', other: '{count} hilos' },
  'settings.threadsLater':
    'Se podrá elegir más de uno cuando la aplicación esté guardada en este dispositivo y se haya abierto de nuevo.',
  'settings.threadsOne': 'En este navegador el motor trabaja con uno.',
  'settings.units': 'Unidades de longitud',
  'settings.units.metric': 'Milímetros',
  'settings.units.imperial': 'Pulgadas',
};
