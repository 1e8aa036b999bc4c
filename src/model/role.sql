select r.rolname as "roles/",
       r.rolcanlogin as login,
       r.rolsuper as superuser,
       r.rolcreatedb as createdb,
       r.rolcreaterole as createrole,
       r.rolinherit as inherit,
       r.rolreplication as replication,
       r.rolbypassrls as bypassrls,
       r.rolconnlimit as connection_limit,
       case when r.rolvaliduntil = '-infinity' then '-infinity' when isfinite(r.rolvaliduntil)
            then to_char(r.rolvaliduntil at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') end as valid_until,
       m.roles as member_of,
       (select jsonb_object_agg(split_part(p, '=', 1), substr(p, strpos(p, '=') + 1))
          from unnest(r.rolconfig) as p) as settings,
       (select jsonb_object_agg(l.provider, l.label) from pg_shseclabel l
         where l.objoid = r.oid and l.classoid = 'pg_authid'::regclass) as security_labels,
       said.description as comment
  from pg_roles r
  -- Several roles can grant one membership. Before 16, it has no options but one.
  left join (select g.member, jsonb_object_agg(g.name, to_jsonb(array_remove(array[
                      case when g.admin then 'admin' end,
                      case when g.inherits <> g.rolinherit then case when g.inherits then 'inherit' else 'no inherit' end end,
                      case when not g.sets then 'no set' end], null))) as roles
               from (select a.member, whole.rolname as name, part.rolinherit, bool_or(a.admin_option) as admin,
                            bool_or(coalesce((to_jsonb(a) ->> 'inherit_option')::bool, part.rolinherit)) as inherits,
                            bool_or(coalesce((to_jsonb(a) ->> 'set_option')::bool, true)) as sets
                       from pg_auth_members a
                       join pg_roles whole on whole.oid = a.roleid
                       join pg_roles part on part.oid = a.member
                      -- As initdb leaves them.
                      where (part.rolname, whole.rolname) not in (
                              ('pg_monitor', 'pg_read_all_settings'), ('pg_monitor', 'pg_read_all_stats'),
                              ('pg_monitor', 'pg_stat_scan_tables'))
                      group by a.member, whole.rolname, part.rolinherit) g
              group by g.member) m on m.member = r.oid
  left join pg_shdescription said on said.objoid = r.oid and said.classoid = 'pg_authid'::regclass
 -- A predefined role, once it was made a member of another.
 where r.rolname !~ '^pg_' or m.roles is not null
