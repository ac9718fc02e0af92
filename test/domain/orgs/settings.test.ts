import { deepEqual, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { readSetting, withSetting } from '../../../src/domain/index.ts';
import { Fault } from '../../../src/kernel/fault.ts';

test('settings are read by their kinds', () => {
  deepEqual(
    [
      readSetting('currencyRates.GBP', '0.8'),
      readSetting('reapit.useSoldStc', 'false'),
      readSetting('site.logo', 'https://a.example/l.png'),
      readSetting('spark.noteLength', '4000'),
    ],
    [0.8, false, 'https://a.example/l.png', 4000],
  );
  for (const [place, text] of [
    ['currencyRates.GBP', '0'],
    ['currencyRates.pounds', '1'],
    ['currencyRates.<currency>', '1'],
    ['reapit.useSoldStc', 'yes'],
    ['site.logo', 'javascript:alert(1)'],
    ['spark.noteLength', '3999'],
    ['constructor', '1'],
    ['__proto__.x', '1'],
  ] as const)
    throws(() => readSetting(place, text), Fault, `${place}=${text}`);
  throws(() => withSetting({}, '__proto__.x', undefined), Fault);
});

test('one setting is put beside the others, and taken away', () => {
  const before = { reapit: { useSoldStc: true }, currencyRates: { EUR: 0.9 } };
  deepEqual(withSetting(before, 'currencyRates.GBP', 0.8), { ...before, currencyRates: { EUR: 0.9, GBP: 0.8 } });
  deepEqual(withSetting(before, 'reapit.useSoldStc', undefined), { ...before, reapit: {} });
});
