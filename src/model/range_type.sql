-- only where exists: pg_type where typtype = 'r' and oid >= 16384
select n.nspname as "schemas/", t.typname as "range_types/",
       format_type(r.rngsubtype, null) as subtype,
       case when o.oid is distinct from (
                   -- The type's own default, else that of text, else one that many types share.
                   select own.oid from pg_opclass own
                    where own.opcmethod = 403 and own.opcdefault
                      and (own.opcintype = base.oid or own.oid = o.oid
                           or base.oid = 'varchar'::regtype and own.opcintype = 'text'::regtype)
                    order by own.opcintype = base.oid desc, own.opcintype = 'text'::regtype desc
                    limit 1)
            then quote_ident(s.nspname) || '.' || quote_ident(o.opcname) end as operator_class,
       case when r.rngcollation <> b.typcollation then r.rngcollation::regcollation::text end as collation,
       case when r.rngcanonical <> 0 then r.rngcanonical::regproc::text end as canonical,
       case when r.rngsubdiff <> 0 then r.rngsubdiff::regproc::text end as subtype_diff,
       coalesce((select to_jsonb(m.typname) from pg_type m where m.oid = (to_jsonb(r) ->> 'rngmultitypid')::oid), 'null')
         as multirange,
       (select s.nspname from pg_type m join pg_namespace s on s.oid = m.typnamespace
         where m.oid = (to_jsonb(r) ->> 'rngmultitypid')::oid and m.typnamespace <> t.typnamespace) as multirange_schema,
       case when t.typowner <> (select b.datdba from pg_database b where b.datname = current_database())
            then pg_get_userbyid(t.typowner) end as owner,
       case when t.typacl is not null then
         '{*U}' || array(select item::text from unnest(t.typacl) as item where not item = any (acldefault('T', t.typowner)))
         || array(select '-' || item::text from unnest(acldefault('T', t.typowner)) as item
                    where not item = any (t.typacl)) end as grants,
       said.description as comment
  from pg_range r
  join pg_type t on t.oid = r.rngtypid
  join pg_type b on b.oid = r.rngsubtype
  -- What a domain, maybe over another one, is made of.
  join lateral (with recursive below as (
                  select b.oid, b.typbasetype
                  union all select d.oid, d.typbasetype from below join pg_type d on d.oid = below.typbasetype)
                select oid from below where typbasetype = 0) base on true
  join pg_namespace n on n.oid = t.typnamespace
  join pg_opclass o on o.oid = r.rngsubopc
  join pg_namespace s on s.oid = o.opcnamespace
  left join pg_description said on said.objoid = t.oid and said.classoid = 'pg_type'::regclass and said.objsubid = 0
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend x
                    where x.classid = 'pg_type'::regclass and x.objid = t.oid and x.deptype = 'e')
