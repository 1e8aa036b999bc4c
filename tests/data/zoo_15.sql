
-- What came with PostgreSQL 14 and 15.
create table zoo.fifteen (
    id integer primary key,
    a integer,
    b integer,
    c text,
    constraint fifteen_a_key unique nulls not distinct (a, c),
    constraint fifteen_fk foreign key (a, b) references zoo.keepers (a, b) on delete set null (b)
);
create unique index fifteen_b_idx on zoo.fifteen (b) nulls not distinct;
create function zoo.atomic(a integer, b integer default 2) returns integer language sql immutable
    begin atomic; select a + b; select case when a > b then a else b end; end;
create function zoo.returning(a integer) returns integer language sql return a + 1;
create view zoo.invoked with (security_invoker = on) as select id from zoo.fifteen;
create type zoo.listed;
create function zoo.listed_in(cstring) returns zoo.listed language internal immutable strict as 'point_in';
create function zoo.listed_out(zoo.listed) returns cstring language internal immutable strict as 'point_out';
create type zoo.listed (input = zoo.listed_in, output = zoo.listed_out, internallength = 16, alignment = double,
    element = double precision, subscript = raw_array_subscript_handler);
