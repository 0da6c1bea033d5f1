-- The ledger's schema. See note.md beside this file.
--
-- Every key starts with the organization, every table is under forced row-level security, and the
-- application role may read everything of its organization but write journal entries only through
-- ledger.post_entries. The database rejects; the application computes.

create schema ledger;
grant usage on schema ledger to lumbung_app;

-- The organization the current database transaction works for; null, hence no rows, when none is
-- set.
create function ledger.current_organization() returns bigint
language sql stable parallel safe
as $$ select nullif(current_setting('lumbung.organization_id', true), '')::bigint $$;

create table ledger.organization (
  organization_id  bigint generated always as identity,
  slug             text not null,
  uid              uuid not null,
  display_name     text not null,
  created_at       timestamptz not null default clock_timestamp(),
  constraint organization_pkey primary key (organization_id),
  constraint organization_slug_key unique (slug),
  constraint organization_uid_key unique (uid),
  constraint organization_slug_check check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$')
);

create table ledger.book (
  organization_id          bigint not null,
  book_id                  integer not null,
  slug                     text not null,
  uid                      uuid not null,
  display_name             text not null,
  functional_currency_id   integer not null,
  fiscal_year_start_month  smallint not null,
  chart_template           text not null,
  default_fund_id          integer not null,
  created_at               timestamptz not null default clock_timestamp(),
  constraint book_pkey primary key (organization_id, book_id),
  constraint book_slug_key unique (organization_id, slug),
  constraint book_uid_key unique (organization_id, uid),
  constraint book_organization_fkey foreign key (organization_id)
    references ledger.organization (organization_id),
  constraint book_slug_check check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  constraint book_fiscal_year_check check (fiscal_year_start_month between 1 and 12)
);

-- Where a book stands. Its row lock orders everything that writes to the book: posts, closes, and
-- changes of what the book is made of. Bare of checks and foreign keys, because every post updates
-- it.
create table ledger.book_head (
  organization_id        bigint not null,
  book_id                integer not null,
  -- Grows with every change of what the book is made of; also hands out the ids of those parts.
  metadata_version       bigint not null,
  last_entry_id          bigint not null default 0,
  last_recorded_at       timestamptz not null default '-infinity',
  last_dimension_set_id  integer not null default 0,
  hard_closed_through    date not null default '-infinity',
  -- The last day of the latest soft-closed month; a month before it may still be open.
  soft_closed_through    date not null default '-infinity',
  last_assertion_date    date not null default '-infinity',
  -- First entry of a bulk load whose balances are still to be added; no commit may leave it set.
  bulk_from_entry_id     bigint,
  constraint book_head_pkey primary key (organization_id, book_id)
) with (fillfactor = 50);

create table ledger.currency (
  organization_id  bigint not null,
  book_id          integer not null,
  currency_id      integer not null,
  code             text not null,
  scale            smallint not null,
  commodity        boolean not null,
  display_name     text not null,
  constraint currency_pkey primary key (organization_id, book_id, currency_id),
  constraint currency_code_key unique (organization_id, code, book_id),
  constraint currency_scale_check check (scale between 0 and 12),
  constraint currency_book_fkey foreign key (organization_id, book_id)
    references ledger.book (organization_id, book_id)
);

create table ledger.account (
  organization_id  bigint not null,
  book_id          integer not null,
  account_id       integer not null,
  key              text not null,
  code             text not null,
  display_name     text not null,
  display_name_id  text not null,
  parent_id        integer,
  -- 1 asset, 2 liability, 3 net asset, 4 income, 5 expense
  type             smallint not null,
  postable         boolean not null,
  contra           boolean not null,
  closed           boolean not null default false,
  note             text not null default '',
  constraint account_pkey primary key (organization_id, book_id, account_id),
  constraint account_key_key unique (organization_id, key, book_id),
  constraint account_parent_fkey foreign key (organization_id, book_id, parent_id)
    references ledger.account (organization_id, book_id, account_id),
  constraint account_book_fkey foreign key (organization_id, book_id)
    references ledger.book (organization_id, book_id),
  constraint account_type_check check (type between 1 and 5),
  constraint account_parent_check check (parent_id <> account_id)
);
-- Published charts repeat the codes of headers; postable accounts must be tellable apart.
create unique index account_postable_code_key
  on ledger.account (organization_id, code, book_id) where postable;

