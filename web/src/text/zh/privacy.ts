/** Chinese (simplified); what it is for is in ../en/privacy.ts. */

import type { privacy as english } from '../en/privacy';
import type { Texts } from '../messages';

export const privacy: Texts<typeof english> = {
  'privacy.title': '隐私',
  'privacy.heading': '您的照片留在这里。试试看。',
  'privacy.lead':
    '您的照片在本设备上查看，本应用的代码不会把它发送到任何地方。您不必只听我们说：网站告诉浏览器它绝不可以做什么，浏览器会对网站本身加以拒绝，页面的第一个脚本再关闭剩下的途径。这能证明什么、不能证明什么，写在下面。',
  'privacy.tryHeading': '试着向外发送',
  'privacy.try': '按钮会让此页以及持有您照片的部分去请求别处的地址。该地址是不属于任何人的保留名称。',
  'privacy.button': '试一试',
  'privacy.again': '再试一次',
  'privacy.trying': '正在尝试',
  'privacy.offline': '现在没有网络。结果相同：浏览器在寻找网络之前就会拒绝。',
  'privacy.allRefused': '浏览器拒绝了每一次尝试。',
  'privacy.noneArrived': '没有任何内容发出。此浏览器不会说明每次尝试都是被规则阻止的。',
  'privacy.someOpen': '没有任何内容发出。此浏览器对所有页面都开放的途径已在下面标出。',
  'privacy.arrived': '有内容被发出。请更新浏览器，并告知本网站的运营者。',
  'privacy.fromPage': '来自页面',
  'privacy.fromWorker': '来自持有照片的部分',
  'privacy.byScript': '由页面的第一个脚本关闭',
  'privacy.noWorker': '该部分现在没有运行。',
  'privacy.way.fetch': '获取文件',
  'privacy.way.picture': '加载图片',
  'privacy.way.message': '关闭时留下消息',
  'privacy.way.line': '打开持续连接',
  'privacy.way.stream': '监听其他网站',
  'privacy.way.font': '加载字体',
  'privacy.way.frame': '在本站内显示其他网站',
  'privacy.way.prefetch': '预先获取页面',
  'privacy.way.call': '浏览器之间的呼叫',
  'privacy.way.inner': '从自建框架发起的同样呼叫',
  'privacy.way.window': '另一个窗口',
  'privacy.way.leave': '把此页引向别处',
  'privacy.way.ahead': '预先连接到网站',
  'privacy.outcome.refused': '被规则 {directive} 拒绝',
  'privacy.outcome.arrived': '已发送',
  'privacy.outcome.unclear': '失败；浏览器未说明原因',
  'privacy.outcome.closed': '已关闭',
  'privacy.outcome.open': '此浏览器没有提供关闭的办法',
  'privacy.forbidHeading': '浏览器禁止本网站做的事',
  'privacy.forbid.connect': '向其他网站请求或发送任何内容。',
  'privacy.forbid.load': '从其他网站加载图片、脚本、样式、字体或框架。',
  'privacy.forbid.script': '把文本当作脚本运行，或接受不随应用而来的脚本。',
  'privacy.forbid.form': '向任何地方发送表单。',
  'privacy.forbid.sensors': '麦克风和位置。相机仅在您要求时使用。',
  'privacy.closedHeading': '第一个脚本关闭的途径',
  'privacy.closed':
    '浏览器之间的呼叫（WebRTC）不受浏览器任何规则约束；同样不受约束的还有预先建立的连接、会重新带来这种呼叫的窗口和框架、Cookie，以及把页面引向含有文字的地址的脚本。页面的第一个脚本在其他脚本运行之前取走这些，之后没有脚本能把它们取回。',
  'privacy.codeHeading': '代码从不做的事',
  'privacy.code':
    '本应用没有任何一行代码会发送照片、答案或笔记，也不会发给自己的网站。每个版本的测试都会监视每个请求以及这里列出的每种恶意尝试。',
  'privacy.keepHeading': '留在本设备上的内容',
  'privacy.keep':
    '应用本身、模型和您的设置。只有开启历史才会保存照片，而且只在这里。照片不在任何地址或日志中。您从其他应用分享来的照片由浏览器中的应用副本接收；不会询问网站。',
  'privacy.asksHeading': '仍会向网站请求的内容',
  'privacy.asks':
    '不时询问是否有较新的应用或模型：两个文件名，对所有人都一样。在飞行模式下连这也没有，而一切照常工作。',
  'privacy.clearedHeading': '如果您删除网站数据',
  'privacy.cleared':
    '请先卸载应用，或之后打开一次应用。只要应用仍安装着而数据已删除，从其他应用分享给它的照片就会发往本网站的服务器：网站已设置为拒绝接收，但照片那时已离开设备。',
  'privacy.hostileHeading': '恶意脚本仍可能做的事',
  'privacy.hostile':
    '如果仍有恶意脚本进入应用：在没有 Navigation API 的浏览器中（Safari 26.2 之前），它可以当着您的面把页面引向含有文字的地址。它可以等待您点击链接。在应用保存到设备之前，它可以把文字放进对本网站服务器的请求中。',
  'privacy.limitsHeading': '这不能证明什么',
  'privacy.limits': '您点击的链接会像链接那样通向外部。而且没有哪个页面能为浏览器、其扩展或手机担保。',
};
