import { deepEqual, equal } from 'node:assert/strict';
import { describe, test } from 'node:test';
import { changeNames, shownName } from '../../../src/domain/people/index.ts';

const person = (first_name: string | null, last_name: string | null, display_name: string | null = null) => ({
  first_name,
  last_name,
  display_name,
});

describe('a whole name beside its parts', () => {
  const nobody = person(null, null);
  const john = person('John', 'Smith');
  const jack = person('John', 'Smith', 'Jack the Lad');

  test('alone it is split at its last blank; one word is the last name', () => {
    deepEqual(changeNames(nobody, { displayName: 'Contact Four' }), person('Contact', 'Four'));
    deepEqual(changeNames(nobody, { displayName: 'Mary Ann Lee' }), person('Mary Ann', 'Lee'));
    deepEqual(changeNames(nobody, { displayName: 'Madonna' }), person(null, 'Madonna'));
    deepEqual(changeNames(john, { displayName: 'Johann Schmidt' }), person('Johann', 'Schmidt'));
  });

  test('it comes back as it was written, blanks and all', () => {
    const written = { ...nobody, ...changeNames(nobody, { displayName: ' Ann  Lee ' }) };
    deepEqual(written, person('Ann', 'Lee', ' Ann  Lee '));
    equal(shownName(written), ' Ann  Lee ');
  });

  test('with its parts it is kept beside them, unless they say the same', () => {
    deepEqual(changeNames(nobody, { displayName: 'Bob', firstName: 'Robert', lastName: 'Roe' }), person('Robert', 'Roe', 'Bob'));
    deepEqual(changeNames(nobody, { displayName: 'Bob Roe', firstName: 'Bob', lastName: 'Roe' }), person('Bob', 'Roe'));
  });

  test('where the contact has a name of its own, a new one replaces it and the parts stay', () => {
    deepEqual(changeNames(jack, { displayName: 'Jumping Jack' }), person('John', 'Smith', 'Jumping Jack'));
    deepEqual(changeNames(jack, { displayName: 'John Smith' }), person('John', 'Smith', null));
  });

  test('a new part that brings no whole name ends it', () => {
    deepEqual(changeNames(jack, { firstName: 'Johnny' }), person('Johnny', 'Smith', null));
    deepEqual(changeNames(jack, { firstName: 'John' }), {});
    deepEqual(changeNames(jack, { lastName: null }), person('John', null, null));
  });

  test('as it is shown already it is not written', () => {
    deepEqual(changeNames(john, { displayName: 'John Smith' }), {});
    deepEqual(changeNames(jack, { displayName: 'Jack the Lad', firstName: 'Jon' }), { first_name: 'Jon', last_name: 'Smith' });
    const agency = { ...nobody, company_name: 'Miami Bluff Title Agency' };
    deepEqual(changeNames(agency, { displayName: 'Miami Bluff Title Agency' }), {});
  });
});

test('whoever has no name is called by company, address or number', () => {
  const nobody = person(null, null);
  equal(shownName({ ...nobody, company_name: 'Acme', email: 'a@b.example' }), 'Acme');
  equal(shownName({ ...nobody, email: 'a@b.example' }), 'a@b.example');
  equal(
    shownName({
      ...nobody,
      contact_points: [
        { via: 'email', kind: 'other', value: 'x@y.example' },
        { via: 'phone', kind: 'fax', value: '555' },
      ],
    }),
    '555',
  );
  equal(shownName(nobody), '');
});