create table ledger.fund (
  organization_id  bigint not null,
  book_id          integer not null,
  fund_id          integer not null,
  key              text not null,
  display_name     text not null,
  -- 1 without restriction, 2 purpose, 3 time, 4 endowment, 5 agency
  restriction      smallint not null,
  closed           boolean not null default false,
  constraint fund_pkey primary key (organization_id, book_id, fund_id),
  constraint fund_key_key unique (organization_id, book_id, key),
  constraint fund_restriction_check check (restriction between 1 and 5),
  constraint fund_book_fkey foreign key (organization_id, book_id)
    references ledger.book (organization_id, book_id)
);

create table ledger.dimension (
  organization_id  bigint not null,
  book_id          integer not null,
  dimension_id     integer not null,
  key              text not null,
  display_name     text not null,
  constraint dimension_pkey primary key (organization_id, book_id, dimension_id),
  constraint dimension_key_key unique (organization_id, book_id, key),
  constraint dimension_book_fkey foreign key (organization_id, book_id)
    references ledger.book (organization_id, book_id)
);

create table ledger.dimension_value (
  organization_id  bigint not null,
  book_id          integer not null,
  dimension_id     integer not null,
  value_id         integer not null,
  key              text not null,
  display_name     text not null,
  closed           boolean not null default false,
  constraint dimension_value_pkey primary key (organization_id, book_id, dimension_id, value_id),
  constraint dimension_value_key_key unique (organization_id, book_id, dimension_id, key),
  constraint dimension_value_dimension_fkey foreign key (organization_id, book_id, dimension_id)
    references ledger.dimension (organization_id, book_id, dimension_id)
);

create table ledger.account_dimension_rule (
  organization_id  bigint not null,
  book_id          integer not null,
  account_id       integer not null,
  dimension_id     integer not null,
  -- 1 required, 2 forbidden
  requirement      smallint not null,
  constraint account_dimension_rule_pkey
    primary key (organization_id, book_id, account_id, dimension_id),
  constraint account_dimension_rule_account_fkey foreign key (organization_id, book_id, account_id)
    references ledger.account (organization_id, book_id, account_id),
  constraint account_dimension_rule_dimension_fkey
    foreign key (organization_id, book_id, dimension_id)
    references ledger.dimension (organization_id, book_id, dimension_id),
  constraint account_dimension_rule_requirement_check check (requirement in (1, 2))
);

-- Each distinct combination of fund and dimension values, interned once. `members` is
-- {dimension_id, value_id, ...} sorted by dimension_id.
create table ledger.dimension_set (
  organization_id   bigint not null,
  book_id           integer not null,
  dimension_set_id  integer not null,
  fund_id           integer not null,
  members           integer[] not null,
  constraint dimension_set_pkey primary key (organization_id, book_id, dimension_set_id),
  constraint dimension_set_members_key unique (organization_id, members, fund_id, book_id)
);

create table ledger.exchange_rate (
  organization_id    bigint not null,
  book_id            integer not null,
  rate_id            integer not null,
  base_currency_id   integer not null,
  quote_currency_id  integer not null,
  date               date not null,
  rate               numeric not null,
  source             text not null,
  recorded_at        timestamptz not null default clock_timestamp(),
  constraint exchange_rate_pkey primary key (organization_id, book_id, rate_id),
  constraint exchange_rate_rate_check check (rate > 0),
  constraint exchange_rate_pair_check check (base_currency_id <> quote_currency_id),
  constraint exchange_rate_book_fkey foreign key (organization_id, book_id)
    references ledger.book (organization_id, book_id)
);

create table ledger.number_series (
  organization_id  bigint not null,
  book_id          integer not null,
  series_id        integer not null,
  code             text not null,
  constraint number_series_pkey primary key (organization_id, book_id, series_id),
  constraint number_series_code_key unique (organization_id, book_id, code),
  constraint number_series_code_check check (code ~ '^[A-Z][A-Z0-9]{0,7}$')
);

create table ledger.series_counter (
  organization_id  bigint not null,
  book_id          integer not null,
  series_id        integer not null,
  fiscal_year      smallint not null,
  last_number      bigint not null,
  constraint series_counter_pkey primary key (organization_id, book_id, series_id, fiscal_year)
) with (fillfactor = 50);

create table ledger.period (
  organization_id     bigint not null,
  book_id             integer not null,
  -- First day of the month. A month without a row is open.
  month               date not null,
  -- 1 open, 2 soft-closed, 3 hard-closed
  state               smallint not null,
  closed_at           timestamptz,
  trial_balance_hash  bytea,
  constraint period_pkey primary key (organization_id, book_id, month),
  constraint period_state_check check (state between 1 and 3),
  constraint period_month_check check (extract(day from month) = 1),
  constraint period_hash_check check ((state = 3) = (trial_balance_hash is not null))
);

