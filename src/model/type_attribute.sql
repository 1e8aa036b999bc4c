-- only where exists: pg_class where relkind = 'c'
select n.nspname as "schemas/", c.relname as "composite_types/", a.attname as "attributes/",
       format_type(a.atttypid, a.atttypmod) as type,
       case when a.attcollation <> t.typcollation then a.attcollation::regcollation::text end as collation,
       col_description(c.oid, a.attnum) as comment
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_type t on t.oid = a.atttypid
 where c.relkind = 'c' and a.attnum > 0 and not a.attisdropped
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
 order by a.attrelid, a.attnum
