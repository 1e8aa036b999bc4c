with set as (
  select s.setrole, (select jsonb_object_agg(split_part(p, '=', 1), substr(p, strpos(p, '=') + 1))
                       from unnest(s.setconfig) as p) as settings
    from pg_db_role_setting s
   where s.setdatabase = (select oid from pg_database where datname = current_database()))
select pg_get_userbyid(b.datdba)::text as owner,
       pg_encoding_to_char(b.encoding)::text as encoding,
       case coalesce(to_jsonb(b) ->> 'datlocprovider', 'c') when 'c' then 'libc' when 'i' then 'icu' else 'builtin'
            end as locale_provider,
       b.datcollate::text as "collate",
       b.datctype::text as ctype,
       coalesce(to_jsonb(b) ->> 'datlocale', to_jsonb(b) ->> 'daticulocale') as locale,
       to_jsonb(b) ->> 'daticurules' as icu_rules,
       s.spcname as tablespace,
       b.datconnlimit as connection_limit,
       b.datistemplate as is_template,
       case when b.datacl is not null then
         '{*CTc}' || array(select item::text from unnest(b.datacl) as item where not item = any (acldefault('d', b.datdba)))
         || array(select '-' || item::text from unnest(acldefault('d', b.datdba)) as item
                    where not item = any (b.datacl)) end as grants,
       said.description as comment,
       own.settings,
       (select jsonb_object_agg(r.rolname, s.settings)
          from set s join pg_roles r on r.oid = s.setrole) as role_settings
  from pg_database b
  join pg_tablespace s on s.oid = b.dattablespace
  left join set own on own.setrole = 0
  left join pg_shdescription said on said.objoid = b.oid and said.classoid = 'pg_database'::regclass
 where b.datname = current_database()
