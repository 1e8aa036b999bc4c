do $schemavet$
declare
    home name := coalesce(:schema, :home, current_schema());
    before text := current_setting('search_path');
    extension oid;
    mark xid;
begin
    if exists (select from pg_catalog.pg_extension where extname = :name) then
        if not :if_not_exists then
            raise duplicate_object using message = format('extension "%s" already exists', :name);
        end if;
        return;
    end if;
    begin
        if :home is not null and not exists (select from pg_catalog.pg_namespace where nspname = :home) then
            execute format('create schema %I', :home);
        elsif not exists (select from pg_catalog.pg_namespace where nspname = home) then
            raise invalid_schema_name using message = format('schema "%s" does not exist', home);
        end if;
        extension := pg_catalog.pg_nextoid('pg_catalog.pg_extension', 'oid', 'pg_catalog.pg_extension_oid_index');
        perform set_config('search_path', format('%I', home), true);
        insert into pg_catalog.pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
        values (extension, :name, current_user::regrole, quote_ident(home)::regnamespace, false, 'stub');
        select xmin into mark from pg_catalog.pg_extension where oid = extension;
        execute $objects$:objects$objects$;
        insert into pg_catalog.pg_depend (classid, objid, objsubid, refclassid, refobjid, refobjsubid, deptype)
        select class, oid, 0, 'pg_catalog.pg_extension'::regclass, extension, 0, 'e'
          from (select 'pg_catalog.pg_class'::regclass, oid, xmin from pg_catalog.pg_class where relkind in ('r', 'v', 'S')
                union all select 'pg_catalog.pg_proc'::regclass, oid, xmin from pg_catalog.pg_proc
                union all select 'pg_catalog.pg_type'::regclass, oid, xmin from pg_catalog.pg_type where typrelid = 0 and typcategory <> 'A'
                union all select 'pg_catalog.pg_namespace'::regclass, oid, xmin from pg_catalog.pg_namespace
                union all select 'pg_catalog.pg_operator'::regclass, oid, xmin from pg_catalog.pg_operator
                union all select 'pg_catalog.pg_opfamily'::regclass, oid, xmin from pg_catalog.pg_opfamily
                union all select 'pg_catalog.pg_opclass'::regclass, oid, xmin from pg_catalog.pg_opclass
                union all select 'pg_catalog.pg_cast'::regclass, oid, xmin from pg_catalog.pg_cast
                union all select 'pg_catalog.pg_am'::regclass, oid, xmin from pg_catalog.pg_am) made (class, oid, xmin)
         where made.xmin = mark;
    exception when division_by_zero then raise;
    end;
    perform set_config('search_path', before, true);
end
$schemavet$
