select array['schemas'::text, n.nspname, 'range_types', t.typname] as path,
       format_type(r.rngsubtype, null) as subtype,
       case when not o.opcdefault then quote_ident(s.nspname) || '.' || quote_ident(o.opcname) end as operator_class,
       case when r.rngcollation <> b.typcollation then r.rngcollation::regcollation::text end as collation,
       case when r.rngcanonical <> 0 then r.rngcanonical::regproc::text end as canonical,
       case when r.rngsubdiff <> 0 then r.rngsubdiff::regproc::text end as subtype_diff,
       (select to_jsonb(m.typname) from pg_type m where m.oid = (to_jsonb(r) ->> 'rngmultitypid')::oid) as multirange,
       (select r.rolname from pg_roles r join pg_database b on b.datname = current_database()
         where r.oid = t.typowner and r.oid <> b.datdba and r.rolname <> 'pg_database_owner') as owner,
       array(select unnest(t.typacl)::text except select unnest(acldefault('T', t.typowner))::text)
         || case when t.typacl is null then '{}' else array(select '-' || gone.item
              from (select unnest(acldefault('T', t.typowner))::text except select unnest(t.typacl)::text) as gone (item))
            end as grants,
       (select d.description from pg_description d
         where d.objoid = t.oid and d.classoid = 'pg_type'::regclass and d.objsubid = 0) as comment
  from pg_range r
  join pg_type t on t.oid = r.rngtypid
  join pg_type b on b.oid = r.rngsubtype
  join pg_namespace n on n.oid = t.typnamespace
  join pg_opclass o on o.oid = r.rngsubopc
  join pg_namespace s on s.oid = o.opcnamespace
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend x
                    where x.classid = 'pg_type'::regclass and x.objid = t.oid and x.deptype = 'e')
