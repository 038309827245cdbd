/** Chinese (simplified); what it is for is in ../en/settings.ts. */

import type { settings as english } from '../en/settings';
import type { Texts } from '../messages';

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
  'settings.threads': '线程',
  'settings.threadsLead': '线程越多，答案来得越快，照片很多或仔细查看时尤其明显，但会耗费更多电量和内存。答案不变。',
  'settings.threadCount': '{count} 个线程',
  'settings.threadsLater': '应用保存到此设备并重新打开后，即可选择多个线程。',
  'settings.threadsOne': '在此浏览器中，引擎以单线程运行。',
  'settings.units': '长度单位',
  'settings.units.metric': '毫米',
  'settings.units.imperial': '英寸',
};
