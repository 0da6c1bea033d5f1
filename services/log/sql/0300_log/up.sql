-- The tamper-evident log: one Merkle tree (RFC 6962) per organization. See note.md beside it.
--
-- The application computes hashes and signatures; the database refuses whatever would leave a gap,
-- put something in twice, or change what is there.

create schema log;
grant usage on schema log to lumbung_app;

-- One log per organization. Its row lock lets one sealer work at a time.
create table log.head (
  organization_id  bigint not null,
  -- The log's name in checkpoints, and of its key. Never changes.
  origin           text not null,
  created_at       timestamptz not null default clock_timestamp(),
  -- Every audit event of this database cluster that was recorded by a database transaction below
  -- this one is in the log. Of another cluster's transactions the number says nothing.
  audit_cluster    bigint not null default 0,
  audit_barrier    xid8 not null default '0',
  constraint head_pkey primary key (organization_id),
  constraint head_organization_fkey foreign key (organization_id)
    references ledger.organization (organization_id)
) with (fillfactor = 50);

create table log.leaf (
  organization_id  bigint not null,
  leaf_index       bigint not null,
  -- 1 journal entry, 2 audit event, 3 key record
  kind             smallint not null,
  -- Of journal entries; 0 otherwise.
  book_id          integer not null,
  -- entry_id, event_id, or the number of the key record from 1.
  subject_id       bigint not null,
  leaf_hash        bytea not null,
  -- The hashed bytes of what does not keep them itself, as journal entries do.
  content          bytea,
  -- Of the hashed texts in an audit event's content.
  salt             bytea,
  constraint leaf_pkey primary key (organization_id, leaf_index),
  constraint leaf_subject_key unique (organization_id, kind, book_id, subject_id),
  constraint leaf_head_fkey foreign key (organization_id) references log.head (organization_id),
  constraint leaf_kind_check check (kind between 1 and 3),
  constraint leaf_book_check check ((kind = 1) = (book_id <> 0)),
  constraint leaf_hash_check check (octet_length(leaf_hash) = 32),
  constraint leaf_content_check check (
    (kind = 1) = (content is null)
    and (content is null or sha256('\x00'::bytea || content) = leaf_hash)),
  constraint leaf_salt_check check ((kind = 2) = (salt is not null))
);
alter table log.leaf alter column leaf_hash set storage plain;

-- The roots of perfect subtrees of 2^level leaves, of every eighth level; those between follow from
-- at most 128 of the level below. The leaves are level 0.
create table log.subtree (
  organization_id  bigint not null,
  level            smallint not null,
  subtree_index    bigint not null,
  hash             bytea not null,
  constraint subtree_pkey primary key (organization_id, level, subtree_index),
  constraint subtree_head_fkey foreign key (organization_id) references log.head (organization_id),
  constraint subtree_level_check check (level > 0 and level % 8 = 0),
  constraint subtree_hash_check check (octet_length(hash) = 32)
);

create table log.checkpoint (
  organization_id  bigint not null,
  size             bigint not null,
  root             bytea not null,
  -- The signed note, as it is handed out.
  note             text not null,
  signed_at        timestamptz not null,
  constraint checkpoint_pkey primary key (organization_id, size),
  constraint checkpoint_head_fkey foreign key (organization_id)
    references log.head (organization_id),
  constraint checkpoint_root_check check (octet_length(root) = 32)
);

-- What witnesses have signed below a checkpoint.
create table log.cosignature (
  organization_id  bigint not null,
  size             bigint not null,
  verifier_key     text not null,
  -- The line of the note.
  line             text not null,
  cosigned_at      timestamptz not null,
  added_by         text not null,
  added_at         timestamptz not null default clock_timestamp(),
  constraint cosignature_pkey primary key (organization_id, size, verifier_key),
  constraint cosignature_checkpoint_fkey foreign key (organization_id, size)
    references log.checkpoint (organization_id, size)
);

-- ---- The barrier of audit events ----

-- Which database transaction recorded an event. Those already there were recorded by finished ones.
alter table identity.audit_event
  add column recorded_xid xid8 not null default pg_current_xact_id();
