-- opens tables
select n.nspname as "schemas/", case when c.relkind = 'm' then c.relname end as "materialized_views/",
       case when c.relkind <> 'm' then c.relname end as "tables/", x.relname as "indexes/",
       pg_get_indexdef(i.indexrelid) as definition,
       i.indisvalid as valid,
       i.indisreplident as replica_identity,
       i.indisclustered as clustered,
       case when i.indexprs is null then '{}' else
         coalesce((select jsonb_object_agg(a.attnum::text, a.attstattarget::text)
                     from pg_attribute a where a.attrelid = x.oid and a.attstattarget >= 0), '{}') end as statistics,
       s.spcname as tablespace,
       up.inhparent::regclass::text as partition_of,
       said.description as comment
  from pg_index i
  join pg_class x on x.oid = i.indexrelid
  join pg_class c on c.oid = i.indrelid
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_tablespace s on s.oid = x.reltablespace
  left join pg_inherits up on up.inhrelid = x.oid
  left join pg_description said
    on said.objoid = i.indexrelid and said.classoid = 'pg_class'::regclass and said.objsubid = 0
 where c.relkind in ('r', 'p', 'm')
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_constraint k
                    where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
