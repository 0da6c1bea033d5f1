#include "reports/audit_pack/saft_file.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include <libxml/xmlwriter.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "ledger/core/status.h"
#include "reports/audit_pack/xml_text.h"

namespace lumbung::reports {
namespace {

constexpr char kNamespace[] = "urn:StandardAuditFile-Taxation-Financial:NO";
constexpr int kSaftScale = 2;
constexpr std::size_t kSaftDigits = 18;
// Lengths of the schema's text types, in characters.
constexpr std::size_t kShort = 18;
constexpr std::size_t kMiddle1 = 35;
constexpr std::size_t kMiddle2 = 70;
constexpr std::size_t kLong = 256;
// The one dimension that every posting has.
constexpr char kFundType[] = "FUND";

struct WriterCloser {
  void operator()(xmlTextWriter* writer) const { xmlFreeTextWriter(writer); }
};

const xmlChar* Xml(const char* text) {
  return reinterpret_cast<const xmlChar*>(text);
}

bool FitsSaft(const Decimal& amount) {
  const std::string text = amount.ToString();
  std::size_t digits = 0;
  for (const char c : text) digits += c >= '0' && c <= '9' ? 1 : 0;
  return amount.MinimalScale() <= kSaftScale && digits <= kSaftDigits;
}

std::string UtcDay(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d", time, absl::UTCTimeZone());
}

// Elements one after the other; the first error stays.
class XmlOut {
 public:
  explicit XmlOut(ByteSink* sink) : sink_(sink) {
    xmlOutputBuffer* const buffer =
        xmlOutputBufferCreateIO(&XmlOut::OnWrite, nullptr, this, nullptr);
    writer_.reset(xmlNewTextWriter(buffer));
    Check(xmlTextWriterSetIndent(writer_.get(), 1));
    Check(xmlTextWriterStartDocument(writer_.get(), nullptr, "UTF-8", nullptr));
  }

  void Open(const char* name) { Check(xmlTextWriterStartElement(writer_.get(), Xml(name))); }
  void OpenRoot(const char* name) {
    Check(xmlTextWriterStartElementNS(writer_.get(), nullptr, Xml(name), Xml(kNamespace)));
  }
  void Close() { Check(xmlTextWriterEndElement(writer_.get())); }
  // What a user may have typed, cut to what the schema allows.
  void Text(const char* name, absl::string_view text, std::size_t length) {
    Check(xmlTextWriterWriteElement(writer_.get(), Xml(name), Xml(XmlText(text, length).c_str())));
  }
  void Value(const char* name, const std::string& value) {
    Check(xmlTextWriterWriteElement(writer_.get(), Xml(name), Xml(value.c_str())));
  }
  void Value(const char* name, std::int64_t value) { Value(name, absl::StrCat(value)); }
  void Value(const char* name, Date date) { Value(name, date.ToString()); }

  const absl::Status& status() const { return status_; }
  absl::Status Finish() {
    Check(xmlTextWriterEndDocument(writer_.get()));
    Check(xmlTextWriterFlush(writer_.get()));
    return status_;
  }

 private:
  static int OnWrite(void* self, const char* bytes, int count) {
    auto* const out = static_cast<XmlOut*>(self);
    out->status_.Update(
        out->sink_->Write(absl::string_view(bytes, static_cast<std::size_t>(count))));
    return out->status_.ok() ? count : -1;
  }
  void Check(int result) {
    if (result < 0) status_.Update(absl::InternalError("the XML cannot be written"));
  }

  ByteSink* const sink_;
  absl::Status status_;
  // The last member: freeing it may write.
  std::unique_ptr<xmlTextWriter, WriterCloser> writer_;
};

class SaftWriter {
 public:
  SaftWriter(const AuditSource& source, ByteSink* sink)
      : source_(source), book_(*source.book), out_(sink) {}

  absl::Status Write() {
    LUMBUNG_RETURN_IF_ERROR(CountEntries());
    out_.OpenRoot("AuditFile");
    WriteHeader();
    LUMBUNG_RETURN_IF_ERROR(WriteMasterFiles());
    LUMBUNG_RETURN_IF_ERROR(WriteEntries());
    out_.Close();
    return out_.Finish();
  }

