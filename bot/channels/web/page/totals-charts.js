// Charts on canvases, in the page's colours, each beside a table that says the same. Drawn anew for paper and for the dark.

/** @typedef {{ labels: (string | string[])[], sets: { label: string, values: number[], colour: string }[], flat?: boolean, share?: boolean,
 *   pick?: (index: number) => void }} Drawing */

/** @type {Map<HTMLCanvasElement, { chart: any, drawing: Drawing }>} */
const drawn = new Map();
/** @type {any} */
const { Chart } = window;

/** @param {string} name */
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
Chart.defaults.font.size = 13;
const numbers = new Intl.NumberFormat('vi-VN');

/** Puts a drawing on a canvas; what was there goes.
 * @param {HTMLCanvasElement} canvas @param {Drawing} drawing */
export function draw(canvas, drawing) {
  drawn.get(canvas)?.chart.destroy();
  const { labels, sets, flat = false, share = false, pick } = drawing;
  const ink = colour('--ink');
  const grid = { color: colour('--rule') };
  const values = {
    beginAtZero: true,
    stacked: true,
    grid,
    ticks: { color: ink, precision: 0, callback: (/** @type {number} */ n) => (share ? `${n}%` : numbers.format(n)) },
    ...(share && { max: 100 }),
  };
  const names = { stacked: true, grid: { display: false }, ticks: { color: ink, autoSkip: !flat } };
  const chart = new Chart(canvas, {
    type: 'bar',
    data: {
      labels,
      datasets: sets.map(({ label, values: data, colour: name }) => ({
        label,
        data,
        backgroundColor: colour(name),
        maxBarThickness: 34,
      })),
    },
    options: {
      indexAxis: flat ? 'y' : 'x',
      locale: 'vi-VN',
      maintainAspectRatio: false,
      animation: false,
      scales: flat ? { x: values, y: names } : { x: names, y: values },
      plugins: { legend: { display: sets.length > 1, position: 'bottom', labels: { color: ink, boxWidth: 14 } } },
      ...(pick && {
        onClick: (/** @type {unknown} */ _event, /** @type {{ index: number }[]} */ hit) =>
          hit[0] && pick(hit[0].index),
      }),
    },
  });
  drawn.set(canvas, { chart, drawing });
}

/** Forgets what is no longer on the page. */
export function sweep() {
  for (const [canvas, { chart }] of drawn)
    if (!canvas.isConnected) {
      chart.destroy();
      drawn.delete(canvas);
    }
}

const again = () => {
  for (const [canvas, { drawing }] of [...drawn]) draw(canvas, drawing);
};
// The colours of paper hold while it is being printed; the browser tells both ways in one event.
for (const query of ['print', '(prefers-color-scheme: dark)'])
  window.matchMedia(query).addEventListener('change', again);
window.addEventListener('beforeprint', () => {
  for (const { chart } of drawn.values()) chart.resize(660, Math.max(220, Math.min(chart.height, 420)));
});
window.addEventListener('afterprint', () => {
  for (const { chart } of drawn.values()) chart.resize();
});
