select n.nspname as "schemas/", c.relname as "tables/",
       case when c.relrowsecurity and c.relforcerowsecurity then 'forced'
            when c.relrowsecurity then 'enabled'
            when c.relforcerowsecurity then 'disabled forced'
            else 'disabled' end as row_security,
       case c.relpersistence when 'u' then 'unlogged' else 'permanent' end as persistence,
       case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end as partition_by,
       case when c.relispartition then
         (select i.inhparent::regclass::text from pg_inherits i where i.inhrelid = c.oid)
           || ' ' || pg_get_expr(c.relpartbound, 0) end as partition_of,
       c.relispartition and exists (select from pg_inherits i where i.inhrelid = c.oid and i.inhdetachpending) as detach_pending, -- since 14
       false as detach_pending,                                                            -- before 14
       case when not c.relispartition then
         array(select i.inhparent::regclass::text from pg_inherits i where i.inhrelid = c.oid order by i.inhseqno)
       end as inherits,
       case when c.reloftype <> 0 then format_type(c.reloftype, null) end as of_type,
       (select jsonb_object_agg(o.name, o.value)
          from (select split_part(o, '=', 1), substr(o, strpos(o, '=') + 1) from unnest(c.reloptions) as o
                union all
                select 'toast.' || split_part(o, '=', 1), substr(o, strpos(o, '=') + 1)
                  from pg_class t, unnest(t.reloptions) as o
                 where t.oid = c.reltoastrelid) as o (name, value)) as options,
       case c.relreplident when 'd' then 'default' when 'f' then 'full' when 'n' then 'nothing' else 'index'
            end as replica_identity,
       case when c.relkind = 'p' then 'heap' else coalesce(m.amname, 'heap') end as method,
       case when c.relkind = 'p' then m.amname end as partition_method,
       -- A restored child has the columns of its parent first; a partition is restored by itself.
       case when not c.relispartition and exists (select from pg_inherits i where i.inhrelid = c.oid) then 'any' else 'exact' end as column_order,
       s.spcname as tablespace,
       case when c.relowner <> (select b.datdba from pg_database b where b.datname = current_database())
            then pg_get_userbyid(c.relowner) end as owner,
       case when c.relacl is not null then
         '{*arwdDxtm}' ||  -- since 17
         '{*arwdDxt}' ||   -- before 17
         array(select item::text from unnest(c.relacl) as item where not item = any (acldefault('r', c.relowner)))
         || array(select '-' || item::text from unnest(acldefault('r', c.relowner)) as item
                    where not item = any (c.relacl)) end as grants,
       said.description as comment
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_am m on m.oid = c.relam
  left join pg_tablespace s on s.oid = c.reltablespace
  left join pg_description said on said.objoid = c.oid and said.classoid = 'pg_class'::regclass and said.objsubid = 0
 where c.relkind in ('r', 'p')
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend d
                    where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