-- It is not for the application to say which.
revoke insert on identity.audit_event from lumbung_app;
grant insert (organization_id, person_id, user_name, display_name, from_address, method, action,
  resource, before, after, request_id, reason) on identity.audit_event to lumbung_app;
create index audit_event_xid_idx on identity.audit_event (organization_id, recorded_xid, event_id);

-- ---- Row-level security ----

do $$
declare
  t text;
begin
  for t in select c.relname from pg_class c
           where c.relnamespace = 'log'::regnamespace and c.relkind = 'r'
  loop
    execute format('alter table log.%I enable row level security', t);
    execute format('alter table log.%I force row level security', t);
    execute format(
      'create policy tenant on log.%I using (organization_id = ledger.current_organization()) '
      'with check (organization_id = ledger.current_organization())', t);
  end loop;
end $$;

-- ---- What the log refuses ----

-- INV-026: leaves follow each other without a gap; a book's entries are in it one after the other,
-- as they were posted.
create function log.check_leaves() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
declare
  v_wrong bigint;
begin
  v_wrong := (
    select min(a.leaf_index)
    from (
      select added.organization_id, added.leaf_index,
        lag(added.leaf_index) over (
          partition by added.organization_id order by added.leaf_index) as previous
      from added) a
    where a.leaf_index <> coalesce(
      a.previous,
      (select max(l.leaf_index)
       from log.leaf l
       where l.organization_id = a.organization_id and l.leaf_index < a.leaf_index),
      -1) + 1);
  if v_wrong is not null then
    raise exception 'leaf % does not continue the log', v_wrong using errcode = 'LB030';
  end if;
  v_wrong := (
    select min(a.leaf_index)
    from (
      select added.*,
        min(added.leaf_index) over (partition by added.organization_id) as first_index,
        lag(added.subject_id) over (
          partition by added.organization_id, added.book_id
          order by added.leaf_index) as previous
      from added
      where added.kind = 1) a
    left join ledger.journal_entry e
      on e.organization_id = a.organization_id and e.book_id = a.book_id
      and e.entry_id = a.subject_id
    where e.leaf_hash is distinct from a.leaf_hash
       or a.subject_id <> coalesce(
         a.previous,
         (select max(l.subject_id)
          from log.leaf l
          where l.organization_id = a.organization_id
            and l.kind = 1
            and l.book_id = a.book_id
            and l.leaf_index < a.first_index),
         0) + 1);
  if v_wrong is not null then
    raise exception 'leaf % is not the next entry of its book', v_wrong using errcode = 'LB031';
  end if;
  return null;
end $$;
create trigger leaf_check after insert on log.leaf
  referencing new table as added
  for each statement execute function log.check_leaves();

-- INV-027: a checkpoint covers all leaves that there are.
create function log.check_checkpoint() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
begin
  if new.size <> (
      select max(l.leaf_index) + 1
      from log.leaf l
      where l.organization_id = new.organization_id) then
    raise exception 'a checkpoint of % leaves is not one of the whole log', new.size
      using errcode = 'LB030';
  end if;
  return new;
end $$;
create trigger checkpoint_check before insert on log.checkpoint
  for each row execute function log.check_checkpoint();

-- Privileges already forbid these to the application; this binds the owner as well.
create function log.refuse_change() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
begin
  raise exception 'the log never changes: % on %', tg_op, tg_table_name using errcode = 'LB010';
end $$;
do $$
declare
  t text;
begin
  foreach t in array array['leaf', 'subtree', 'checkpoint', 'cosignature']
  loop
    execute format('create trigger %I before update or delete on log.%I '
                   'for each row execute function log.refuse_change()', t || '_immutable', t);
    execute format('create trigger %I before truncate on log.%I '
                   'for each statement execute function log.refuse_change()',
                   t || '_no_truncate', t);
  end loop;
end $$;
create trigger head_kept before delete on log.head
  for each row execute function log.refuse_change();
create trigger head_origin_kept before update of organization_id, origin, created_at on log.head
  for each row execute function log.refuse_change();

-- ---- What the application may do ----

revoke all on all functions in schema log from public;
grant select, insert on all tables in schema log to lumbung_app;
grant update (audit_cluster, audit_barrier) on log.head to lumbung_app;
