-- Systems that prove themselves with a certificate. See note.md beside this file.

-- SHA-256 of the certificate that calls with the key have to show; null for none.
alter table identity.api_key add column certificate_hash bytea;
alter table identity.api_key add constraint api_key_certificate_hash_check
  check (octet_length(certificate_hash) = 32);
-- A certificate that is shown without a key names one key of each organization.
create unique index api_key_certificate_key
  on identity.api_key (organization_id, certificate_hash) where revoked_at is null;
create index api_key_certificate_idx on identity.api_key (certificate_hash);

create policy presented_certificate on identity.api_key for select
  using (identity.is_open()
         and certificate_hash = decode(nullif(current_setting('lumbung.certificate', true), ''),
                                       'hex'));
