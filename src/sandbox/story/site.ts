import { systemActor } from '../../access/actor.ts';
import { everyResource } from '../../domain/index.ts';
import { SANDBOX } from '../credentials.ts';
import { pictureFile } from '../pictures.ts';
import type { Stage } from '../stage.ts';

/** John Smith, the client who asks about a hot tub, and his listing (domain-people §4). */
const CLIENT = 'OXF18000001';
const HOT_TUB = 'OXF190347';

function keys(stage: Stage): void {
  const { identity } = stage.domain;
  const { key, readOnlyKey, domain } = SANDBOX.propertybase;
  stage.at('2018-01-02T15:10:00Z', async () => {
    await identity.addSiteDomain(stage.orgId, domain);
    const { orgId } = stage;
    const id = () => stage.nextId('api_key');
    await identity.createSiteKey({ orgId, id: id(), name: 'Sandbox site', permissions: everyResource('rwd'), key });
    await identity.createSiteKey({ orgId, id: id(), name: 'Sandbox reader', permissions: everyResource('r'), key: readOnlyKey });
  });
}

/** What the client did on the site, and what the people of Allen Realty did about it. */
function journey(stage: Stage): void {
  const { records } = stage.domain;
  const site = systemActor(stage.orgId, 'propertybase');
  const told = (noun: string) => ({ id: stage.nextId(noun) });
  const listing = { contact_id: CLIENT, property_id: HOT_TUB };
  const kept = (propertybase: Record<string, unknown>) => ({ extras: { propertybase } });
  const attributes = {
    search_type: 'sales',
    town_names: ['San Francisco'],
    max_price: 750_000,
    property_sub_types: ['Condominium'],
  };
  const criteria = { side: 'sales', cities: ['San Francisco'], price: { max: 750_000 }, sub_types: ['Condominium'] } as const;

  stage.at('2018-02-03T18:00:00Z', () =>
    records.leadSearch.create(
      site,
      {
        values: {
          contact_id: CLIENT,
          name: 'Condominiums by the park',
          search_type: 'sales',
          search_attributes: attributes,
          criteria,
          results_count: 1,
        },
      },
      told('search_run'),
    ),
  );
  stage.at('2018-02-03T18:10:00Z', () =>
    records.propertyView.create(
      site,
      { values: { ...listing, viewed_at: new Date('2018-02-03T18:10:00Z'), source: 'website' } },
      told('property_view'),
    ),
  );
  stage.at('2018-02-04T09:00:00Z', () =>
    records.enquiry.create(
      site,
      {
        values: {
          contact_id: CLIENT,
          property_ids: [HOT_TUB],
          kind: 'salesApplicant',
          status: 'pending',
          first_name: 'John',
          last_name: 'Smith',
          email: 'john.smith@example.com',
          message: 'Is the hot tub on the terrace part of the sale?',
        },
      },
      told('enquiry'),
    ),
  );
  stage.at('2018-02-05T10:00:00Z', () =>
    records.propertyNote.create(
      site,
      { values: { ...listing, note: 'Wants to keep the hot tub.', entry_id: stage.nextId('note_entry'), private: true } },
      { ...told('note'), resoKey: '20180205100000000000000000' },
    ),
  );
  stage.at('2018-02-06T08:00:00Z', () =>
    records.emailFriend.create(
      site,
      {
        values: {
          ...listing,
          ...kept({
            from_name: 'John Smith',
            from_email: 'john.smith@example.com',
            friend_name: 'Mary',
            friend_email: 'mary.smith@example.com',
          }),
        },
      },
      told('site_activity'),
    ),
  );
  stage.at('2018-02-06T08:30:00Z', () =>
    records.contactForm.create(
      site,
      {
        values: {
          contact_id: CLIENT,
          member_id: 'JAS',
          office_id: 'OXF',
          ...kept({
            first_name: 'John',
            last_name: 'Smith',
            email: 'john.smith@example.com',
            employee_name: 'John Smith',
            comments: 'Please call me after six.',
          }),
        },
      },
      told('site_activity'),
    ),
  );
  stage.at('2018-02-06T09:00:00Z', () =>
    records.leadProperty.create(
      site,
      { values: { contact_id: CLIENT, relationship: 'owned', property_address: '55 Chestnut Hollow, Oxford, OH 45056' } },
      told('site_activity'),
    ),
  );
  stage.at('2018-02-07T15:00:00Z', () =>
    records.message.create(
      site,
      {
        values: {
          title: 'The hot tub stays',
          body: 'The seller leaves the hot tub. Shall we see the flat on Saturday?',
          sender_kind: 'agent',
          sender_id: 3,
          sender_name: 'John Smith',
          contact_id: CLIENT,
          recipients: [{ kind: 'contact', id: 3603863, name: 'John Smith', email: 'john.smith@example.com' }],
        },
      },
      told('message'),
    ),
  );
}

