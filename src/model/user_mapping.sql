-- only where exists: pg_foreign_server
select m.srvname as "servers/", m.usename as "user_mappings/",
       -- The view shows null for none and for those that are not for our eyes: here are its conditions for showing them.
       case when m.umoptions is not null
              or m.umuser <> 0 and m.usename = current_user
                 and (pg_has_role(s.srvowner, 'usage') or has_server_privilege(s.oid, 'usage'))
              or m.umuser = 0 and pg_has_role(s.srvowner, 'usage')
              or (select r.rolsuper from pg_roles r where r.rolname = current_user)
            then (select jsonb_object_agg(split_part(o, '=', 1), substr(o, strpos(o, '=') + 1))
                    from unnest(m.umoptions) as o) else 'null' end as options
  from pg_user_mappings m
  join pg_foreign_server s on s.oid = m.srvid
 where not exists (select from pg_depend x
                    where x.classid = 'pg_user_mapping'::regclass and x.objid = m.umid and x.deptype = 'e')
