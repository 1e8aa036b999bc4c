-- only where exists: pg_transform
select format_type(t.trftype, null) || ' language ' || quote_ident(l.lanname) as "transforms/",
       case when t.trffromsql <> 0 then t.trffromsql::text end as from_sql,
       case when t.trftosql <> 0 then t.trftosql::text end as to_sql,
       said.description as comment
  from pg_transform t
  join pg_language l on l.oid = t.trflang
  left join pg_description said
    on said.objoid = t.oid and said.classoid = 'pg_transform'::regclass and said.objsubid = 0
 where not exists (select from pg_depend x
                    where x.classid = 'pg_transform'::regclass and x.objid = t.oid and x.deptype = 'e')
