// Every point of the hledger journal syntax, as text in and text out.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/import/readers.h"
#include "tests/ledger/import/journal_testing.h"

namespace lumbung::import {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string Read(absl::string_view content) {
  return ReadText(ReadHledger, "a.journal", content);
}

TEST(HledgerReaderTest, ReadsATransaction) {
  EXPECT_EQ(Read("2023-01-31 * (A/1) Toko Maju | paper ; for the office\n"
                 "    expenses:office supplies    Rp 12500 ; two reams\n"
                 "  ! assets:cash\n"),
            "2023-01-31 * (A/1) Toko Maju | paper ; for the office\n"
            "  expenses:office supplies  12500 Rp ; two reams\n"
            "  ! assets:cash  -12500 Rp inferred\n");
}

}  // namespace
}  // namespace lumbung::import
