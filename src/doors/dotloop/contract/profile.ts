import { Type } from 'typebox';
import { contract } from '../../../wire/contract.ts';
import { changes, data, flag, id, none, optional, P, profilePath, rows, text } from './fields.ts';
import { ProfileType } from './words.ts';

const own = {
  name: text('Profile name.'),
  company: optional(text('Company name.')),
  phone: optional(text('Phone number.')),
  fax: optional(text('Fax number.')),
  address: optional(text('Address line.')),
  city: optional(text('City.')),
  state: optional(text('State.')),
  zipCode: optional(text('Zip code.')),
  country: optional(text('Country.')),
};

export const Profile = Type.Object(
  {
    id: id(),
    ...own,
    type: ProfileType,
    default: flag('True on exactly one profile of the user.'),
    requiresTemplate: flag('Loops of this profile can only be made from a template.'),
    deactivated: flag('The profile can be read, its loops cannot.'),
  },
  { $id: 'Profile' },
);

export const NewProfile = Type.Object(own, { $id: 'NewProfile' });
export const ProfileChange = changes(own, ['name'], 'ProfileChange');

const learned = 'contracts/dotloop.md 5.2 [seed 4]';

export const listProfiles = contract({
  operationId: 'listProfiles',
  method: 'GET',
  url: '/profile',
  summary: 'List all profiles of the user, the default profile first',
  scope: ['profile:read'],
  params: none,
  query: none,
  answers: { 200: rows(Profile) },
  learned,
});

export const readProfile = contract({
  operationId: 'readProfile',
  method: 'GET',
  url: P,
  summary: 'Read a profile',
  scope: ['profile:read'],
  params: profilePath,
  query: none,
  answers: { 200: data(Profile) },
  learned,
});

export const createProfile = contract({
  operationId: 'createProfile',
  method: 'POST',
  url: '/profile',
  summary: 'Create an INDIVIDUAL profile',
  scope: ['profile:write'],
  params: none,
  query: none,
  body: NewProfile,
  answers: { 201: data(Profile) },
  learned,
  example: {
    name: 'My Profile',
    company: 'MyCompany',
    phone: '+0 (123) 456 7890',
    fax: '+0 (123) 456 7890',
    address: '1234 Wall St',
    city: 'New York',
    state: 'NY',
    zipCode: '10005',
  },
});

export const updateProfile = contract({
  operationId: 'updateProfile',
  method: 'PATCH',
  url: P,
  summary: 'Change members of an INDIVIDUAL profile',
  scope: ['profile:write'],
  params: profilePath,
  query: none,
  body: ProfileChange,
  answers: { 200: data(Profile) },
  learned,
  example: { name: 'My Changed Profile Name', company: 'My New Company' },
});
