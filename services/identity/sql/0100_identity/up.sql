-- Who people are and what they may do. See note.md beside this file.
--
-- The database rejects; the application computes: passwords, codes and keys come here as hashes,
-- made and compared by the application. Every table is under forced row-level security.

create schema identity;
grant usage on schema identity to lumbung_app;

-- Whether the current database transaction is one of the identity store's, which alone sees people.
create function identity.is_open() returns boolean
language sql stable parallel safe
as $$ select coalesce(current_setting('lumbung.identity', true) = 'on', false) $$;

-- ---- People, who belong to no organization ----

create table identity.person (
  person_id                 bigint generated always as identity,
  display_name              text not null,
  -- Whose administrators keep this person; null: the platform's.
  managing_organization_id  bigint,
  platform_operator         boolean not null default false,
  disabled                  boolean not null default false,
  created_at                timestamptz not null,
  constraint person_pkey primary key (person_id),
  constraint person_managing_organization_fkey foreign key (managing_organization_id)
    references ledger.organization (organization_id)
);
create index person_managing_organization_idx
  on identity.person (managing_organization_id);

-- One way in. A person may have several.
create table identity.account (
  account_id            bigint generated always as identity,
  person_id             bigint not null,
  -- 1 local, 2 of an OpenID Connect issuer
  kind                  smallint not null,
  user_name             text not null,
  issuer                text,
  subject               text,
  -- Argon2id, encoded; null for those who act through API keys alone.
  password_hash         text,
  must_change_password  boolean not null default false,
  last_sign_in_at       timestamptz,
  constraint account_pkey primary key (account_id),
  constraint account_user_name_key unique (user_name),
  constraint account_subject_key unique (issuer, subject),
  constraint account_person_fkey foreign key (person_id) references identity.person (person_id),
  constraint account_kind_check check (kind in (1, 2)),
  constraint account_issuer_check check ((kind = 2) = (issuer is not null and subject is not null))
);
create index account_person_idx on identity.account (person_id);

create table identity.session (
  -- SHA-256 of the token.
  token_hash    bytea not null,
  account_id    bigint not null,
  created_at    timestamptz not null,
  -- To the minute.
  last_used_at  timestamptz not null,
  expires_at    timestamptz not null,
  ended_at      timestamptz,
  from_address  text not null,
  -- Opened by the server for itself, which asks nobody for a password.
  by_server     boolean not null default false,
  constraint session_pkey primary key (token_hash),
  constraint session_account_fkey foreign key (account_id) references identity.account (account_id),
  constraint session_token_hash_check check (octet_length(token_hash) = 32)
);
create index session_account_idx on identity.session (account_id) where ended_at is null;

create table identity.totp (
  account_id    bigint not null,
  secret        bytea not null,
  confirmed_at  timestamptz,
  -- The newest step whose code was used; a code is good once.
  last_step     bigint not null default 0,
  constraint totp_pkey primary key (account_id),
  constraint totp_account_fkey foreign key (account_id) references identity.account (account_id)
);

create table identity.recovery_code (
  account_id  bigint not null,
  -- SHA-256 of the code.
  code_hash   bytea not null,
  used_at     timestamptz,
  constraint recovery_code_pkey primary key (account_id, code_hash),
  constraint recovery_code_account_fkey foreign key (account_id)
    references identity.account (account_id)
);

-- Kept for as long as they slow down guessing. By name and not by account, so that names that exist
-- and names that do not are treated alike.
create table identity.sign_in_attempt (
  attempt_id    bigint generated always as identity,
  user_name     text not null,
  from_address  text not null,
  attempted_at  timestamptz not null,
  succeeded     boolean not null,
  constraint sign_in_attempt_pkey primary key (attempt_id)
);
create index sign_in_attempt_user_name_idx
  on identity.sign_in_attempt (user_name, attempted_at);
create index sign_in_attempt_address_idx
  on identity.sign_in_attempt (from_address, attempted_at);
create index sign_in_attempt_time_idx on identity.sign_in_attempt (attempted_at);

-- Grows with every change of who may do what. Servers look at it now and then, and forget what they
-- remember of callers when it has grown.
create table identity.identity_epoch (
  one    integer not null,
  epoch  bigint not null,
  constraint identity_epoch_pkey primary key (one),
  constraint identity_epoch_one_check check (one = 1)
);
insert into identity.identity_epoch (one, epoch) values (1, 1);

-- ---- What belongs to an organization ----

create table identity.organization_setting (
  organization_id     bigint not null,
  small_organization  boolean not null default false,
  region_code         text not null default '',
  constraint organization_setting_pkey primary key (organization_id),
  constraint organization_setting_organization_fkey foreign key (organization_id)
    references ledger.organization (organization_id)
);

create table identity.role_grant (
  organization_id  bigint not null,
  grant_id         bigint generated always as identity,
  person_id        bigint not null,
  role             text not null,
  -- '' for the whole organization, 'books/...', 'regions/...'
  scope            text not null,
  starts_on        date not null,
  ends_on          date not null,
  granted_by       text not null,
  granted_at       timestamptz not null,
  revoked_by       text,
  revoked_at       timestamptz,
  constraint role_grant_pkey primary key (organization_id, grant_id),
  constraint role_grant_organization_fkey foreign key (organization_id)
    references ledger.organization (organization_id),
  constraint role_grant_person_fkey foreign key (person_id) references identity.person (person_id),
  constraint role_grant_dates_check check (starts_on <= ends_on)
);
create unique index role_grant_active_key
  on identity.role_grant (organization_id, person_id, role, scope) where revoked_at is null;
