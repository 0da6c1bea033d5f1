#include "reports/audit_pack/ads_files.h"

#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ledger/core/status.h"
#include "reports/render/tables/csv_text.h"

namespace lumbung::reports {
namespace {

using AdsJson = nlohmann::ordered_json;

std::string AdsDump(const AdsJson& json) {
  return json.dump(-1, ' ', false, AdsJson::error_handler_t::replace);
}

std::string AdsLine(const std::vector<std::string>& cells) {
  return absl::StrCat(absl::StrJoin(cells, ","), "\r\n");
}

std::string AdsTime(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", time, absl::UTCTimeZone());
}

std::string AdsMonth(Date date) {
  return date.ToString().substr(5, 2);
}

const char* AdsType(AccountType type) {
  switch (type) {
    case AccountType::kAsset:
      return "Assets";
    case AccountType::kLiability:
      return "Liabilities";
    case AccountType::kNetAsset:
      return "Net assets";
    case AccountType::kIncome:
      return "Revenue";
    case AccountType::kExpense:
      return "Expenses";
  }
  return "";
}

class AdsWriter {
 public:
  explicit AdsWriter(const AuditSource& source) : source_(source), book_(*source.book) {}

  absl::Status WriteDetailCsv(ByteSink& sink) const;
  absl::Status WriteDetailJson(ByteSink& sink) const;
  absl::Status WriteChartCsv(ByteSink& sink) const;
  absl::Status WriteChartJson(ByteSink& sink) const;
  absl::Status WriteBalancesCsv(ByteSink& sink) const;
  absl::Status WriteBalancesJson(ByteSink& sink) const;
  absl::Status WriteUsersCsv(ByteSink& sink) const;

 private:
  const std::string& CodeOf(CurrencyId currency) const {
    return book_.FindCurrency(currency)->code;
  }
  std::string Functional() const { return CodeOf(book_.book().functional_currency); }
  std::string DetailLine(const AuditEntry& entry, std::size_t line) const;
  AdsJson DetailOf(const AuditEntry& entry) const;
  std::string ParentCode(const Account& account) const {
    return account.parent ? book_.FindAccount(*account.parent)->code : std::string();
  }

