/** Chinese (simplified); what it is for is in ../en/report.ts. */

import type { report as english } from '../en/report';
import type { Texts } from '../messages';

export const report: Texts<typeof english> = {
  'report.open': '报告',
  'report.way': '可打印或分享的页面',
  'report.heading': '报告',
  'report.print': '打印或存为 PDF',
  'report.share': '分享',
  'report.none': '没有可供报告的答案。请先查看一张照片。',
  'report.date': '日期',
  'report.site': '部位',
  'report.size': '大小',
  'report.note': '备注',
  'report.photo': '所查看的正方形',
  'report.map': '支持{name}的部位',
  'report.sum': '恶性类型合计：{share}',
  'report.sumMark': '恶性类型合计：{share}（界线 {mark}）',
  'report.set': '可能是：{names}。',
  'report.made': '由{model}在设备上算出，文件 {hash}。',
  'report.views': { other: '{count} 个视图的平均。' },
  'report.disclaimer':
    '由程序制作，供学习辅助。不是医疗器械，不是诊断。数字表示照片与模型所学图库中图片的相似程度，不是患病的概率。该程序会漏掉黑色素瘤。斑点是否需要治疗，只有医生能判断。',
  'report.shared': 'Lentigo：{name}，{share}。{disclaimer}',
  'report.unshared': '无法分享。请改为打印，或保存图片。',
  'report.picture': '图片种类',
  'report.sharedName': '{name}（{kind}）',
};
