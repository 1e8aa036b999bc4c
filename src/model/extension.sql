select array['extensions'::text, e.extname] as path,
       e.extversion as version,
       n.nspname as schema,
       (select d.description from pg_description d
         where d.objoid = e.oid and d.classoid = 'pg_extension'::regclass and d.objsubid = 0) as comment
  from pg_extension e
  join pg_namespace n on n.oid = e.extnamespace
