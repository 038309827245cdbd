/* The demonstration: everything goes through the element's own attributes, properties and events. */
const element = document.getElementById('demo');
const ways = document.getElementById('ways');
const events = document.getElementById('events');

function note({ type, detail }) {
  const line = document.createElement('li');
  line.textContent = detail?.code ? `${type}: ${detail.code}` : type;
  events.append(line);
}

for (const type of ['lentigo-ready', 'lentigo-start', 'lentigo-result', 'lentigo-error'])
  element.addEventListener(type, note);
element.addEventListener('lentigo-result', ({ detail }) => {
  document.getElementById('result').textContent = JSON.stringify(detail, null, 2);
});

ways.addEventListener('click', async ({ target }) => {
  const { sample } = target.dataset;
  if (sample) element.photo = await (await fetch(sample)).blob();
});
ways.addEventListener('change', () => {
  const { language, prior, colours } = ways.elements;
  element.lang = language.value;
  element.prior = prior.value;
  element.classList.toggle('other-colours', colours.checked);
});
ways.addEventListener('submit', (event) => event.preventDefault());
