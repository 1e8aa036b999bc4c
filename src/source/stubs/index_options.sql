do $schemavet$
declare
    newest oid := (select max(oid) from pg_catalog.pg_class);
begin
    execute :statement;
    insert into pg_catalog.pg_seclabel (objoid, classoid, objsubid, provider, label)
    select oid, 'pg_catalog.pg_class'::regclass, 0, 'schemavet', array_to_string(array[:options], e'\n')
      from pg_catalog.pg_class
     where oid > newest and relam = (select oid from pg_catalog.pg_am where amname = :method);
end
$schemavet$
