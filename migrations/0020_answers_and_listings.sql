-- ---------------------------------------------------------------- calls that name themselves
-- An answer that is given again is the first one to the byte, with the headers that came with it (contracts/propertybase.md G25).
alter table call_answer add column headers jsonb not null default '{}';
alter table call_answer alter column answer type json using answer::json;

-- ---------------------------------------------------------------- listings
-- The day on which a listing came under a contract with conditions, and what its cellar is.
alter table property add column basement text;
alter table property add column contingent_date date;
