-- A hard close names the checkpoint that covers what it froze. See note.md beside it.

create table log.period_seal (
  organization_id  bigint not null,
  book_id          integer not null,
  -- First day of a month that was hard-closed.
  month            date not null,
  -- The checkpoint that covers every entry that the book had then.
  size             bigint not null,
  sealed_at        timestamptz not null default clock_timestamp(),
  constraint period_seal_pkey primary key (organization_id, book_id, month),
  constraint period_seal_period_fkey foreign key (organization_id, book_id, month)
    references ledger.period (organization_id, book_id, month),
  constraint period_seal_checkpoint_fkey foreign key (organization_id, size)
    references log.checkpoint (organization_id, size)
);
alter table log.period_seal enable row level security;
alter table log.period_seal force row level security;
create policy tenant on log.period_seal
  using (organization_id = ledger.current_organization())
  with check (organization_id = ledger.current_organization());

-- INV-029: what a hard close freezes is under a checkpoint. The close holds the book's row, so the
-- newest entry is the newest one for as long as it runs; a book's leaves are in its order, so that
-- entry's leaf covers all others.
create function log.check_period_seal() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
declare
  v_last bigint := (
    select h.last_entry_id
    from ledger.book_head h
    where h.organization_id = new.organization_id and h.book_id = new.book_id);
begin
  if not exists (
      select 1
      from ledger.period p
      where p.organization_id = new.organization_id
        and p.book_id = new.book_id
        and p.month = new.month
        and p.state = 3) then
    raise exception 'only a hard-closed month has a seal, not %', new.month using errcode = 'LB032';
  end if;
  if v_last > 0 and not exists (
      select 1
      from log.leaf l
      where l.organization_id = new.organization_id
        and l.kind = 1
        and l.book_id = new.book_id
        and l.subject_id = v_last
        and l.leaf_index < new.size) then
    raise exception 'entry % is not under the checkpoint of % leaves', v_last, new.size
      using errcode = 'LB032';
  end if;
  return new;
end $$;
create trigger period_seal_check before insert on log.period_seal
  for each row execute function log.check_period_seal();

-- The other half: where there is a log, no month is hard-closed without its seal.
create function log.check_period_sealed() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
begin
  -- The owner sees no rows of an organization that is not set.
  perform set_config('lumbung.organization_id', new.organization_id::text, true);
  if exists (select 1 from log.head h where h.organization_id = new.organization_id)
     and not exists (
       select 1
       from log.period_seal s
       where s.organization_id = new.organization_id
         and s.book_id = new.book_id
         and s.month = new.month) then
    raise exception 'the hard close of % names no checkpoint', new.month using errcode = 'LB032';
  end if;
  return null;
end $$;
create constraint trigger period_sealed after insert or update of state on ledger.period
  deferrable initially deferred
  for each row when (new.state = 3) execute function log.check_period_sealed();

create trigger period_seal_immutable before update or delete on log.period_seal
  for each row execute function log.refuse_change();
create trigger period_seal_no_truncate before truncate on log.period_seal
  for each statement execute function log.refuse_change();

revoke all on function log.check_period_seal, log.check_period_sealed from public;
grant select, insert on log.period_seal to lumbung_app;
