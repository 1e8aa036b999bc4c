select array['extensions'::text, e.extname] as path,
       e.extversion as version,
       n.nspname as schema
  from pg_extension e
  join pg_namespace n on n.oid = e.extnamespace