function pages(stage: Stage): void {
  const { records } = stage.domain;
  const site = systemActor(stage.orgId, 'propertybase');
  const told = (noun: string) => ({ id: stage.nextId(noun) });
  const kept = (propertybase: Record<string, unknown>) => ({ extras: { propertybase } });
  const forms = told('dynamic_form');
  const field = (id: number, name: string, label: string, validations: Record<string, unknown>, system_field: string | null) => ({
    id,
    name,
    label,
    kind: 'text_field',
    position: id,
    validations,
    options: [],
    system_field,
  });
  stage.at('2018-03-01T12:00:00Z', () =>
    records.dynamicForm.create(
      site,
      {
        values: {
          name: 'What is my home worth?',
          definition: [
            {
              id: 1,
              name: 'About you',
              position: 1,
              form_fields: [
                field(1, 'email', 'E-mail', { required: true, email: true }, 'email'),
                field(2, 'address', 'Address of the home', { required: true }, null),
              ],
            },
          ],
          ...kept({ submit_label: 'Ask', confirmation: 'Thank you. We will write within a day.' }),
        },
      },
      forms,
    ),
  );
  stage.at('2018-03-02T12:00:00Z', () =>
    records.formSubmission.create(
      site,
      {
        values: {
          dynamic_form_id: String(forms.id),
          contact_id: CLIENT,
          data: { email: 'john.smith@example.com', address: '55 Chestnut Hollow' },
          answers: [
            { name: 'email', label: 'E-mail', value: 'john.smith@example.com' },
            { name: 'address', label: 'Address of the home', value: '55 Chestnut Hollow' },
          ],
        },
      },
      told('form_submission'),
    ),
  );
  const report = told('market_report');
  stage.at('2018-03-05T12:00:00Z', async () => {
    await records.marketReport.create(
      site,
      { values: { name: 'San Francisco, condominiums', location: 'San Francisco', location_type: 'town', published: true } },
      report,
    );
    await records.marketReportUpdate.create(
      site,
      {
        values: {
          market_report_id: String(report.id),
          contact_id: CLIENT,
          name: 'For the Smiths',
          location: 'San Francisco',
          max_price: 750_000,
          frequency: 'monthly',
        },
      },
      told('market_report_update'),
    );
  });
  const lofts = told('development');
  const category = told('development_category');
  const part = () => told('development_part');
  stage.at('2018-04-03T12:00:00Z', async () => {
    await records.developmentCategory.create(site, { values: { name: 'Waterfront', position: 1 } }, category);
    await records.development.create(
      site,
      {
        values: {
          name: 'Harbour Lofts',
          status: 'selling',
          office_id: 'OXF',
          position: 1,
          featured: true,
          ...kept({
            tagline: 'Forty homes by the water',
            total_units: 40,
            available_units: 12,
            min_price: 450_000,
            max_price: 990_000,
          }),
        },
      },
      lofts,
    );
    const development_id = String(lofts.id);
    await records.developmentAddress.create(
      site,
      {
        values: {
          development_id,
          is_primary: true,
          ...kept({ street_number: '1', street_name: 'Pier Rd', town_name: 'San Francisco', state: 'CA' }),
        },
      },
      part(),
    );
    await records.developmentAgent.create(
      site,
      { values: { development_id, member_id: 'BRE', position: 1, ...kept({ role: 'Sales' }) } },
      part(),
    );
    await records.developmentAreaProfile.create(
      site,
      { values: { development_id, position: 1, ...kept({ name: 'The waterfront' }) } },
      part(),
    );
    await records.developmentCategoryLink.create(site, { values: { development_id, category_id: String(category.id) } }, part());
    await records.developmentPrice.create(
      site,
      { values: { development_id, position: 1, ...kept({ label: 'Two bedrooms', min_price: 450_000, max_price: 620_000 }) } },
      part(),
    );
  });
  // When the pictures of the agency are there.
  stage.at('2018-09-01T06:30:00Z', async () => {
    const development_id = String(lofts.id);
    const plan = await pictureFile(stage, 'plan-two', 'floor plan');
    await records.developmentFloorPlan.create(
      site,
      {
        values: {
          development_id,
          position: 1,
          ...kept({ name: 'Type A', bedrooms: 2, bathrooms: 2, square_feet: 1100, image_url: plan.key }),
          files: [{ field: 'image_url', file: plan }],
        },
      },
      part(),
    );
    const sheet = await pictureFile(stage, 'plan-three', 'listing sheet');
    await records.developmentListingSheet.create(
      site,
      {
        values: {
          development_id,
          position: 1,
          ...kept({ title: 'Prices and plans', file_url: `${sheet.key}/${sheet.name}` }),
          files: [{ field: 'file_url', file: sheet }],
        },
      },
      part(),
    );
    const picture = await pictureFile(stage, 'apartments-slate', 'development picture');
    await records.developmentPicture.create(
      site,
      {
        values: {
          development_id,
          position: 1,
          is_primary: true,
          ...kept({ url: picture.key, caption: 'From the pier' }),
          files: [{ field: 'url', file: picture }],
        },
      },
      part(),
    );
  });
  stage.at('2018-05-02T12:00:00Z', () =>
    records.salesExclusive.create(
      site,
      {
        values: {
          street_number: '18',
          street_name: 'Orchard Ln',
          city: 'Oxford',
          state_or_province: 'OH',
          postal_code: '45056',
          country: 'US',
          property_class: 'residential',
          property_sub_type: 'Single Family Residence',
          marketing_mode: 'selling',
          standard_status: 'Active',
          mls_status: 'Active',
          sale_price: 389_000,
          bedrooms: 4,
          bathrooms_total: 2.5,
          basement: 'Full, finished',
          agents: { back_agent: { mls_number: '123456789' } },
          list_member_id: 'ALA',
          office_ids: ['OXF'],
          published: true,
          exclusive_active: true,
          featured: true,
          headline: 'Before it reaches the MLS',
        },
      },
      { id: stage.nextId('property'), code: 'OXF180101', resoKey: '20180502120000000000000000' },
    ),
  );
}

/** The site www.domain.com: its keys, and rows in every resource that only its door has (domain-people §4.1). */
export function site(stage: Stage): void {
  keys(stage);
  journey(stage);
  pages(stage);
}