create table ledger.journal_entry (
  organization_id    bigint not null,
  book_id            integer not null,
  -- Position in the order of recording. Given under the book's row lock, so that ids are gap-free
  -- and ascend in the order of commit.
  entry_id           bigint not null,
  series_id          integer not null,
  fiscal_year        smallint not null,
  number             bigint not null,
  effective_date     date not null,
  recorded_at        timestamptz not null,
  -- 1 standard, 2 opening, 3 adjusting, 4 reversal, 5 closing
  kind               smallint not null,
  description        text not null,
  reference          text not null,
  source             text not null,
  tags               jsonb,
  request_id         text not null,
  request_hash       bytea not null,
  reverses_entry_id  bigint,
  salt               bytea not null,
  canonical          bytea not null,
  leaf_hash          bytea not null,
  constraint journal_entry_pkey primary key (organization_id, book_id, entry_id),
  constraint journal_entry_request_key unique (organization_id, book_id, request_id),
  constraint journal_entry_number_key
    unique (organization_id, book_id, series_id, fiscal_year, number),
  constraint journal_entry_kind_check check (kind between 1 and 5),
  constraint journal_entry_reversal_check check ((kind = 4) = (reverses_entry_id is not null))
);
create unique index journal_entry_reverses_key
  on ledger.journal_entry (organization_id, book_id, reverses_entry_id)
  where reverses_entry_id is not null;
create index journal_entry_date_idx
  on ledger.journal_entry (organization_id, book_id, effective_date);
-- The year-end closing entries, which reports leave out on request.
create index journal_entry_closing_idx
  on ledger.journal_entry (organization_id, book_id, entry_id) where kind = 5;

create table ledger.posting (
  organization_id         bigint not null,
  book_id                 integer not null,
  entry_id                bigint not null,
  line                    smallint not null,
  account_id              integer not null,
  dimension_set_id        integer not null,
  currency_id             integer not null,
  functional_currency_id  integer not null,
  effective_date          date not null,
  -- Debit positive, credit negative.
  amount                  numeric not null,
  functional_amount       numeric not null,
  memo                    text,
  constraint posting_pkey primary key (organization_id, book_id, entry_id, line)
);
create index posting_account_idx
  on ledger.posting (organization_id, book_id, account_id, effective_date, entry_id, line);

-- Turnover per month at full detail: the source of every balance by fund or dimension.
create table ledger.balance_month (
  organization_id         bigint not null,
  book_id                 integer not null,
  account_id              integer not null,
  month                   date not null,
  dimension_set_id        integer not null,
  currency_id             integer not null,
  functional_currency_id  integer not null,
  debit                   numeric not null,
  credit                  numeric not null,
  functional_debit        numeric not null,
  functional_credit       numeric not null,
  constraint balance_month_pkey primary key (organization_id, book_id, account_id, month,
    dimension_set_id, currency_id, functional_currency_id)
) with (fillfactor = 70);

-- Turnover per account without dimensions, by month ('m') and by day ('d'): a trial balance at any
-- date reads whole months and then single days, so its cost does not grow with the history.
-- Derived: it is folded in from postings, off the posting path, up to the entry named in
-- turnover_fold; a reader adds the postings after that entry.
create table ledger.account_turnover (
  organization_id         bigint not null,
  book_id                 integer not null,
  grain                   "char" not null,
  start_date              date not null,
  account_id              integer not null,
  currency_id             integer not null,
  functional_currency_id  integer not null,
  debit                   numeric not null,
  credit                  numeric not null,
  functional_debit        numeric not null,
  functional_credit       numeric not null,
  constraint account_turnover_pkey primary key (organization_id, book_id, grain, start_date,
    account_id, currency_id, functional_currency_id),
  constraint account_turnover_grain_check check (grain in ('m', 'd'))
) with (fillfactor = 70);
create table ledger.turnover_fold (
  organization_id  bigint not null,
  book_id          integer not null,
  last_entry_id    bigint not null,
  constraint turnover_fold_pkey primary key (organization_id, book_id)
) with (fillfactor = 50);

