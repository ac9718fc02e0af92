const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** A constant in plain words: `UNDER_CONTRACT` reads "Under contract". Text that is no constant is somebody's own and stays as it is. */
export const wordsOf = (constant: string): string =>
  /^[A-Z][A-Z0-9_]*$/.test(constant) ? capital(constant.toLowerCase().replaceAll('_', ' ')) : constant;

/** Keys whose snake case lost what people write. */
const LABELS: Record<string, string> = {
  first_mortgage_balance: '1st mortgage balance',
  homeowners_association: "Homeowner's association",
  homeowners_association_dues: "Homeowner's association dues",
  mls_area: 'MLS area',
  mls_number: 'MLS number',
  parcel_tax_id: 'Parcel or tax ID',
  purchase_sale_price: 'Purchase or sale price',
  referral_percent: 'Referral %',
  sale_commission_split_amount_buy_side: 'Sale commission, buy side',
  sale_commission_split_amount_sell_side: 'Sale commission, sell side',
  sale_commission_split_percent_buy_side: 'Sale commission split %, buy side',
  sale_commission_split_percent_sell_side: 'Sale commission split %, sell side',
  second_mortgage_balance: '2nd mortgage balance',
  state_prov: 'State or province',
  zip_postal_code: 'Zip or postal code',
};

/** What a section or field of a loop's details is called: `closing_date` reads "Closing date", a brokerage's own `+Name` "Name". */
export const labelOf = (key: string): string =>
  key.startsWith('+') ? key.slice(1) : (LABELS[key] ?? capital(key.replaceAll('_', ' ')));
