-- Vouchers: the documents before journal entries. See note.md beside this file.
--
-- Names of things in the book (accounts, funds, currencies) are kept as text, as a draft has them;
-- they are resolved when the voucher is submitted and again when it is posted. The application
-- computes; what would break the trail of approval is refused here once more.

create schema vouchers;
grant usage on schema vouchers to lumbung_app;

create table vouchers.voucher (
  organization_id   bigint not null,
  book_id           integer not null,
  voucher_id        bigint not null,
  -- 1 BKM, 2 BKK, 3 BBM, 4 BBK, 5 BM
  kind              smallint not null,
  -- 1 draft, 2 submitted, 3 approved, 4 posted, 5 rejected, 6 cancelled
  state             smallint not null,
  -- Grows with every change.
  version           integer not null,
  -- How often it was submitted; approvals count in their own round only.
  round             integer not null default 0,
  voucher_date      date not null,
  party             text not null,
  description       text not null,
  reference         text not null,
  cash_account      text not null,
  series            text not null,
  postings          jsonb not null,
  -- SHA-256 over the content; services/vouchers/domain/content_hash.h has the layout.
  content_hash      bytea not null,
  -- In the book's functional currency, from the first submission on.
  amount            numeric,
  maker_person      bigint not null,
  maker_user        text not null,
  maker_name        text not null,
  template_key      text not null default '',
  created_at        timestamptz not null default clock_timestamp(),
  changed_at        timestamptz not null default clock_timestamp(),
  self_approved     boolean not null default false,
  reason            text not null default '',
  -- Given at posting.
  number            text,
  number_series     text,
  number_period     integer,
  number_sequence   bigint,
  entry_id          bigint,
  constraint voucher_pkey primary key (organization_id, book_id, voucher_id),
  constraint voucher_number_key unique (organization_id, book_id, number),
  constraint voucher_sequence_key
    unique (organization_id, book_id, number_series, number_period, number_sequence),
  constraint voucher_entry_key unique (organization_id, book_id, entry_id),
  constraint voucher_book_fkey foreign key (organization_id, book_id)
    references ledger.book (organization_id, book_id),
  constraint voucher_entry_fkey foreign key (organization_id, book_id, entry_id)
    references ledger.journal_entry (organization_id, book_id, entry_id),
  constraint voucher_kind_check check (kind between 1 and 5),
  constraint voucher_state_check check (state between 1 and 6),
  constraint voucher_hash_check check (octet_length(content_hash) = 32),
  constraint voucher_posted_check check (
    (state = 4) = (entry_id is not null)
    and (state = 4) = (number is not null)
    and (state = 4) = (number_series is not null)
    and (state = 4) = (number_period is not null)
    and (state = 4) = (number_sequence is not null)),
  constraint voucher_amount_check check (state in (1, 5, 6) or amount is not null)
) with (fillfactor = 80);
-- What waits, which everyone asks for every day, out of years of what is done.
create index voucher_waiting_idx
  on vouchers.voucher (organization_id, book_id, voucher_id) where state in (1, 2, 3);
create index voucher_date_idx on vouchers.voucher (organization_id, book_id, voucher_date);

-- What happened to a voucher, a row per version.
create table vouchers.voucher_event (
  organization_id  bigint not null,
  book_id          integer not null,
  voucher_id       bigint not null,
  version          integer not null,
  -- 1 create, 2 update, 3 attach, 4 detach, 5 submit, 6 approve, 7 approve finally, 8 post,
  -- 9 reject, 10 revise, 11 cancel
  action           smallint not null,
  state            smallint not null,
  person           bigint not null,
  person_user      text not null,
  person_name      text not null,
  content_hash     bytea not null,
  comment          text not null,
  recorded_at      timestamptz not null default clock_timestamp(),
  constraint voucher_event_pkey primary key (organization_id, book_id, voucher_id, version),
  constraint voucher_event_voucher_fkey foreign key (organization_id, book_id, voucher_id)
    references vouchers.voucher (organization_id, book_id, voucher_id),
  constraint voucher_event_action_check check (action between 1 and 11)
);

