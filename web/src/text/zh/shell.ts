/** Chinese (simplified); what it is for is in ../en/shell.ts. */

import type { shell as english } from '../en/shell';
import type { Texts } from '../i18n';

export const shell: Texts<typeof english> = {
  'app.notDiagnosis': '学习用的辅助工具。不是诊断，也不是医疗器械。',
  'app.title': '{screen} – Lentigo',
  'app.skip': '跳到内容',
  'nav.label': '主导航',
  'nav.check': '查看',
  'nav.history': '历史',
  'nav.settings': '设置',
  'screen.loading': '正在加载此页',
  'screen.failed': '此页无法加载',
  'shell.offline.unknown': '加载后无需网络即可使用',
  'shell.offline.ready': '无需网络即可使用',
  'shell.offline.failed': '需要网络',
  'shell.update.waiting': '应用的新版本已就绪。',
  'shell.update.taken': '另一个窗口已启动应用的新版本。',
  'shell.update.withdrawn': '本网站的运营者已撤回此版本。请先保存需要的内容，然后重新加载。',
  'shell.reload': '重新加载',
  'shell.model': '模型 {name} {version}',
  'shell.modelRenewed': '已采用较新的模型 {version}。',
  'shell.modelFailed': '无法采用较新的模型。现有的模型继续工作。',
  'shell.licence': '模型许可证：{licence}。',
  'engine.loading': '正在准备模型',
  'engine.bytes': '正在获取模型：{received} / {total}',
  'engine.ready': '就绪',
  'engine.failed': '引擎未能启动',
  'format.number': '{value}',
  'format.below': '<\u202f{value}',
  'format.above': '>\u202f{value}',
  'missing.heading': '没有这个页面',
  'missing.lead': '本应用在此地址没有任何内容。它可能已被删除，或者地址不完整。',
  'missing.way': '回到首页',
  'broken.heading': '此页面无法正常工作',
};
