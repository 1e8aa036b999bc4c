-- only where exists: pg_foreign_table
select n.nspname as "schemas/", c.relname as "foreign_tables/",
       s.srvname as server,
       (select jsonb_object_agg(split_part(o, '=', 1), substr(o, strpos(o, '=') + 1))
          from unnest(f.ftoptions) as o) as options,
       case when c.relispartition then
         (select i.inhparent::regclass::text from pg_inherits i where i.inhrelid = c.oid)
           || ' ' || pg_get_expr(c.relpartbound, 0) end as partition_of,
       c.relispartition and exists (select from pg_inherits i where i.inhrelid = c.oid and i.inhdetachpending) as detach_pending, -- since 14
       false as detach_pending,                                                                                     -- before 14
       case when not c.relispartition then
         array(select i.inhparent::regclass::text from pg_inherits i where i.inhrelid = c.oid order by i.inhseqno)
       end as inherits,
       case when c.relowner <> (select b.datdba from pg_database b where b.datname = current_database())
            then nullif(pg_get_userbyid(c.relowner), 'pg_database_owner') end as owner,
       case when c.relacl is not null then
         '{*arwdDxtm}' ||  -- since 17
         '{*arwdDxt}' ||   -- before 17
         array(select item::text from unnest(c.relacl) as item where not item = any (acldefault('r', c.relowner)))
         || array(select '-' || item::text from unnest(acldefault('r', c.relowner)) as item
                    where not item = any (c.relacl)) end as grants,
       said.description as comment,
       -- A restored child has the columns of its parent first.
       case when not c.relispartition and exists (select from pg_inherits i where i.inhrelid = c.oid) then 'any' else 'exact' end as column_order
  from pg_foreign_table f
  join pg_class c on c.oid = f.ftrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_foreign_server s on s.oid = f.ftserver
  left join pg_description said on said.objoid = c.oid and said.classoid = 'pg_class'::regclass and said.objsubid = 0
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend d
                    where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
