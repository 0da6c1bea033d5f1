#include <gtest/gtest.h>

#include "ledger/export/export_writer.h"
#include "tests/ledger/export/sample_book.h"

namespace lumbung::ledger_export {
namespace {

TEST(HledgerWriterTest, WritesABook) {
  EXPECT_EQ(Export(NewHledgerWriter),
            "commodity 1000.00 IDR\n"
            "commodity 1000.00 USD\n"
            "account 1.1.02  ; type:A\n"
            "    ; name:Bank\n"
            "account Income:Grants  ; type:R, closed:\n"
            "\n"
            "2026-03-31 * (BBM 12) Grant \"A\", first part%3B thanks\n"
            "    ; entry-number:JU-2026-000007\n"
            "    ; entry-kind:adjusting\n"
            "    ; entry-uid:main/7\n"
            "    ; donor:=USAID\n"
            "    ; urgent:\n"
            "    1.1.02  10.00 USD @@ 150000.00 IDR\n"
            "        ; fund:main\n"
            "        ; grant:G-1\n"
            "        ; memo:by wire%2C see note: 3\n"
            "    Income:Grants  -150000.00 IDR\n"
            "        ; fund:main\n"
            "\n"
            "2026-04-30 *\n"
            "    ; entry-number:JU-2026-000008\n"
            "    1.1.02  500.00 IDR\n"
            "        ; revalues:USD\n"
            "    Income:Grants  -500.00 IDR\n");
}

TEST(HledgerWriterTest, RefusesWhatWasNotDeclared) {
  EXPECT_THAT(ExportUndeclared(NewHledgerWriter),
              testing::RefusesAt("UNKNOWN_ACCOUNT", "postings[0]"));
}

}  // namespace
}  // namespace lumbung::ledger_export
