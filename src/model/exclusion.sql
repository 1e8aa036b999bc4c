-- only where exists: pg_constraint where contype = 'x'
-- opens tables
select n.nspname as "schemas/", c.relname as "tables/", k.conname as "exclusions/",
       pg_get_constraintdef(k.oid) as definition,
       case when not k.condeferrable then 'origin' else
         (select case t.tgenabled when 'O' then 'origin' when 'R' then 'replica' when 'A' then 'always' when 'D' then 'disabled' end
            from pg_trigger t where t.tgconstraint = k.oid) end as enabled,
       case when x.reloptions is not null then
         (select jsonb_object_agg(split_part(o, '=', 1), substr(o, strpos(o, '=') + 1))
            from unnest(x.reloptions) as o) end as options,
       s.spcname as tablespace,
       i.indisvalid as valid,
       i.indisreplident as replica_identity,
       i.indisclustered as clustered,
       case when i.indexprs is not null then
         (select jsonb_object_agg(a.attnum::text, a.attstattarget)
            from pg_attribute a where a.attrelid = x.oid and a.attstattarget >= 0) end as statistics,
       up.inhparent::regclass::text as partition_of,
       of_index.description as index_comment,
       said.description as comment
  from pg_constraint k
  join pg_class c on c.oid = k.conrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_index i on i.indexrelid = k.conindid
  join pg_class x on x.oid = i.indexrelid
  left join pg_tablespace s on s.oid = x.reltablespace
  left join pg_inherits up on up.inhrelid = x.oid
  left join pg_description of_index
    on of_index.objoid = x.oid and of_index.classoid = 'pg_class'::regclass and of_index.objsubid = 0
  left join pg_description said
    on said.objoid = k.oid and said.classoid = 'pg_constraint'::regclass and said.objsubid = 0
 where k.contype = 'x'
   and c.relkind in ('r', 'p')
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
