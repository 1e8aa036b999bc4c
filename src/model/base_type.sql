-- only where exists: pg_type where typtype = 'b' and typarray <> 0 and oid >= 16384
select n.nspname as "schemas/", t.typname as "base_types/",
       t.typinput::text as input,
       t.typoutput::text as output,
       case when t.typreceive <> 0 then t.typreceive::text end as receive,
       case when t.typsend <> 0 then t.typsend::text end as send,
       case when t.typmodin <> 0 then t.typmodin::text end as typmod_in,
       case when t.typmodout <> 0 then t.typmodout::text end as typmod_out,
       case when t.typanalyze <> 0 then t.typanalyze::text end as "analyze",
       -- Before there were such functions, what has elements had subscripts.
       case when t.typelem <> 0 and to_jsonb(t) -> 'typsubscript' is null then 'null'
            when to_jsonb(t) ->> 'typsubscript' <> '-' then to_jsonb(t) -> 'typsubscript' end as subscript,
       nullif(t.typlen, -1) as internallength,
       t.typbyval as passedbyvalue,
       case t.typalign when 'c' then 'char' when 's' then 'int2' when 'i' then 'int4' else 'double' end as alignment,
       case t.typstorage when 'p' then 'plain' when 'e' then 'external' when 'x' then 'extended' else 'main' end as storage,
       t.typcategory::text as category,
       t.typispreferred as preferred,
       t.typdefault as "default",
       case when t.typelem <> 0 then format_type(t.typelem, null) end as element,
       t.typdelim::text as delimiter,
       t.typcollation <> 0 as collatable,
       case when t.typowner <> (select b.datdba from pg_database b where b.datname = current_database())
            then pg_get_userbyid(t.typowner) end as owner,
       case when t.typacl is not null then
         '{*U}' || array(select item::text from unnest(t.typacl) as item where not item = any (acldefault('T', t.typowner)))
         || array(select '-' || item::text from unnest(acldefault('T', t.typowner)) as item
                    where not item = any (t.typacl)) end as grants,
       said.description as comment
  from pg_type t
  join pg_namespace n on n.oid = t.typnamespace
  -- The array of another type comes with that.
  left join pg_type e on e.typarray = t.oid
  left join pg_description said on said.objoid = t.oid and said.classoid = 'pg_type'::regclass and said.objsubid = 0
 where t.typtype = 'b' and e.oid is null
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_depend x
                    where x.classid = 'pg_type'::regclass and x.objid = t.oid and x.deptype = 'e')
