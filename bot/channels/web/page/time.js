// The bot's clock, spoken in Ha Noi time whatever the device thinks.

const timeZone = 'Asia/Ho_Chi_Minh';
const clock = new Intl.DateTimeFormat('vi-VN', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const seconds = new Intl.DateTimeFormat('vi-VN', {
  timeZone,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const day = new Intl.DateTimeFormat('vi-VN', {
  timeZone,
  weekday: 'long',
  day: 'numeric',
  month: 'numeric',
  year: 'numeric',
});
const date = new Intl.DateTimeFormat('vi-VN', { timeZone, day: 'numeric', month: 'numeric' });

/** `08:05` @param {number} at */
export const timeOf = (at) => clock.format(at);
/** `08:05:09` @param {number} at */
export const secondsOf = (at) => seconds.format(at);
/** `Thứ Tư, 10/6/2026` @param {number} at */
export const dayOf = (at) => day.format(at);
/** `10/6` @param {number} at */
export const dateOf = (at) => date.format(at);

/** Goes on from what the server last said. */
export function createClock() {
  /** @type {{ bot: number, here: number } | null} */
  let known = null;
  return {
    /** @param {number} now */
    set(now) {
      known = { bot: now, here: performance.now() };
    },
    now: () => (known ? known.bot + performance.now() - known.here : null),
  };
}