-- The trial balance of a hard-closed period, kept for ever: cumulative turnover at its end.
create table ledger.period_balance (
  organization_id         bigint not null,
  book_id                 integer not null,
  month                   date not null,
  account_id              integer not null,
  dimension_set_id        integer not null,
  currency_id             integer not null,
  functional_currency_id  integer not null,
  debit                   numeric not null,
  credit                  numeric not null,
  functional_debit        numeric not null,
  functional_credit       numeric not null,
  constraint period_balance_pkey primary key (organization_id, book_id, month, account_id,
    dimension_set_id, currency_id, functional_currency_id)
);

create table ledger.balance_assertion (
  organization_id      bigint not null,
  book_id              integer not null,
  assertion_id         integer not null,
  account_id           integer not null,
  include_descendants  boolean not null,
  date                 date not null,
  currency_id          integer not null,
  expected             numeric not null,
  fund_id              integer,
  source               text not null,
  recorded_at          timestamptz not null default clock_timestamp(),
  constraint balance_assertion_pkey primary key (organization_id, book_id, assertion_id),
  constraint balance_assertion_account_fkey foreign key (organization_id, book_id, account_id)
    references ledger.account (organization_id, book_id, account_id)
);
create index balance_assertion_date_idx
  on ledger.balance_assertion (organization_id, book_id, date);

-- The first answer to every mutating request other than a journal entry (which carries its own
-- request_id). Kept for ever: an offline laptop may resend after months.
create table ledger.request_record (
  organization_id  bigint not null,
  method           text not null,
  request_id       text not null,
  body_hash        bytea not null,
  response         bytea not null,
  recorded_at      timestamptz not null default clock_timestamp(),
  constraint request_record_pkey primary key (organization_id, method, request_id)
);

create table ledger.csv_mapping (
  organization_id  bigint not null,
  book_id          integer not null,
  key              text not null,
  definition       jsonb not null,
  constraint csv_mapping_pkey primary key (organization_id, book_id, key)
);

-- Row-level security: one policy for all, FORCE so that it binds the owner too.
do $$
declare
  t text;
begin
  for t in select c.relname from pg_class c
           where c.relnamespace = 'ledger'::regnamespace and c.relkind = 'r'
             and c.relname <> 'organization'
  loop
    execute format('alter table ledger.%I enable row level security', t);
    execute format('alter table ledger.%I force row level security', t);
    execute format(
      'create policy tenant on ledger.%I using (organization_id = ledger.current_organization()) '
      'with check (organization_id = ledger.current_organization())', t);
  end loop;
end $$;
alter table ledger.organization enable row level security;
alter table ledger.organization force row level security;
create policy tenant on ledger.organization
  using (organization_id = ledger.current_organization())
  with check (organization_id = ledger.current_organization());
-- Finding one's organization by its slug comes before there is a tenant. One place in the
-- application (organization_store) sets this, for one database transaction.
create policy registry on ledger.organization
  using (current_setting('lumbung.registry', true) = 'on')
  with check (current_setting('lumbung.registry', true) = 'on');

-- Posted rows never change (INV-010). Privileges already forbid it to the application; this binds
-- the owner as well.
create function ledger.refuse_change() returns trigger
language plpgsql
as $$
begin
  raise exception 'posted rows never change: % on %', tg_op, tg_table_name using errcode = 'LB010';
end $$;
create trigger journal_entry_immutable before update or delete on ledger.journal_entry
  for each row execute function ledger.refuse_change();
create trigger posting_immutable before update or delete on ledger.posting
  for each row execute function ledger.refuse_change();
create trigger journal_entry_no_truncate before truncate on ledger.journal_entry
  for each statement execute function ledger.refuse_change();
create trigger posting_no_truncate before truncate on ledger.posting
  for each statement execute function ledger.refuse_change();
create trigger period_balance_immutable before update or delete on ledger.period_balance
  for each row execute function ledger.refuse_change();

-- A hard-closed period never reopens (INV-012), and its record never changes.
create function ledger.refuse_reopen() returns trigger
language plpgsql
as $$
begin
  if old.state = 3 then
    raise exception 'period % is hard-closed and never reopens', old.month using errcode = 'LB012';
  end if;
  return new;
end $$;
create trigger period_hard_closed before update or delete on ledger.period
  for each row execute function ledger.refuse_reopen();
create function ledger.refuse_earlier_lock() returns trigger
language plpgsql
as $$
begin
  if new.hard_closed_through < old.hard_closed_through then
    raise exception 'hard-closed through % cannot become %', old.hard_closed_through,
      new.hard_closed_through using errcode = 'LB012';
  end if;
  return new;
end $$;
create trigger book_hard_closed before update of hard_closed_through on ledger.book_head
  for each row execute function ledger.refuse_earlier_lock();
