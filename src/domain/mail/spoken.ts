/** `Friday, May 7, 2027 at 10:00 AM`, where the brokerage is; `dayOnly`: without the time. */
export const spokenTime = (at: Date, timeZone: string, dayOnly = false): string =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'full', ...(dayOnly ? {} : { timeStyle: 'short' }), timeZone }).format(at);
