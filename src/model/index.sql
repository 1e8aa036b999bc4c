-- opens tables
with plain as (
  -- The keys of B-trees (403) of nothing but columns, each with the operator class and the collation that are usual for
  -- its type, joined at once: for every key of every index, pg_get_indexdef looks through all operator classes.
  select k.indexrelid,
         string_agg(quote_ident(a.attname) || (array['', ' DESC NULLS LAST', ' NULLS FIRST', ' DESC'])[k.option + 1],
                    ', ' order by k.place) as keys
    from (select i.indexrelid, i.indrelid, generate_subscripts(i.indkey, 1) as place, unnest(i.indkey::int2[]) as attnum,
                 unnest(i.indclass::oid[]) as class, unnest(i.indcollation::oid[]) as collation,
                 unnest(i.indoption::int2[]) as option
            from pg_index i
           where i.indexprs is null and i.indnatts = i.indnkeyatts and not i.indisprimary and i.indexrelid >= 16384
             and not i.indnullsnotdistinct -- since 15
         ) k
    join lateral (select attname::text, atttypid, attcollation from pg_attribute a
                   where a.attrelid = k.indrelid and a.attnum = k.attnum offset 0) a on true
    join pg_type t on t.oid = a.atttypid
    join pg_opclass o on o.oid = k.class
    left join pg_opclass own on own.opcmethod = o.opcmethod and own.opcintype = a.atttypid and own.opcdefault
   group by k.indexrelid
  having bool_and(o.opcmethod = 403 and o.opcdefault and o.oid < 16384 and k.collation = a.attcollation
                  and coalesce(o.opcintype = case when own.oid is not null then a.atttypid
                                                  when a.atttypid = 'varchar'::regtype then 'text'::regtype
                                                  when t.typtype = 'e' then 'anyenum'::regtype end, false)))
select n.nspname as "schemas/", case when c.relkind = 'm' then c.relname end as "materialized_views/",
       case when c.relkind <> 'm' then c.relname end as "tables/", x.relname as "indexes/",
       case when plain.keys is null or x.reloptions is not null then pg_get_indexdef(i.indexrelid)
            else concat(case when i.indisunique then 'UNIQUE ' end, '(', plain.keys, ')',
                        ' WHERE ' || pg_get_expr(i.indpred, i.indrelid)) end as definition,
       i.indisvalid as valid,
       i.indisreplident as replica_identity,
       i.indisclustered as clustered,
       case when i.indexprs is not null then
         (select jsonb_object_agg(a.attnum::text, a.attstattarget)
            from pg_attribute a where a.attrelid = x.oid and a.attstattarget >= 0) end as statistics,
       s.spcname as tablespace,
       up.inhparent::regclass::text as partition_of,
       said.description as comment
  from pg_index i
  join pg_class x on x.oid = i.indexrelid
  join pg_class c on c.oid = i.indrelid
  join pg_namespace n on n.oid = c.relnamespace
  left join plain on plain.indexrelid = i.indexrelid
  left join pg_tablespace s on s.oid = x.reltablespace
  left join pg_inherits up on up.inhrelid = x.oid
  left join pg_description said
    on said.objoid = i.indexrelid and said.classoid = 'pg_class'::regclass and said.objsubid = 0
 where c.relkind in ('r', 'p', 'm')
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_constraint k
                    where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
