-- By which master key a hook's secret is encrypted, in Base64; null while it is not.
alter table hook add column secret_key text;
