/** A name of the wire and its key in the domain's catalogue. */
type Named = { readonly name: string; readonly key: string };

/** Names whose key is not simply their snake case. */
const SPELT: Readonly<Record<string, string>> = {
  'Sale Commission Split % - Buy Side': 'sale_commission_split_percent_buy_side',
  'Sale Commission Split % - Sell Side': 'sale_commission_split_percent_sell_side',
  'Sale Commission Split $ - Buy Side': 'sale_commission_split_amount_buy_side',
  'Sale Commission Split $ - Sell Side': 'sale_commission_split_amount_sell_side',
  'Referral %': 'referral_percent',
  '1st Mortgage Balance': 'first_mortgage_balance',
  '2nd Mortgage Balance': 'second_mortgage_balance',
};

const named = (name: string): Named => ({
  name,
  key:
    SPELT[name] ??
    name
      .toLowerCase()
      .replaceAll("'", '')
      .replace(/[ /-]+/g, '_'),
});

const section = (name: string, ...fields: string[]) => ({ ...named(name), fields: fields.map(named) });

/** The nine sections in the order of the contract, exact with blanks and punctuation; lease fields after the 61 (§5.6). */
export const SECTIONS: readonly (Named & { readonly fields: readonly Named[] })[] = [
  section(
    'Property Address',
    'Country',
    'Street Number',
    'Street Name',
    'Unit Number',
    'City',
    'State/Prov',
    'Zip/Postal Code',
    'County',
    'MLS Number',
    'Parcel/Tax ID',
  ),
  section(
    'Financials',
    'Purchase/Sale Price',
    'Sale Commission Rate',
    'Sale Commission Split % - Buy Side',
    'Sale Commission Split % - Sell Side',
    'Sale Commission Total',
    'Earnest Money Amount',
    'Earnest Money Held By',
    'Sale Commission Split $ - Buy Side',
    'Sale Commission Split $ - Sell Side',
    'Rent',
    'Rent Commission Amount',
  ),
  section('Contract Dates', 'Contract Agreement Date', 'Closing Date'),
  section('Offer Dates', 'Inspection Date', 'Offer Date', 'Offer Expiration Date', 'Occupancy Date'),
  section('Contract Info', 'Transaction Number', 'Class', 'Type', 'Start Date', 'End Date'),
  section('Referral', 'Referral %', 'Referral Source'),
  section(
    'Listing Information',
    'Expiration Date',
    'Listing Date',
    'Original Price',
    'Current Price',
    '1st Mortgage Balance',
    '2nd Mortgage Balance',
    'Other Liens',
    'Description of Other Liens',
    "Homeowner's Association",
    "Homeowner's Association Dues",
    'Total Encumbrances',
    'Property Includes',
    'Property Excludes',
    'Remarks',
  ),
  section(
    'Geographic Description',
    'MLS Area',
    'Legal Description',
    'Map Grid',
    'Subdivision',
    'Lot',
    'Deed Page',
    'Deed Book',
    'Section',
    'Addition',
    'Block',
  ),
  section('Property', 'Year Built', 'Bedrooms', 'Square Footage', 'School District', 'Type', 'Bathrooms', 'Lot Size'),
];
