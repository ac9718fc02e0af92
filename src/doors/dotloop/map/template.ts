import type { DealTemplate } from '../../../domain/index.ts';

export const toTemplate = (template: DealTemplate) => ({
  id: template.id,
  profileId: template.profile_id,
  name: template.name,
  transactionType: template.transaction_type,
  shared: template.shared,
  global: template.is_global,
});
