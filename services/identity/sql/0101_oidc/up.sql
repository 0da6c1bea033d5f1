-- Signing in with an identity provider. See note.md beside this file.

-- The provider is one more way into the account a person has.
alter table identity.account drop constraint account_issuer_check;
alter table identity.account add constraint account_issuer_check
  check ((issuer is null) = (subject is null));

-- A sign-in that was begun here and is now with the provider. Removed by its one use.
create table identity.oidc_sign_in (
  -- SHA-256 of what the browser brings back to us; only it can end what it began.
  handle_hash   bytea not null,
  state_hash    bytea not null,
  provider_id   text not null,
  redirect_uri  text not null,
  nonce         text not null,
  verifier      text not null,
  expires_at    timestamptz not null,
  constraint oidc_sign_in_pkey primary key (handle_hash),
  constraint oidc_sign_in_handle_hash_check check (octet_length(handle_hash) = 32)
);
create index oidc_sign_in_expires_idx on identity.oidc_sign_in (expires_at);

alter table identity.oidc_sign_in enable row level security;
alter table identity.oidc_sign_in force row level security;
create policy people on identity.oidc_sign_in using (identity.is_open())
  with check (identity.is_open());

grant select, insert, delete on identity.oidc_sign_in to lumbung_app;
grant update (issuer, subject) on identity.account to lumbung_app;