 private:
  absl::Status CountEntries();
  void WriteHeader();
  absl::Status WriteMasterFiles();
  void WriteAccount(const Account& account, const Decimal& opening, const Decimal& closing);
  void WriteAnalysisType(const std::string& type, const std::string& type_name,
                         const std::string& id, const std::string& name);
  absl::Status WriteEntries();
  void WriteTransaction(const AuditEntry& entry);
  void WriteLine(const PostedEntry& entry, std::size_t number);
  void WriteAnalysis(const std::string& type, const std::string& id);
  void WriteAmount(const ValidPosting& posting);

  const std::string& CodeOf(CurrencyId currency) const {
    return book_.FindCurrency(currency)->code;
  }
  // Ids may be longer than the schema allows; then the number behind them stands for them.
  static std::string Fit(const std::string& key, std::int64_t id, std::size_t length) {
    return XmlText(key, length + 1) == key && key.size() <= length ? key : absl::StrCat("#", id);
  }
  std::string AccountIdOf(const Account& account) const {
    return Fit(account.key, ToInteger(account.id), kMiddle2);
  }
  std::string FundIdOf(const Fund& fund) const {
    return Fit(fund.key, ToInteger(fund.id), kMiddle1);
  }
  static std::string TypeOf(const Dimension& dimension) {
    return absl::StrCat("D", ToInteger(dimension.id));
  }
  static std::string ValueIdOf(const DimensionValue& value) {
    return Fit(value.key, ToInteger(value.id), kMiddle1);
  }