create table vouchers.approval (
  organization_id      bigint not null,
  book_id              integer not null,
  voucher_id           bigint not null,
  round                integer not null,
  person               bigint not null,
  person_user          text not null,
  person_name          text not null,
  -- Whose deputy the person was, if anyone's.
  for_person           bigint,
  for_user             text,
  for_name             text,
  roles                text[] not null,
  self_approval        boolean not null,
  content_hash         bytea not null,
  comment              text not null,
  approved_at          timestamptz not null default clock_timestamp(),
  constraint approval_pkey primary key (organization_id, book_id, voucher_id, round, person),
  constraint approval_voucher_fkey foreign key (organization_id, book_id, voucher_id)
    references vouchers.voucher (organization_id, book_id, voucher_id),
  constraint approval_for_check check (
    (for_person is null) = (for_user is null) and (for_person is null) = (for_name is null))
);

create table vouchers.approval_policy (
  organization_id  bigint not null,
  book_id          integer not null,
  key              text not null,
  kind             smallint,
  account          text not null,
  fund             text not null,
  amount_limit     numeric,
  role             text not null,
  second_role      text not null,
  from_date        date not null,
  to_date          date,
  person           bigint not null,
  person_user      text not null,
  person_name      text not null,
  recorded_at      timestamptz not null default clock_timestamp(),
  constraint approval_policy_pkey primary key (organization_id, book_id, key),
  constraint approval_policy_book_fkey foreign key (organization_id, book_id)
    references ledger.book (organization_id, book_id),
  constraint approval_policy_limit_check check (amount_limit > 0),
  constraint approval_policy_scope_check check (account = '' or fund = '')
);

create table vouchers.deputy (
  organization_id  bigint not null,
  book_id          integer not null,
  key              text not null,
  principal        bigint not null,
  principal_user   text not null,
  principal_name   text not null,
  deputy           bigint not null,
  deputy_user      text not null,
  deputy_name      text not null,
  role             text not null,
  from_date        date not null,
  to_date          date not null,
  note             text not null,
  person           bigint not null,
  person_user      text not null,
  person_name      text not null,
  recorded_at      timestamptz not null default clock_timestamp(),
  constraint deputy_pkey primary key (organization_id, book_id, key),
  constraint deputy_book_fkey foreign key (organization_id, book_id)
    references ledger.book (organization_id, book_id),
  constraint deputy_self_check check (principal <> deputy),
  constraint deputy_appointment_check check (deputy <> person),
  constraint deputy_dates_check check (from_date <= to_date)
);

create table vouchers.number_series (
  organization_id  bigint not null,
  book_id          integer not null,
  key              text not null,
  pattern          text not null,
  -- 1 yearly, 2 monthly, 3 never
  reset            smallint not null,
  constraint number_series_pkey primary key (organization_id, book_id, key),
  constraint number_series_book_fkey foreign key (organization_id, book_id)
    references ledger.book (organization_id, book_id),
  constraint number_series_reset_check check (reset between 1 and 3)
);

-- The last number given: of vouchers' ids (series '') and of each series and period.
create table vouchers.counter (
  organization_id  bigint not null,
  book_id          integer not null,
  series           text not null,
  period           integer not null,
  last_number      bigint not null,
  constraint counter_pkey primary key (organization_id, book_id, series, period),
  constraint counter_book_fkey foreign key (organization_id, book_id)
    references ledger.book (organization_id, book_id)
) with (fillfactor = 50);

create table vouchers.template (
  organization_id  bigint not null,
  book_id          integer not null,
  key              text not null,
  display_name     text not null,
  kind             smallint not null,
  party            text not null,
  description      text not null,
  reference        text not null,
  cash_account     text not null,
  series           text not null,
  postings         jsonb not null,
  closed           boolean not null default false,
  -- Of recurring vouchers: 1 weekly, 2 monthly, 3 quarterly, 4 yearly.
  every            smallint,
  day              smallint,
  next_date        date,
  until_date       date,
  constraint template_pkey primary key (organization_id, book_id, key),
  constraint template_book_fkey foreign key (organization_id, book_id)
    references ledger.book (organization_id, book_id),
  constraint template_kind_check check (kind between 1 and 5),
  constraint template_schedule_check check (
    (every is null) = (next_date is null) and (every is null) = (day is null)
    and (every is null or every between 1 and 4))
);

