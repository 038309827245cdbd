/** Chinese (simplified); what it is for is in ../en/settings.ts. */

import type { settings as english } from '../en/settings';
import type { Texts } from '../i18n';

export const settings: Texts<typeof english> = {
  'settings.heading': '设置',
  'settings.language': '语言',
  'settings.languageAuto': '跟随浏览器',
  'settings.point': '恶性类型的界线',
  'settings.pointLead': '较低的界线会找出更多恶性病变，也会更常无故报警。',
  'settings.pointOwn': '界线 {share}（模型自带）',
  'settings.pointAt': '界线 {share}',
  'settings.pointFigures': '每 100 个恶性病变约找出 {found} 个；每 100 个无害病变约有 {spared} 个不误报。',
  'settings.history': '在本设备上保留历史',
  'settings.historyNote': '关闭时：无法保存新的内容。已保存的会保留到您删除为止。',
  'settings.units': '长度单位',
  'settings.units.metric': '毫米',
  'settings.units.imperial': '英寸',
};
