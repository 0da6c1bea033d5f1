-- A currency's name may be mended; its code and scale may not.
grant update (display_name) on ledger.currency to lumbung_app;