  const AuditSource& source_;
  const BookSnapshot& book_;
  XmlOut out_;
  std::int64_t entries_ = 0;
  Decimal debit_;
  Decimal credit_;
};

absl::Status SaftWriter::CountEntries() {
  return source_.visit_entries([&](const AuditEntry& entry) -> absl::Status {
    ++entries_;
    for (const ValidPosting& posting : entry.entry->content.postings) {
      const Decimal& amount = posting.functional_amount;
      if (amount.IsNegative()) {
        LUMBUNG_ASSIGN_OR_RETURN(credit_, Subtract(credit_, amount));
      } else {
        LUMBUNG_ASSIGN_OR_RETURN(debit_, Add(debit_, amount));
      }
    }
    return absl::OkStatus();
  });
}

void SaftWriter::WriteHeader() {
  out_.Open("Header");
  out_.Value("AuditFileVersion", std::string("1.30"));
  out_.Value("AuditFileCountry", std::string("ID"));
  out_.Value("AuditFileDateCreated", UtcDay(source_.made_at));
  out_.Value("SoftwareCompanyName", std::string("Lumbung"));
  out_.Value("SoftwareID", std::string("Lumbung"));
  out_.Value("SoftwareVersion", std::string("audit pack 1"));
  out_.Open("Company");
  // The organization's uid without its dashes, which would be a character too long.
  out_.Text("RegistrationNumber", absl::StrReplaceAll(source_.organization_uid, {{"-", ""}}),
            kMiddle1);
  out_.Text("Name", source_.organization_name, kLong);
  // The schema wants a person; the book has none to name.
  out_.Open("Contact");
  out_.Open("ContactPerson");
  out_.Value("FirstName", std::string("-"));
  out_.Value("LastName", std::string("-"));
  out_.Close();
  out_.Close();
  out_.Close();
  out_.Value("DefaultCurrencyCode", CodeOf(book_.book().functional_currency));
  out_.Open("SelectionCriteria");
  out_.Value("SelectionStartDate", *source_.period.from);
  out_.Value("SelectionEndDate", *source_.period.to);
  out_.Close();
  // A: by the accounts of the ledger. The only value there is.
  out_.Value("TaxAccountingBasis", std::string("A"));
  out_.Close();
}

void SaftWriter::WriteAccount(const Account& account, const Decimal& opening,
                              const Decimal& closing) {
  static constexpr const char* kGroups[] = {"",          "asset",  "liability",
                                            "net-asset", "income", "expense"};
  const auto balance = [this](const char* debit, const char* credit, const Decimal& amount) {
    if (amount.IsNegative()) {
      out_.Value(credit, amount.Negated().ToString());
    } else {
      out_.Value(debit, amount.ToString());
    }
  };
  out_.Open("Account");
  out_.Value("AccountID", AccountIdOf(account));
  out_.Text("AccountDescription", absl::StrCat(account.code, " ", account.display_name), kLong);
  // Norway groups accounts for its tax forms; here it is the chart that they come from.
  const std::string& chart = book_.book().chart_template;
  out_.Text("GroupingCategory", chart.empty() ? "Lumbung" : chart, kLong);
  out_.Value("GroupingCode", std::string(kGroups[static_cast<int>(account.type)]));
  out_.Value("AccountType", std::string("GL"));
  balance("OpeningDebitBalance", "OpeningCreditBalance", opening);
  balance("ClosingDebitBalance", "ClosingCreditBalance", closing);
  out_.Close();
}

void SaftWriter::WriteAnalysisType(const std::string& type, const std::string& type_name,
                                   const std::string& id, const std::string& name) {
  out_.Open("AnalysisTypeTableEntry");
  out_.Value("AnalysisType", type);
  out_.Text("AnalysisTypeDescription", type_name, kLong);
  out_.Value("AnalysisID", id);
  out_.Text("AnalysisIDDescription", name, kLong);
  out_.Close();
}

absl::Status SaftWriter::WriteMasterFiles() {
  // Over all funds.
  std::map<AccountId, std::pair<Decimal, Decimal>> balances;
  for (const TrialBalanceLine& line : source_.trial_balance) {
    auto& [opening, closing] = balances[line.account];
    LUMBUNG_ASSIGN_OR_RETURN(opening, Add(opening, line.opening));
    LUMBUNG_ASSIGN_OR_RETURN(closing, Add(closing, line.closing));
  }
  out_.Open("MasterFiles");
  out_.Open("GeneralLedgerAccounts");
  for (const Account& account : book_.accounts()) {
    if (!account.postable) continue;
    const auto& [opening, closing] = balances[account.id];
    WriteAccount(account, opening, closing);
  }
  out_.Close();
  out_.Open("AnalysisTypeTable");
  for (const Fund& fund : book_.funds()) {
    WriteAnalysisType(kFundType, "Dana / Fund", FundIdOf(fund), fund.display_name);
  }
  for (const Dimension& dimension : book_.dimensions()) {
    for (const DimensionValue& value : dimension.values) {
      WriteAnalysisType(TypeOf(dimension),
                        absl::StrCat(dimension.key, ": ", dimension.display_name), ValueIdOf(value),
                        value.display_name);
    }
  }
  out_.Close();
  out_.Close();
  return out_.status();
}

void SaftWriter::WriteAmount(const ValidPosting& posting) {
  const auto magnitude = [](const Decimal& amount) {
    return (amount.IsNegative() ? amount.Negated() : amount).ToString();
  };
  out_.Open(posting.functional_amount.IsNegative() ? "CreditAmount" : "DebitAmount");
  out_.Value("Amount", magnitude(posting.functional_amount));
  // A commodity, or an amount finer than cents, is left to the other files of the pack.
  const std::string& code = CodeOf(posting.currency);
  if (posting.currency != posting.functional_currency && code.size() == 3 &&
      FitsSaft(posting.amount)) {
    out_.Value("CurrencyCode", code);
    out_.Value("CurrencyAmount", magnitude(posting.amount));
  }
  out_.Close();
}

void SaftWriter::WriteAnalysis(const std::string& type, const std::string& id) {
  out_.Open("Analysis");
  out_.Value("AnalysisType", type);
  out_.Value("AnalysisID", id);
  out_.Close();
}

void SaftWriter::WriteLine(const PostedEntry& entry, std::size_t number) {
  const ValidPosting& posting = entry.content.postings[number];
  out_.Open("Line");
  out_.Value("RecordID", static_cast<std::int64_t>(number + 1));
  out_.Value("AccountID", AccountIdOf(*book_.FindAccount(posting.account)));
  WriteAnalysis(kFundType, FundIdOf(*book_.FindFund(posting.dimensions.fund)));
  for (const auto& [id, value_id] : posting.dimensions.members) {
    const Dimension& dimension = *book_.FindDimension(id);
    WriteAnalysis(TypeOf(dimension), ValueIdOf(*book_.FindValue(dimension, value_id)));
  }
  out_.Text("Description", posting.memo.empty() ? entry.content.description : posting.memo, kLong);
  WriteAmount(posting);
  if (!entry.content.reference.empty()) {
    out_.Text("ReferenceNumber", entry.content.reference, kMiddle1);
  }
  if (entry.content.reverses.has_value()) {
    out_.Value("CrossReference", ToInteger(*entry.content.reverses));
  }
  out_.Close();
}

void SaftWriter::WriteTransaction(const AuditEntry& entry) {
  const PostedEntry& posted = *entry.entry;
  const Date date = posted.content.effective_date;
  const std::string recorded = UtcDay(posted.recorded_at);
  const int start = book_.book().fiscal_year_start_month;
  out_.Open("Transaction");
  out_.Value("TransactionID", ToInteger(posted.id));
  out_.Value("Period", (date.month() - start + 12) % 12 + 1);
  out_.Value("PeriodYear", posted.content.fiscal_year);
  out_.Value("TransactionDate", date);
  if (!entry.entered_by.empty()) out_.Text("SourceID", entry.entered_by, kMiddle1);
  out_.Text("VoucherType", book_.FindSeries(posted.content.series)->code, kMiddle2);
  out_.Text("Description", posted.content.description, kLong);
  out_.Value("SystemEntryDate", recorded);
  out_.Value("GLPostingDate", recorded);
  out_.Text("SystemID", absl::StrCat(posted.number), kShort);
  for (std::size_t i = 0; i < posted.content.postings.size(); ++i) WriteLine(posted, i);
  out_.Close();
}

absl::Status SaftWriter::WriteEntries() {
  out_.Open("GeneralLedgerEntries");
  out_.Value("NumberOfEntries", entries_);
  out_.Value("TotalDebit", debit_.ToString());
  out_.Value("TotalCredit", credit_.ToString());
  // One journal: a book's entries are in the order in which they were recorded, and each names its
  // series as the type of its voucher.
  out_.Open("Journal");
  out_.Value("JournalID", std::string("GL"));
  out_.Text("Description", book_.book().display_name, kLong);
  out_.Value("Type", std::string("GL"));
  LUMBUNG_RETURN_IF_ERROR(source_.visit_entries([this](const AuditEntry& entry) {
    WriteTransaction(entry);
    return out_.status();
  }));
  out_.Close();
  out_.Close();
  return out_.status();
}

}  // namespace

absl::Status CheckSaftFit(const AuditSource& source) {
  const std::string& code =
      source.book->FindCurrency(source.book->book().functional_currency)->code;
  const auto unfit = [](absl::string_view what) {
    return FailedPrecondition("SAFT_UNFIT", "", absl::StrCat("SAF-T cannot carry ", what));
  };
  if (code.size() != 3) return unfit(absl::StrCat("the currency ", code));
  if (source.book->FindCurrency(code)->scale > kSaftScale) {
    return unfit(absl::StrCat("amounts of ", code, ", which are finer than cents"));
  }
  for (const TrialBalanceLine& line : source.trial_balance) {
    if (!FitsSaft(line.opening) || !FitsSaft(line.debit) || !FitsSaft(line.credit) ||
        !FitsSaft(line.closing)) {
      return unfit("amounts of more than 18 digits");
    }
  }
  return absl::OkStatus();
}

absl::Status WriteSaftFile(const AuditSource& source, ByteSink& sink) {
  LUMBUNG_RETURN_IF_ERROR(CheckSaftFit(source));
  return SaftWriter(source, &sink).Write();
}

}  // namespace lumbung::reports