  const AuditSource& source_;
  const BookSnapshot& book_;
};

std::string AdsReverses(const PostedEntry& entry) {
  return entry.content.reverses ? absl::StrCat(ToInteger(*entry.content.reverses)) : "";
}

std::string AdsNumber(const BookSnapshot& book, const PostedEntry& entry) {
  return FormatEntryNumber(book.FindSeries(entry.content.series)->code, entry.content.fiscal_year,
                           entry.number);
}

std::string AdsWriter::DetailLine(const AuditEntry& entry, std::size_t line) const {
  const PostedEntry& posted = *entry.entry;
  const ValidPosting& posting = posted.content.postings[line];
  const Account& account = *book_.FindAccount(posting.account);
  std::vector<std::string> cells = {absl::StrCat(ToInteger(posted.id)),
                                    absl::StrCat(line + 1),
                                    CsvText(account.code),
                                    posted.content.effective_date.ToString(),
                                    AdsTime(posted.recorded_at),
                                    CsvText(posted.content.description),
                                    CsvText(posting.memo),
                                    CsvText(posted.content.source),
                                    absl::StrCat(posted.content.fiscal_year),
                                    AdsMonth(posted.content.effective_date),
                                    posted.content.reverses ? "1" : "0",
                                    AdsReverses(posted),
                                    posting.functional_amount.ToString(),
                                    CsvText(CodeOf(posting.functional_currency)),
                                    posting.functional_amount.IsNegative() ? "C" : "D",
                                    posting.amount.ToString(),
                                    CsvText(CodeOf(posting.currency)),
                                    CsvText(entry.entered_by),
                                    CsvText(entry.approved_by),
                                    CsvText(AdsNumber(book_, posted)),
                                    CsvText(account.key),
                                    CsvText(book_.FindFund(posting.dimensions.fund)->key)};
  for (const Dimension& dimension : book_.dimensions()) {
    std::string value;
    for (const auto& [member, id] : posting.dimensions.members) {
      if (member == dimension.id) value = book_.FindValue(dimension, id)->key;
    }
    cells.push_back(CsvText(value));
  }
  return AdsLine(cells);
}

absl::Status AdsWriter::WriteDetailCsv(ByteSink& sink) const {
  std::vector<std::string> names = {"Journal_ID",
                                    "Journal_ID_Line_Number",
                                    "GL_Account_Number",
                                    "Effective_Date",
                                    "Entered_Date",
                                    "JE_Header_Description",
                                    "JE_Line_Description",
                                    "Source",
                                    "Fiscal_Year",
                                    "Period",
                                    "Reversal_Indicator",
                                    "Reversal_Journal_ID",
                                    "Amount",
                                    "Amount_Currency",
                                    "Amount_Credit_Debit_Indicator",
                                    "Transaction_Amount",
                                    "Transaction_Currency",
                                    "Entered_By",
                                    "Approved_By",
                                    "Journal_Number",
                                    "Account_ID",
                                    "Fund"};
  // A dimension may be called as one of the standard's columns is.
  for (const Dimension& dimension : book_.dimensions()) {
    names.push_back(CsvText(absl::StrCat("Dimension_", dimension.key)));
  }
  LUMBUNG_RETURN_IF_ERROR(sink.Write(AdsLine(names)));
  return source_.visit_entries([&](const AuditEntry& entry) {
    std::string lines;
    for (std::size_t i = 0; i < entry.entry->content.postings.size(); ++i) {
      lines += DetailLine(entry, i);
    }
    return sink.Write(lines);
  });
}

AdsJson AdsWriter::DetailOf(const AuditEntry& entry) const {
  const PostedEntry& posted = *entry.entry;
  AdsJson items = AdsJson::array();
  for (std::size_t i = 0; i < posted.content.postings.size(); ++i) {
    const ValidPosting& posting = posted.content.postings[i];
    items.push_back({{"glAccountNumber", book_.FindAccount(posting.account)->code},
                     {"journalIdLineNumber", absl::StrCat(i + 1)},
                     {"jeLineDescription", posting.memo},
                     {"functionalAmount", posting.functional_amount.ToString()},
                     {"functionalCurrency", CodeOf(posting.functional_currency)},
                     {"transactionAmount", posting.amount.ToString()},
                     {"transactionCurrency", CodeOf(posting.currency)},
                     {"fund", book_.FindFund(posting.dimensions.fund)->key}});
  }
  return {{"journalId", absl::StrCat(ToInteger(posted.id))},
          {"fiscalYear", absl::StrCat(posted.content.fiscal_year)},
          {"period", AdsMonth(posted.content.effective_date)},
          {"effectiveDate", posted.content.effective_date.ToString()},
          {"jeHeaderDescription", posted.content.description},
          {"source", posted.content.source},
          {"reversalIndicator", posted.content.reverses.has_value()},
          {"reversalJournalId", AdsReverses(posted)},
          {"enteredBy", entry.entered_by},
          {"enteredDate", AdsTime(posted.recorded_at)},
          {"approvedBy", entry.approved_by},
          {"entityIdentifier", source_.organization_uid},
          {"sourceSystem", "Lumbung"},
          {"glLineItems", std::move(items)}};
}

absl::Status AdsWriter::WriteDetailJson(ByteSink& sink) const {
  LUMBUNG_RETURN_IF_ERROR(sink.Write("{\"glDetails\": ["));
  const char* separator = "\n";
  LUMBUNG_RETURN_IF_ERROR(source_.visit_entries([&](const AuditEntry& entry) {
    const std::string object = absl::StrCat(separator, AdsDump(DetailOf(entry)));
    separator = ",\n";
    return sink.Write(object);
  }));
  return sink.Write("\n]}\n");
}

absl::Status AdsWriter::WriteChartCsv(ByteSink& sink) const {
  LUMBUNG_RETURN_IF_ERROR(sink.Write(
      "GL_Account_Number,GL_Account_Name,Account_Type,Account_Subtype,Parent_GL_Account_Number,"
      "GL_Account_Description,Account_ID\r\n"));
  for (const Account& account : book_.accounts()) {
    LUMBUNG_RETURN_IF_ERROR(sink.Write(
        AdsLine({CsvText(account.code), CsvText(account.display_name), AdsType(account.type),
                 account.contra ? "Contra" : "", CsvText(ParentCode(account)),
                 CsvText(account.display_name_id), CsvText(account.key)})));
  }
  return absl::OkStatus();
}

absl::Status AdsWriter::WriteChartJson(ByteSink& sink) const {
  AdsJson accounts = AdsJson::array();
  for (const Account& account : book_.accounts()) {
    accounts.push_back({{"glAccountNumber", account.code},
                        {"glAccountName", account.display_name},
                        {"accountType", AdsType(account.type)},
                        {"accountSubtype", account.contra ? "Contra" : ""},
                        {"glAccountDescription", account.display_name_id},
                        {"parentGLAccountNumber", ParentCode(account)}});
  }
  return sink.Write(absl::StrCat(AdsDump({{"glAccounts", std::move(accounts)}}), "\n"));
}

absl::Status AdsWriter::WriteBalancesCsv(ByteSink& sink) const {
  LUMBUNG_RETURN_IF_ERROR(
      sink.Write("GL_Account_Number,Balance_As_Of_Date,Amount_Beginning,Amount_Debit,Amount_Credit,"
                 "Amount_Ending,Amount_Currency,Account_ID,Fund\r\n"));
  for (const TrialBalanceLine& line : source_.trial_balance) {
    const Account& account = *book_.FindAccount(line.account);
    LUMBUNG_RETURN_IF_ERROR(sink.Write(AdsLine(
        {CsvText(account.code), source_.period.to->ToString(), line.opening.ToString(),
         line.debit.ToString(), line.credit.ToString(), line.closing.ToString(),
         CsvText(Functional()), CsvText(account.key), CsvText(book_.FindFund(line.fund)->key)})));
  }
  return absl::OkStatus();
}

absl::Status AdsWriter::WriteBalancesJson(ByteSink& sink) const {
  AdsJson balances = AdsJson::array();
  for (const TrialBalanceLine& line : source_.trial_balance) {
    balances.push_back({{"glAccountNumber", book_.FindAccount(line.account)->code},
                        {"entityIdentifier", source_.organization_uid},
                        {"businessUnitCode", book_.FindFund(line.fund)->key},
                        {"balanceAsOfDate", source_.period.to->ToString()},
                        {"amountBeginning", line.opening.ToString()},
                        {"amountEnding", line.closing.ToString()},
                        {"amountCurrency", Functional()}});
  }
  return sink.Write(absl::StrCat(AdsDump({{"glAccountBalances", std::move(balances)}}), "\n"));
}

absl::Status AdsWriter::WriteUsersCsv(ByteSink& sink) const {
  LUMBUNG_RETURN_IF_ERROR(
      sink.Write("User_ID,User_Name,Role_Responsibility,User_Active_Status\r\n"));
  for (const AuditPerson& person : source_.people) {
    LUMBUNG_RETURN_IF_ERROR(sink.Write(AdsLine(
        {CsvText(person.user_name), CsvText(person.display_name),
         CsvText(absl::StrJoin(person.roles, "; ")), person.is_active ? "Active" : "Inactive"})));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status AddAdsFiles(const AuditSource& source, PackArchive& archive) {
  const AdsWriter writer(source);
  using Writing = absl::Status (AdsWriter::*)(ByteSink&) const;
  const std::pair<const char*, Writing> files[] = {
      {"ads/gl_detail.csv", &AdsWriter::WriteDetailCsv},
      {"ads/gl_detail.json", &AdsWriter::WriteDetailJson},
      {"ads/chart_of_accounts.csv", &AdsWriter::WriteChartCsv},
      {"ads/chart_of_accounts.json", &AdsWriter::WriteChartJson},
      {"ads/trial_balance.csv", &AdsWriter::WriteBalancesCsv},
      {"ads/trial_balance.json", &AdsWriter::WriteBalancesJson},
      {"ads/users.csv", &AdsWriter::WriteUsersCsv},
  };
  for (const auto& [path, write] : files) {
    LUMBUNG_RETURN_IF_ERROR(archive.Add(
        path, [&writer, write = write](ByteSink& sink) { return (writer.*write)(sink); }));
  }
  return absl::OkStatus();
}

}  // namespace lumbung::reports
