// An audit pack from the command line, and the verifier on it: what an auditor takes home, and what
// whoever would deceive them tries.
#include <array>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/services/host/cli/command_stage.h"
#include "tests/support/shared_folder.h"

namespace lumbung::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// A command of the shell: its exit code, and what it writes, errors too.
Outcome Shell(const std::string& command) {
  Outcome outcome;
  std::FILE* const pipe = popen((command + " 2>&1").c_str(), "r");
  std::array<char, 4096> buffer;
  std::size_t count = 0;
  while ((count = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0) {
    outcome.out.append(buffer.data(), count);
  }
  const int status = pclose(pipe);
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}

void CollectError(void* text, const char* format, ...) {
  std::array<char, 500> line;
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(line.data(), line.size(), format, arguments);
  va_end(arguments);
  static_cast<std::string*>(text)->append(line.data());
}

// What the published schema of SAF-T has against a document; empty when nothing.
std::string SchemaErrors(const std::string& xml) {
  // By way of its text, so that a missing reference folder is said as such.
  const std::string text =
      testing::ReadSharedFile("standards/saft/Norwegian_SAF-T_Financial_Schema_v_1.30.xsd");
  std::string errors;
  xmlSchemaParserCtxt* const parser =
      xmlSchemaNewMemParserCtxt(text.data(), static_cast<int>(text.size()));
  xmlSchema* const schema = xmlSchemaParse(parser);
  if (schema == nullptr) return "no schema";
  xmlSchemaValidCtxt* const validation = xmlSchemaNewValidCtxt(schema);
  xmlSchemaSetValidErrors(validation, CollectError, CollectError, &errors);
  xmlDoc* const document = xmlReadMemory(xml.data(), static_cast<int>(xml.size()), "saf-t.xml",
                                         nullptr, XML_PARSE_NONET);
  if (document == nullptr || xmlSchemaValidateDoc(validation, document) != 0) errors += "invalid";
  xmlFreeDoc(document);
  xmlSchemaFreeValidCtxt(validation);
  xmlSchemaFree(schema);
  xmlSchemaFreeParserCtxt(parser);
  return errors;
}

class AuditPackCommandTest : public ::testing::Test {
 protected:
  AuditPackCommandTest() {
    Do("sari", {"book", "create", "main", "--chart", "isak35-ngo"});
    Do("sari", {"fund", "create", "air", "Air Bersih", "--restriction", "purpose"});
    Post("2025-12-31", "opening", "1.1.21", "3.1.10", "10000000", "umum");
    Post("2026-02-01", "standard", "5.3.40", "1.1.21", "150000.50", "umum");
    Post("2026-03-01", "standard", "1.1.22", "4.1.10", "4000000", "air");
    Post("2026-03-02", "standard", "5.3.40", "5.3.50", "70000", "umum");
    Do("sari", {"entry", "reverse", "JU-2026-000001", "--date", "2026-03-05", "--description",
                "Salah akun"});
    Pay("PLN");
    Pay("=HYPERLINK(\"http://example.org\")");
    Do("made", {"period", "close", "2025-12", "--hard"});
  }

  std::string Do(const std::string& person, const std::vector<std::string>& arguments) {
    return stage_.Do(person, arguments);
  }
  void Post(const std::string& date, const std::string& kind, const std::string& debit,
            const std::string& credit, const std::string& amount, const std::string& fund) {
    Do("sari", {"entry", "post", "--date", date, "--kind", kind, "--description",
                "Uji: =1+1, \"kutip\", \xC3\xA9", "--fund", fund, "--debit",
                absl::StrCat(debit, "=", amount), "--credit", absl::StrCat(credit, "=", amount)});
  }
  // On a voucher with evidence, which somebody else approves.
  void Pay(const std::string& party) {
    ++vouchers_;
    const std::string evidence = stage_.PathOf("nota.pdf");
    Do("agus", {"report", "statements", "isak335-financial-position-a", "--year", "2026", "--file",
                evidence});
    Do("sari",
       {"voucher", "create", "--kind", "BKK", "--date", "2026-04-05", "--party", party,
        "--description", "Listrik", "--cash-account", "1.1.21", "--debit", "5.3.40=150000"});
    const std::string voucher = absl::StrCat(vouchers_);
    Do("sari", {"voucher", "attach", voucher, evidence});
    Do("sari", {"voucher", "submit", voucher});
    Do("budi", {"voucher", "approve", voucher});
  }
  std::string PackOf(const std::string& person, const std::string& name) {
    const std::string path = stage_.PathOf(name);
    Do(person, {"audit-pack", "--year", "2026", "--file", path});
    return path;
  }
  Outcome Verify(const std::string& arguments) {
    return Shell(absl::StrCat(LUMBUNG_PYTHON, " ", LUMBUNG_VERIFIER, " ", arguments));
  }
  Outcome Zip(const std::string& arguments) {
    return Shell(absl::StrCat(LUMBUNG_PYTHON, " -m zipfile ", arguments));
  }

  CommandStage stage_{{{"agus", identity::Role::kAuditor},
                       {"budi", identity::Role::kApprover},
                       {"dewi", identity::Role::kOrganizationAdmin},
                       {"made", identity::Role::kManager},
                       {"sari", identity::Role::kFinanceOfficer}}};
  int vouchers_ = 0;
};

TEST_F(AuditPackCommandTest, ProvesItselfAndNoticesEveryAttack) {
  const std::string pack = PackOf("agus", "paket.zip");
  const Outcome proof = Verify(absl::StrCat(pack, " --language en"));
  EXPECT_EQ(proof.exit_code, 0) << proof.out;
  EXPECT_THAT(proof.out,
              AllOf(HasSubstr("7 entries (14 postings) are what was posted"),
                    HasSubstr("The trial balance of 2026-01-01 to 2026-12-31 was computed again"),
                    HasSubstr("2 vouchers and 2 attachments fit their entries"),
                    HasSubstr("1 months that were closed for good have the trial balance they were "
                              "closed with; 1 of them are bound to a checkpoint"),
                    HasSubstr("6 statements"), HasSubstr("12 lines of ads/gl_detail.csv"),
                    HasSubstr("debits and credits of saft/saf-t.xml agree"),
                    Not(HasSubstr("belong to other books"))));

  const Outcome attacks =
      Shell(absl::StrCat(LUMBUNG_PYTHON, " ", LUMBUNG_ATTACKS, " ", LUMBUNG_VERIFIER, " ", pack,
                         " ", stage_.keys_dir(), "/log.key --flips 150"));
  EXPECT_EQ(attacks.exit_code, 0) << attacks.out;
  EXPECT_THAT(attacks.out, HasSubstr("OK")) << attacks.out;
}

TEST_F(AuditPackCommandTest, NextYearsPackContinuesThisYears) {
  const std::string first = PackOf("agus", "pertama.zip");
  const std::string kept = stage_.PathOf("pertama/log/checkpoint.note");
  ASSERT_EQ(Zip(absl::StrCat("-e ", first, " ", stage_.PathOf("pertama"))).exit_code, 0);
  Post("2026-05-01", "standard", "5.3.40", "1.1.21", "1000", "umum");
  const std::string second = PackOf("agus", "kedua.zip");
  const Outcome proof = Verify(absl::StrCat(second, " --language en --checkpoint ", kept));
  EXPECT_EQ(proof.exit_code, 0) << proof.out;
  EXPECT_THAT(proof.out, AllOf(HasSubstr("8 entries"), HasSubstr("things were only added")));
}

// Files for other people's software: one that the published schema accepts, and no formula that a
// spreadsheet would run.
TEST_F(AuditPackCommandTest, CarriesFilesForAuditSoftware) {
  const std::string folder = stage_.PathOf("paket");
  ASSERT_EQ(Zip(absl::StrCat("-e ", PackOf("agus", "paket.zip"), " ", folder)).exit_code, 0);
  const std::string saft = ContentOf(folder + "/saft/saf-t.xml");
  EXPECT_EQ(SchemaErrors(saft), "");
  EXPECT_THAT(saft, AllOf(HasSubstr("<NumberOfEntries>6</NumberOfEntries>"),
                          HasSubstr("<AnalysisID>air</AnalysisID>"),
                          HasSubstr("<SourceID>sari</SourceID>")));
  // The check itself can fail.
  EXPECT_THAT(SchemaErrors(absl::StrReplaceAll(saft, {{"<TotalDebit>", "<TotalDebit>x"}})),
              HasSubstr("TotalDebit"));

  const std::string detail = ContentOf(folder + "/ads/gl_detail.csv");
  EXPECT_THAT(detail,
              AllOf(HasSubstr("Journal_ID,Journal_ID_Line_Number,GL_Account_Number"),
                    HasSubstr("\"Uji: =1+1, \"\"kutip\"\", \xC3\xA9\""), HasSubstr(",sari,budi,")));
  for (const char* name : {"gl_detail", "chart_of_accounts", "trial_balance", "users"}) {
    const std::string csv = ContentOf(absl::StrCat(folder, "/ads/", name, ".csv"));
    EXPECT_GT(csv.size(), 40u) << name;
    for (const char* start : {",=", "\n=", ",\"=", "\n\"="}) {
      EXPECT_THAT(csv, Not(HasSubstr(start))) << name;
    }
  }
  for (const char* name : {"gl_detail", "chart_of_accounts", "trial_balance"}) {
    EXPECT_EQ(Shell(absl::StrCat(LUMBUNG_PYTHON, " -m json.tool ", folder, "/ads/", name, ".json"))
                  .exit_code,
              0)
        << name;
  }
}

// What was taken away is in the audit trail, and so in the log that the next pack carries.
TEST_F(AuditPackCommandTest, IsInTheAuditTrail) {
  PackOf("agus", "paket.zip");
  EXPECT_THAT(
      Do("agus", {"audit-trail", "list", "--action", "build_audit_pack", "--output", "json"}),
      AllOf(HasSubstr("manifest_sha256"), HasSubstr("2026-12-31"), HasSubstr("agus")));
}

// Whoever may not read the audit trail gets a pack that proves the books all the same.
TEST_F(AuditPackCommandTest, HidesTheAuditTrailFromAManager) {
  const std::string pack = PackOf("made", "paket.zip");
  const Outcome proof = Verify(absl::StrCat(pack, " --language en"));
  EXPECT_EQ(proof.exit_code, 0) << proof.out;
  EXPECT_THAT(proof.out,
              AllOf(HasSubstr("7 entries"), HasSubstr("only their hashes were checked")));
  EXPECT_THAT(Zip(absl::StrCat("-l ", pack)).out, Not(HasSubstr("people.json")));
}

TEST_F(AuditPackCommandTest, RefusesWhatCannotBeAnswered) {
  const std::string path = stage_.PathOf("tidak.zip");
  EXPECT_THAT(stage_.Refused("sari", {"audit-pack", "--year", "2026", "--file", path}),
              StartsWith("error: PERMISSION_DENIED"));
  EXPECT_THAT(stage_.Refused("agus", {"audit-pack", "--from", "2026-02-01", "--to", "2026-01-01",
                                      "--file", path}),
              AllOf(StartsWith("error: INVALID_FILTER"), HasSubstr("before from_date")));
  EXPECT_THAT(stage_.Refused("agus", {"audit-pack", "--file", path}, 2),
              StartsWith("error: USAGE"));
  EXPECT_THAT(
      stage_.Refused("agus", {"audit-pack", "--year", "2026", "--book", "lain", "--file", path}),
      StartsWith("error: BOOK_NOT_FOUND"));
  // Nothing is left behind that looks like a pack.
  EXPECT_EQ(Shell(absl::StrCat("ls ", path, "*")).exit_code, 2);
}

}  // namespace
}  // namespace lumbung::cli
