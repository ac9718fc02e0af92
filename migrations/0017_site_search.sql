-- What most searches of a site ask: side, town, price, rooms. They are counted with each lead that brings one along, so without the rows
-- themselves, which are wide. `city` is there too because PostgreSQL takes an expression from an index only beside its column.
create index property_site_search on property (org_id, list_side, lower(city), list_price, id)
  include (city, type_code, mls_status, standard_status, postal_code, bedrooms, bathrooms_total, living_area_sqft, year_built)
  where deleted_at is null and listed;
