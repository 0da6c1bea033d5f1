// The auditor's tests and the sample as documents.
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "reports/audit_tests/audit_sample_document.h"
#include "reports/audit_tests/audit_tests_document.h"
#include "tests/reports/audit_tests/audited_entries.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::reports {
namespace {

using ::lumbung::testing::AuditedJournal;
using ::lumbung::testing::AuditedSketch;
using ::lumbung::testing::IsOk;
using ::lumbung::testing::RecordingWriter;
using ::lumbung::testing::RefusesAt;
using ::lumbung::testing::TextOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class AuditDocumentsTest : public ::testing::Test {
 protected:
  AuditDocumentsTest() {
    AuditedSketch usual;
    usual.entered_by = "siti";
    usual.approved_by = "budi";
    journal_.Add(usual);
    AuditedSketch at_night = usual;
    at_night.recorded = "2026-03-04T20:00:00Z";
    at_night.approved_by = "siti";
    journal_.Add(at_night);
    AuditedSketch round;
    round.lines = {{"5.3.40", "2000000"}, {"1.1.21", "-2000000"}};
    journal_.Add(round);
  }

  DocumentFrame English() const {
    DocumentFrame frame;
    frame.language = Language::kEnglish;
    frame.organization = "Yayasan";
    return frame;
  }
  std::vector<std::string> Rows(const RecordingWriter& writer, const std::string& name) const {
    std::vector<std::string> rows;
    for (const DocumentRow& row : writer.Named(name).rows) rows.push_back(TextOf(row));
    return rows;
  }
  RecordingWriter Tested(const AuditSource& source) const {
    RecordingWriter writer;
    EXPECT_THAT(WriteAuditTests(source, {}, English(), writer), IsOk());
    return writer;
  }

  AuditedJournal journal_;
};

TEST_F(AuditDocumentsTest, SaysWhatWasLookedForAndWhatWasFound) {
  const RecordingWriter writer = Tested(journal_.Source());
  EXPECT_THAT(
      Rows(writer, "audit-tests"),
      ElementsAre(
          "Recorded 30 days or more after its date | 3 | 0 | 0",
          "Recorded on a Saturday or Sunday | 3 | 0 | 0",
          "Recorded outside working hours 07:00-18:00 | 3 | 1 | 123456.00",
          "Round sum, a multiple of 1000000 | 3 | 1 | 2000000.00",
          "A reversal, or an entry that was reversed | 3 | 0 | 0",
          "The same postings as an entry that was reversed | 3 | 0 | 0",
          "Unusual pair of accounts, in at most 1 entries | 3 | 1 | 2000000.00",
          "Number series with gaps or duplicates (whole book) | 1 | 0",
          "Accounts and funds whose opening + entries is not their closing balance | 3 | 0"));
  for (const DocumentCheck& check : writer.Named("audit-tests").foot.checks) {
    EXPECT_TRUE(check.Holds()) << check.label;
  }
  EXPECT_THAT(
      Rows(writer, "audit-findings"),
      ElementsAre(
          "2026-03-04 | JU-2026-000002 | 2026-03-05 03:00 | entry 2 [Recorded outside "
          "working hours 07:00-18:00] | siti | siti | 123456.00",
          "2026-03-04 | JU-2026-000003 | 2026-03-04 10:00 | entry 3 [Round sum, a multiple "
          "of 1000000; Unusual pair of accounts, in at most 1 entries] |  |  | 2000000.00"));
  EXPECT_THAT(Rows(writer, "approvers"),
              ElementsAre("without a voucher |  | 1 | 2000000.00", "siti | budi | 1 | 123456.00",
                          "siti | siti (the same person) | 1 | 123456.00"));
  EXPECT_THAT(Rows(writer, "number-series"), ElementsAre("Entries JU | 2026 | 1 | 3 | 3 | 0 | 0"));
  EXPECT_EQ(Rows(writer, "first-digits").front(), "1 | 4 | 66.7 | 30.1 | 36.6");
}

TEST_F(AuditDocumentsTest, GapsAndDoubleNumbersAreProblems) {
  AuditSource source = journal_.Source();
  source.number_runs = {{false, "JU", "2026", 1, 9, 8, 8},
                        {true, "BKK", "2026-03", 1, 4, 5, 4},
                        {true, "BKM", "2026-03", 1, 4, 4, 4}};
  const RecordingWriter writer = Tested(source);
  EXPECT_EQ(Rows(writer, "audit-tests")[7],
            "Number series with gaps or duplicates (whole book) | 3 | 2");
  const std::vector<DocumentRow>& rows = writer.Named("number-series").rows;
  EXPECT_EQ(rows[0].style, RowStyle::kProblem);
  EXPECT_EQ(rows[1].style, RowStyle::kProblem);
  EXPECT_EQ(rows[2].style, RowStyle::kLine);
  EXPECT_EQ(TextOf(rows[1]), "Vouchers BKK | 2026-03 | 1 | 4 | 5 | 0 | 1");
}

TEST_F(AuditDocumentsTest, ATrialBalanceThatTheEntriesDoNotGiveIsSeen) {
  AuditSource source = journal_.Source();
  source.trial_balance.front().debit = *Decimal::Parse("1");
  source.trial_balance.pop_back();
  const RecordingWriter writer = Tested(source);
  std::vector<std::string> problems;
  for (const DocumentRow& row : writer.Named("audit-tests").rows) {
    if (row.style == RowStyle::kProblem) problems.push_back(TextOf(row));
  }
  EXPECT_THAT(problems, ElementsAre(HasSubstr("trial balance 1 / 2000000.00"),
                                    HasSubstr("trial balance 0 / 0")));
  EXPECT_FALSE(writer.Named("audit-tests").foot.checks.front().Holds());
}

TEST_F(AuditDocumentsTest, TheSampleSaysHowItIsDrawnAgain) {
  SampleSettings settings;
  settings.size = 2;
  settings.seed = "kap-2026";
  RecordingWriter writer;
  EXPECT_THAT(WriteAuditSample(journal_.Source(), settings, English(), writer), IsOk());
  // Population 2,246,912.00: the interval is 1,123,456.00, and the largest item is always drawn.
  const RecordingWriter::Document& sample = writer.Named("audit-sample");
  EXPECT_THAT(TextOf(sample.rows.back()),
              AllOf(HasSubstr("JU-2026-000003"), HasSubstr("2000000.00")));
  EXPECT_THAT(sample.foot.notes[0], HasSubstr("3 postings worth 2246912.00"));
  EXPECT_THAT(sample.foot.notes[1],
              AllOf(HasSubstr("Seed: kap-2026; size: 2; interval: 1123456.00; start: ")));

  RecordingWriter again;
  EXPECT_THAT(WriteAuditSample(journal_.Source(), settings, English(), again), IsOk());
  EXPECT_EQ(Rows(again, "audit-sample"), Rows(writer, "audit-sample"));
}

TEST_F(AuditDocumentsTest, TheSampleIsOfTheAccountsAndTheSideAskedFor) {
  SampleSettings settings;
  settings.size = 1;
  settings.seed = "x";
  settings.debits = false;
  settings.accounts = {journal_.book().FindAccount("1.1.21")->id};
  RecordingWriter writer;
  EXPECT_THAT(WriteAuditSample(journal_.Source(), settings, English(), writer), IsOk());
  EXPECT_THAT(Rows(writer, "audit-sample"),
              ElementsAre("2026-03-04 | JU-2026-000003 | entry 3 | 1.1.21 |  | 1 | 2000000.00"));
  settings.accounts = {journal_.book().FindAccount("1.1.22")->id};
  EXPECT_THAT(WriteAuditSample(journal_.Source(), settings, English(), writer),
              RefusesAt("INVALID_SETTING", "size"));
}

}  // namespace
}  // namespace lumbung::reports
