
-- What came with PostgreSQL 18.
create table zoo.eighteen (
    id integer,
    during tsrange,
    twice integer generated always as (id * 2) virtual,
    constraint eighteen_pkey primary key (id, during without overlaps),
    constraint eighteen_key unique (id, during without overlaps),
    constraint eighteen_check check (id > 0) not enforced,
    constraint eighteen_not_null not null id
);
create table zoo.eighteen_too (
    id integer,
    during tsrange,
    keeper_id integer,
    constraint eighteen_period_fk foreign key (id, period during) references zoo.eighteen (id, period during),
    constraint eighteen_loose_fk foreign key (keeper_id) references zoo.keepers (id) not enforced
);
