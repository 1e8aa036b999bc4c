-- only where exists: pg_foreign_server
select s.srvname as "servers/",
       w.fdwname as wrapper,
       s.srvtype as type,
       s.srvversion as version,
       (select jsonb_object_agg(split_part(o, '=', 1), substr(o, strpos(o, '=') + 1))
          from unnest(s.srvoptions) as o) as options,
       case when s.srvowner <> (select b.datdba from pg_database b where b.datname = current_database())
            then nullif(pg_get_userbyid(s.srvowner), 'pg_database_owner') end as owner,
       case when s.srvacl is not null then
         '{*U}' || array(select item::text from unnest(s.srvacl) as item where not item = any (acldefault('S', s.srvowner)))
         || array(select '-' || item::text from unnest(acldefault('S', s.srvowner)) as item
                    where not item = any (s.srvacl)) end as grants,
       said.description as comment
  from pg_foreign_server s
  join pg_foreign_data_wrapper w on w.oid = s.srvfdw
  left join pg_description said
    on said.objoid = s.oid and said.classoid = 'pg_foreign_server'::regclass and said.objsubid = 0
 where not exists (select from pg_depend x
                    where x.classid = 'pg_foreign_server'::regclass and x.objid = s.oid and x.deptype = 'e')