-- Files, once each by their content.
create table vouchers.blob (
  organization_id  bigint not null,
  sha256           bytea not null,
  byte_count       bigint not null,
  stored_at        timestamptz not null default clock_timestamp(),
  constraint blob_pkey primary key (organization_id, sha256),
  constraint blob_organization_fkey foreign key (organization_id)
    references ledger.organization (organization_id),
  constraint blob_sha256_check check (octet_length(sha256) = 32)
);
create table vouchers.blob_chunk (
  organization_id  bigint not null,
  sha256           bytea not null,
  chunk            integer not null,
  data             bytea not null,
  constraint blob_chunk_pkey primary key (organization_id, sha256, chunk),
  constraint blob_chunk_blob_fkey foreign key (organization_id, sha256)
    references vouchers.blob (organization_id, sha256)
);
-- What is stored does not get smaller by compressing it again.
alter table vouchers.blob_chunk alter column data set storage external;

create table vouchers.attachment (
  organization_id  bigint not null,
  book_id          integer not null,
  voucher_id       bigint not null,
  attachment_id    integer not null,
  sha256           bytea not null,
  -- 1 PDF, 2 JPEG, 3 PNG
  type             smallint not null,
  byte_count       bigint not null,
  file_name        text not null,
  -- Added after posting: no part of what was approved.
  late             boolean not null,
  person           bigint not null,
  person_user      text not null,
  person_name      text not null,
  added_at         timestamptz not null default clock_timestamp(),
  constraint attachment_pkey primary key (organization_id, book_id, voucher_id, attachment_id),
  constraint attachment_content_key unique (organization_id, book_id, voucher_id, sha256),
  constraint attachment_voucher_fkey foreign key (organization_id, book_id, voucher_id)
    references vouchers.voucher (organization_id, book_id, voucher_id),
  constraint attachment_type_check check (type between 1 and 3)
);

do $$
declare
  t text;
begin
  for t in select c.relname from pg_class c
           where c.relnamespace = 'vouchers'::regnamespace and c.relkind = 'r'
  loop
    execute format('alter table vouchers.%I enable row level security', t);
    execute format('alter table vouchers.%I force row level security', t);
    execute format(
      'create policy tenant on vouchers.%I '
      'using (organization_id = ledger.current_organization()) '
      'with check (organization_id = ledger.current_organization())', t);
  end loop;
end $$;

-- INV-024: a posted or cancelled voucher never changes; the others move as voucher_moves.h says,
-- change their content as drafts only, and are approved only with an approval of that very content
-- that is not the maker's own, unless it is marked (INV-023).
create function vouchers.check_voucher() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 1 or new.version <> 1 or new.round <> 0 then
      raise exception 'a voucher begins as a draft' using errcode = 'LB020';
    end if;
    return new;
  end if;
  -- A posted voucher gets late attachments, which count as versions of it.
  if old.state in (4, 6) and (to_jsonb(new) - 'version' - 'changed_at') is distinct from
     (to_jsonb(old) - 'version' - 'changed_at') then
    raise exception 'a voucher that is posted or cancelled never changes' using errcode = 'LB010';
  end if;
  if new.version <> old.version + 1 or new.round < old.round then
    raise exception 'the versions of a voucher have no gap' using errcode = 'LB020';
  end if;
  if new.state <> old.state and (old.state, new.state) not in (
      (1, 2), (1, 6), (2, 3), (2, 5), (2, 1), (2, 6),
      (3, 4), (3, 5), (3, 1), (3, 6), (5, 1), (5, 6)) then
    raise exception 'a voucher does not move from state % to %', old.state, new.state
      using errcode = 'LB020';
  end if;
  if new.maker_person <> old.maker_person or new.voucher_id <> old.voucher_id
     or new.created_at <> old.created_at then
    raise exception 'the maker of a voucher never changes' using errcode = 'LB020';
  end if;
  if (old.state <> 1 or new.state <> 1) and (
      new.content_hash, new.kind, new.voucher_date, new.party, new.description, new.reference,
      new.cash_account, new.series, new.postings) is distinct from (
      old.content_hash, old.kind, old.voucher_date, old.party, old.description, old.reference,
      old.cash_account, old.series, old.postings) then
    raise exception 'only a draft changes its content' using errcode = 'LB020';
  end if;
  if old.state = 1 and new.state = 2 and new.round <> old.round + 1 then
    raise exception 'every submission begins a round of approval' using errcode = 'LB020';
  end if;
  if old.state = 2 and new.state = 3 and not exists (
      select 1
      from vouchers.approval a
      where a.organization_id = new.organization_id
        and a.book_id = new.book_id
        and a.voucher_id = new.voucher_id
        and a.round = new.round
        and a.content_hash = new.content_hash
        and (a.person <> new.maker_person or (a.self_approval and new.self_approved))) then
    raise exception 'a voucher is approved by somebody else than its maker' using errcode = 'LB020';
  end if;
  return new;
