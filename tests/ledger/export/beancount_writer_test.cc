#include <gtest/gtest.h>

#include "ledger/export/export_writer.h"
#include "tests/ledger/export/sample_book.h"

namespace lumbung::ledger_export {
namespace {

TEST(BeancountWriterTest, WritesABook) {
  EXPECT_EQ(Export(NewBeancountWriter),
            "option \"inferred_tolerance_default\" \"*:0.0000000000001\"\n"
            "\n"
            "1900-01-01 commodity IDR\n"
            "  name: \"Rupiah\"\n"
            "1900-01-01 commodity USD\n"
            "1900-01-01 open Assets:1-1-02\n"
            "  name: \"Bank\"\n"
            "  id: \"1.1.02\"\n"
            "1900-01-01 open Income:Grants\n"
            "  closed: TRUE\n"
            "\n"
            "2026-03-31 * \"Grant \\\"A\\\", first part; thanks\" #urgent\n"
            "  entry-number: \"JU-2026-000007\"\n"
            "  entry-reference: \"BBM 12\"\n"
            "  entry-kind: \"adjusting\"\n"
            "  entry-uid: \"main/7\"\n"
            "  donor: \"=USAID\"\n"
            "  Assets:1-1-02  10.00 USD @@ 150000.00 IDR\n"
            "    fund: \"main\"\n"
            "    grant: \"G-1\"\n"
            "    memo: \"by wire, see note: 3\"\n"
            "  Income:Grants  -150000.00 IDR\n"
            "    fund: \"main\"\n"
            "\n"
            "2026-04-30 * \"\"\n"
            "  entry-number: \"JU-2026-000008\"\n"
            "  Assets:1-1-02  500.00 IDR\n"
            "    revalues: \"USD\"\n"
            "  Income:Grants  -500.00 IDR\n");
}

TEST(BeancountWriterTest, RefusesWhatWasNotDeclared) {
  EXPECT_THAT(ExportUndeclared(NewBeancountWriter),
              testing::RefusesAt("UNKNOWN_ACCOUNT", "postings[0]"));
}

}  // namespace
}  // namespace lumbung::ledger_export
