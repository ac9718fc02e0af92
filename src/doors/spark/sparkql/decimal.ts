import type { ArithmeticOp } from './tree.ts';

/** An exact number: `units` over ten to the power of `scale`. Filters compute with constants as the database would with columns. */
export type Decimal = { readonly units: bigint; readonly scale: number };

/** Digits behind the point that a quotient keeps. */
const QUOTIENT_SCALE = 20;
const power = (n: number) => 10n ** BigInt(n);

/** `-12`, `1.50`, `1.5E-3` */
export function readDecimal(text: string): Decimal {
  const [mantissa = '0', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const units = BigInt(whole + fraction);
  const scale = fraction.length - Number(exponent);
  return scale < 0 ? { units: units * power(-scale), scale: 0 } : { units, scale };
}

const aligned = (a: Decimal, b: Decimal) => {
  const scale = Math.max(a.scale, b.scale);
  return { a: a.units * power(scale - a.scale), b: b.units * power(scale - b.scale), scale };
};

/** Undefined for a division by zero. */
export function compute(op: ArithmeticOp, left: Decimal, right: Decimal): Decimal | undefined {
  const { a, b, scale } = aligned(left, right);
  switch (op) {
    case 'add':
      return { units: a + b, scale };
    case 'sub':
      return { units: a - b, scale };
    case 'mul':
      return { units: left.units * right.units, scale: left.scale + right.scale };
    case 'div':
      return b === 0n ? undefined : { units: (a * power(QUOTIENT_SCALE)) / b, scale: QUOTIENT_SCALE };
    case 'mod':
      return b === 0n ? undefined : { units: a % b, scale };
  }
}

export const negated = ({ units, scale }: Decimal): Decimal => ({ units: -units, scale });

/** Halves go away from zero, as in the database. */
export function toWhole({ units, scale }: Decimal, how: 'round' | 'floor' | 'ceiling' | 'trunc'): Decimal {
  const unit = power(scale);
  const cut = units / unit;
  const rest = units % unit;
  const below = rest < 0n ? cut - 1n : cut;
  const above = rest > 0n ? cut + 1n : cut;
  if (how === 'floor') return { units: below, scale: 0 };
  if (how === 'ceiling') return { units: above, scale: 0 };
  if (how === 'trunc') return { units: cut, scale: 0 };
  const half = (rest < 0n ? -rest : rest) * 2n >= unit && rest !== 0n;
  return { units: half ? cut + (rest < 0n ? -1n : 1n) : cut, scale: 0 };
}

/** Without trailing zeros. */
export function decimalText({ units, scale }: Decimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const fraction = scale === 0 ? '' : digits.slice(-scale).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${scale === 0 ? digits : digits.slice(0, -scale)}${fraction ? `.${fraction}` : ''}`;
}