create index role_grant_person_idx on identity.role_grant (person_id) where revoked_at is null;

create table identity.api_key (
  organization_id  bigint not null,
  prefix           text not null,
  -- SHA-256 of the secret.
  secret_hash      bytea not null,
  person_id        bigint not null,
  display_name     text not null,
  roles            text[] not null,
  scope            text not null,
  created_by       text not null,
  created_at       timestamptz not null,
  expires_at       timestamptz not null,
  revoked_at       timestamptz,
  last_used_at     timestamptz,
  constraint api_key_pkey primary key (organization_id, prefix),
  constraint api_key_organization_fkey foreign key (organization_id)
    references ledger.organization (organization_id),
  constraint api_key_person_fkey foreign key (person_id) references identity.person (person_id),
  constraint api_key_expiry_check check (expires_at <= created_at + interval '366 days'),
  constraint api_key_secret_hash_check check (octet_length(secret_hash) = 32)
);
create index api_key_prefix_idx on identity.api_key (prefix);

-- What was done and what was refused. Organization 0 is the platform. No foreign keys: the trail
-- outlives what it tells of, and refuses nothing.
create table identity.audit_event (
  organization_id  bigint not null,
  event_id         bigint generated always as identity,
  recorded_at      timestamptz not null default clock_timestamp(),
  person_id        bigint,
  user_name        text not null,
  display_name     text not null,
  from_address     text not null,
  method           text not null,
  action           text not null,
  resource         text not null,
  before           jsonb,
  after            jsonb,
  request_id       text not null,
  reason           text not null,
  constraint audit_event_pkey primary key (organization_id, event_id)
);

-- ---- Row-level security ----

do $$
declare
  t text;
begin
  for t in select c.relname from pg_class c
           where c.relnamespace = 'identity'::regnamespace and c.relkind = 'r'
             and c.relname <> 'identity_epoch'
  loop
    execute format('alter table identity.%I enable row level security', t);
    execute format('alter table identity.%I force row level security', t);
  end loop;
  foreach t in array array['person', 'account', 'session', 'totp', 'recovery_code',
                           'sign_in_attempt']
  loop
    execute format('create policy people on identity.%I using (identity.is_open()) '
                   'with check (identity.is_open())', t);
  end loop;
  foreach t in array array['organization_setting', 'role_grant', 'api_key', 'audit_event']
  loop
    execute format(
      'create policy tenant on identity.%I using (organization_id = ledger.current_organization()) '
      'with check (organization_id = ledger.current_organization())', t);
  end loop;
end $$;
-- Signing in asks for one person's grants and for one key before there is a tenant.
create policy own on identity.role_grant for select
  using (identity.is_open()
         and person_id = nullif(current_setting('lumbung.person_id', true), '')::bigint);
create policy presented on identity.api_key for select
  using (identity.is_open() and prefix = nullif(current_setting('lumbung.api_key', true), ''));
create policy platform on identity.audit_event
  using (organization_id = 0 and identity.is_open())
  with check (organization_id = 0 and identity.is_open());

-- The trail never changes. Privileges already forbid it to the application; this binds the
-- owner as well.
create function identity.refuse_change() returns trigger
language plpgsql
as $$
begin
  raise exception 'the audit trail never changes: % on %', tg_op, tg_table_name
    using errcode = 'LB010';
end $$;
create trigger audit_event_immutable before update or delete on identity.audit_event
  for each row execute function identity.refuse_change();
create trigger audit_event_no_truncate before truncate on identity.audit_event
  for each statement execute function identity.refuse_change();

-- ---- What the application may do ----

revoke all on all functions in schema identity from public;
grant execute on function identity.is_open to lumbung_app;
grant select on all tables in schema identity to lumbung_app;
grant insert on identity.person, identity.account, identity.session, identity.totp,
  identity.recovery_code, identity.sign_in_attempt, identity.organization_setting,
  identity.role_grant, identity.api_key, identity.audit_event to lumbung_app;
grant update (display_name, disabled) on identity.person to lumbung_app;
grant update (password_hash, must_change_password, last_sign_in_at) on identity.account
  to lumbung_app;
grant update (last_used_at, ended_at) on identity.session to lumbung_app;
grant update (secret, confirmed_at, last_step) on identity.totp to lumbung_app;
grant update (used_at) on identity.recovery_code to lumbung_app;
grant update (epoch) on identity.identity_epoch to lumbung_app;
grant update (small_organization, region_code) on identity.organization_setting to lumbung_app;
grant update (revoked_by, revoked_at) on identity.role_grant to lumbung_app;
grant update (revoked_at, last_used_at) on identity.api_key to lumbung_app;
grant delete on identity.totp, identity.recovery_code, identity.sign_in_attempt to lumbung_app;
