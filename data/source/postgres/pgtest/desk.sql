create role reader nologin;
create role gate login password 'gate' in role reader;
create role owner nologin;
create role careless login password 'careless' in role owner;
create table loans (id bigint primary key, sector text, amount numeric(20,2), day date, at timestamptz, team text);
insert into loans values
  (1, 'Energy', 10.50, '2024-01-01', '2024-01-01 12:30:00.25+02', 'Underwriters'),
  (2, 'Retail', 20, '2024-01-02', '2024-01-02 00:00:00Z', 'CreditAnalysts'),
  (3, null, null, null, null, 'Underwriters');
grant select on loans to reader;
alter table loans enable row level security;
create policy by_group on loans for select to reader
  using (nullif(current_setting('request.jwt.claims', true), '')::jsonb -> 'cognito:groups' ? team);
create table owned (id int, team text);
alter table owned owner to owner;
alter table owned enable row level security;
create policy by_group on owned using (false);
create table hidden (id int);
create view loans_as_owner as select id, team from loans;
create view loans_in_two_steps as select id from loans_as_owner;
create view loans_as_reader with (security_invoker = true) as select id, team from loans;
create view loans_closed as select id from loans;
create view harmless as select id from hidden;
create materialized view loans_kept as select id from loans;
create function count_loans() returns bigint language sql stable security definer as 'select count(*) from loans';
create function count_closed() returns bigint language sql stable security definer as 'select count(*) from loans';
revoke execute on function count_closed() from public;
grant select on loans_as_owner, loans_in_two_steps, loans_as_reader, harmless, loans_kept to reader;
