import type { CoverageRow } from './dotloop-rows.ts';

/** `E25: GET /listings/:id/photos, /listings/:id/videos; DELETE …` as lines, one an operation. */
function rowsOf(row: string, learned: string, operations: string): CoverageRow[] {
  return operations.split(';').flatMap((part) => {
    const [methods = '', paths = ''] = part.trim().split(/\s+(.*)/s);
    return methods
      .split(',')
      .flatMap((method) =>
        paths.split(',').map((path) => ({ row, method, path: path.trim(), scope: '', learned: `${learned}` })),
      );
  });
}

const LL = '/listings/:id';
const CC = '/contacts/:id';
const PARTS = ['photos', 'videos', 'virtualtours', 'documents', 'openhouses', 'rentalcalendar'];
const CART = '/listingcarts/:id';
const SEARCH = '/savedsearches/:id';

/** contracts/spark.md §4.4 and §10.1: what there has to be, whether or not the door has it. Paths without `/v1` in front are the door's root's. */
export const sparkRows: readonly CoverageRow[] = [
  ...rowsOf('E01', '4.1', 'POST /session'),
  ...rowsOf('E02', '4.1', 'DELETE /session/:token'),
  ...rowsOf('E03', '4.4', 'POST /oauth2/grant'),
  ...rowsOf('E04', '4.4', 'GET ~/oauth2'),
  ...rowsOf('E05', '4.4', 'GET ~/auth/vow/:name, ~/r/login/:name, ~/r/oauth2/:name'),
  ...rowsOf('E06', '4.4', 'GET ~/openid'),
  ...rowsOf('E07', '4.4', 'GET ~/openid/logout'),
  ...rowsOf('E08', '4.4', 'GET ~/.well-known/openid-configuration'),
  ...rowsOf('E09', '4.4', 'GET ~/openid/authorize'),
  ...rowsOf('E10', '4.4', 'POST ~/openid/token'),
  ...rowsOf('E11', '4.4', 'GET,POST ~/openid/userinfo'),
  ...rowsOf('E12', '4.4', 'POST ~/openid/revoke'),
  ...rowsOf('E13', '4.4', 'GET ~/openid/jwks.json'),
  ...rowsOf('E14', '9', `GET,PUT,DELETE ${LL}/my/notes`),
  ...rowsOf('E15', '9', `GET,PUT,DELETE ${LL}/shared/notes`),
  ...rowsOf('E16', '9', `GET ${LL}/shared/notes/contacts`),
  ...rowsOf('E17', '9', `GET,PUT,DELETE ${LL}/shared/notes/contacts/:id`),
  ...rowsOf('E18', '10.2', 'GET /listings'),
  ...rowsOf('E19', '10.2', `GET ${LL}`),
  ...rowsOf('E20', '10.1', 'PUT /flexmls/listings/:id'),
  ...rowsOf('E21', '10.1', 'GET /my/listings'),
  ...rowsOf('E22', '10.1', 'GET /office/listings'),
  ...rowsOf('E23', '10.1', 'GET /company/listings'),
  ...rowsOf('E24', '10.1', 'GET /listings/nearby'),
  ...PARTS.flatMap((part) => rowsOf('E25', '10.2', `GET ${LL}/${part}`)),
  ...PARTS.flatMap((part) => rowsOf('E26', '10.2', `GET ${LL}/${part}/:id`)),
  ...rowsOf('E27', '10.2', 'GET /standardfields, /standardfields/:name'),
  ...rowsOf('E28', '10.2', 'GET /mls/:id/standardfields, /mls/:id/standardfields/:name'),
  ...rowsOf('E29', '10.2', 'GET /propertytypes'),
  ...rowsOf('E30', '10.2', 'GET /customfields, /customfields/:name'),
  ...rowsOf('E31', '10.3', 'GET,POST /contacts'),
  ...rowsOf('E32', '10.3', `GET,PUT,DELETE ${CC}`),
  ...rowsOf('E33', '10.3', 'GET /contacts/tags'),
  ...rowsOf('E34', '10.3', 'GET /contacts/tags/:tag'),
  ...rowsOf('E35', '10.1', 'GET /contacts/export, /contacts/export/all'),
  ...rowsOf('E36', '10.3', 'GET,PUT /my/contact'),
  ...rowsOf('E37', '10.5', `GET,POST,PUT ${CC}/portal`),
  ...rowsOf('E38', '10.6', `GET ${CC}/savedsearches, ${CC}/provided/savedsearches`),
  ...rowsOf('E39', '10.6', `GET,POST ${CC}/listingcarts; GET,PUT,DELETE ${CC}/listingcarts/:id`),
  ...rowsOf('E40', '10.3', `GET,POST ${CC}/comments; DELETE ${CC}/comments/:id`),
  ...rowsOf('E41', '10.3', `GET ${CC}/activity`),
  ...rowsOf('E42', '10.4', 'GET /accounts'),
  ...rowsOf('E43', '10.4', 'GET,PUT /accounts/:id'),
  ...rowsOf('E44', '10.1', 'GET /accounts/by/office/:id'),
  ...rowsOf('E45', '10.4', 'GET,PUT /my/account'),
  ...rowsOf('E46', '10.4', 'GET /system'),
  ...rowsOf('E47', '10.5', 'GET,POST,PUT /portal'),
  ...rowsOf('E48', '10.5', 'GET,PUT /portal/:id'),
  ...rowsOf('E49', '10.6', 'GET,POST /listingcarts; GET /my/listingcarts'),
  ...rowsOf('E50', '10.6', `GET,POST,PUT,DELETE ${CART}`),
  ...rowsOf('E51', '10.6', `GET ${CART}/listings; DELETE ${CART}/listings/:ids`),
  ...rowsOf('E52', '10.6', 'GET /listingcarts/for/:ids'),
  ...rowsOf('E53', '10.6', 'GET /listingcarts/portal, /listingcarts/portal/favorites, /listingcarts/portal/rejects'),
  ...rowsOf('E54', '10.6', 'GET,POST /savedsearches; GET /savedsearches/tags/:tag'),
  ...rowsOf('E55', '10.6', `GET,PUT,DELETE ${SEARCH}; PUT,DELETE ${SEARCH}/contacts/:id`),
  ...rowsOf('E56', '10.6', 'GET /provided/savedsearches, /provided/savedsearches/:id'),
  ...rowsOf('E57', '10.6', 'POST /sharedlistings; GET /sharedlistings/:id'),
  ...rowsOf('E58', '10.1', 'GET /developers/roles, /developers/roles/:id'),
];
