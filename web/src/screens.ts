/**
 * Every screen by its name in the address. The first one comes with the page; the others are files of their
 * own, fetched when opened (and cached with the app). A new screen needs a line here, and its way in shell/nav.tsx
 * or wherever it is reached from.
 */

import { CheckScreen } from './check/check-screen';
import { Missing } from './navigation/missing';
import type { ScreenName } from './navigation/route';
import type { Screen } from './screen';
import type { PlainKey } from './text/messages';

/** `title` is what the window is called; `screen` is there at once, `load` fetches it. */
export type ScreenEntry = { title: PlainKey } & ({ screen: Screen } | { load: () => Promise<Screen> });

export const SCREEN_TABLE: Partial<Record<ScreenName, ScreenEntry>> & { check: ScreenEntry } = {
  check: { title: 'nav.check', screen: CheckScreen },
  missing: { title: 'missing.heading', screen: Missing },
  history: { title: 'nav.history', load: async () => (await import('./history/history-screen')).HistoryScreen },
  lesson: { title: 'lesson.heading', load: async () => (await import('./lessons/lesson-screen')).LessonScreen },
  model: { title: 'model.heading', load: async () => (await import('./model/model-screen')).ModelScreen },
  report: { title: 'report.heading', load: async () => (await import('./report/report-screen')).ReportScreen },
  settings: {
    title: 'nav.settings',
    load: async () => (await import('./settings/settings-screen')).SettingsScreen,
  },
  camera: {
    title: 'camera.title',
    load: async () => (await import('./camera/camera-screen')).CameraScreen,
  },
  batch: {
    title: 'batch.title',
    load: async () => (await import('./batch/batch-screen')).BatchScreen,
  },
  evaluate: {
    title: 'evaluate.title',
    load: async () => (await import('./evaluate/evaluate-screen')).EvaluateScreen,
  },
  privacy: {
    title: 'privacy.title',
    load: async () => (await import('./privacy/privacy-screen')).PrivacyScreen,
  },
};