end $$;
create trigger voucher_check before insert or update on vouchers.voucher
  for each row execute function vouchers.check_voucher();

-- Attachments come to drafts and, marked as late, to posted vouchers, and go from drafts alone.
create function vouchers.check_attachment() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
declare
  v_row vouchers.attachment;
  v_state smallint;
begin
  if tg_op = 'DELETE' then
    v_row := old;
  else
    v_row := new;
  end if;
  v_state := (
    select v.state
    from vouchers.voucher v
    where v.organization_id = v_row.organization_id
      and v.book_id = v_row.book_id
      and v.voucher_id = v_row.voucher_id);
  if v_state = 1 and not v_row.late or v_state = 4 and v_row.late and tg_op = 'INSERT' then
    return v_row;
  end if;
  raise exception 'the attachments of this voucher do not change' using errcode = 'LB020';
end $$;
create trigger attachment_check before insert or delete on vouchers.attachment
  for each row execute function vouchers.check_attachment();

-- Privileges already forbid these to the application; this binds the owner as well.
create function vouchers.refuse_change() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
begin
  raise exception 'these rows never change: % on %', tg_op, tg_table_name using errcode = 'LB010';
end $$;
create trigger voucher_kept before delete on vouchers.voucher
  for each row execute function vouchers.refuse_change();
create trigger voucher_event_immutable before update or delete on vouchers.voucher_event
  for each row execute function vouchers.refuse_change();
create trigger approval_immutable before update or delete on vouchers.approval
  for each row execute function vouchers.refuse_change();
create trigger deputy_kept before delete on vouchers.deputy
  for each row execute function vouchers.refuse_change();
create trigger approval_policy_kept before delete on vouchers.approval_policy
  for each row execute function vouchers.refuse_change();
create trigger attachment_immutable before update on vouchers.attachment
  for each row execute function vouchers.refuse_change();
create trigger blob_immutable before update on vouchers.blob
  for each row execute function vouchers.refuse_change();
create trigger blob_chunk_immutable before update on vouchers.blob_chunk
  for each row execute function vouchers.refuse_change();

-- Numbers are given upwards, one after the other.
create function vouchers.check_counter() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
begin
  if new.last_number <> old.last_number + 1 then
    raise exception 'numbers have no gap' using errcode = 'LB011';
  end if;
  return new;
end $$;
create trigger counter_check before update on vouchers.counter
  for each row execute function vouchers.check_counter();

revoke all on all functions in schema vouchers from public;

grant select on all tables in schema vouchers to lumbung_app;
grant insert on all tables in schema vouchers to lumbung_app;
grant update (kind, state, version, round, voucher_date, party, description, reference,
  cash_account, series, postings, content_hash, amount, changed_at, self_approved, reason, number,
  number_series, number_period, number_sequence, entry_id) on vouchers.voucher to lumbung_app;
grant update (to_date) on vouchers.approval_policy, vouchers.deputy to lumbung_app;
grant update (pattern, reset) on vouchers.number_series to lumbung_app;
grant update (last_number) on vouchers.counter to lumbung_app;
grant update (display_name, kind, party, description, reference, cash_account, series, postings,
  closed, every, day, next_date, until_date) on vouchers.template to lumbung_app;
grant delete on vouchers.attachment to lumbung_app;
