#include "services/host/cli/text.h"

#include <cstddef>
#include <iterator>

namespace lumbung::cli {
namespace {

struct Translation {
  Label label;
  absl::string_view english;
  absl::string_view indonesian;
};

// In the order of the enumeration; checked below.
constexpr Translation kTexts[] = {
    {Label::kNone, "", ""},
    {Label::kError, "error", "galat"},
    {Label::kField, "field", "isian"},
    {Label::kSeeHelp, "add --help to see how the command is used",
     "tambahkan --help untuk melihat cara pakai perintah"},
    {Label::kRetryWith, "safe to repeat with: --request-id $0",
     "aman diulang dengan: --request-id $0"},
    {Label::kIsTheServerRunning, "is the server running? start one with: lumbung up",
     "apakah peladen berjalan? jalankan dengan: lumbung up"},
    {Label::kRequestIdIs, "request id: $0", "id permintaan: $0"},
    {Label::kNothingToShow, "nothing to show", "tidak ada data"},
    {Label::kYes, "yes", "ya"},
    {Label::kSeveral, "several", "beberapa"},
    {Label::kOrganization, "Organization", "Organisasi"},
    {Label::kName, "Name", "Nama"},
    {Label::kIndonesianName, "Indonesian name", "Nama Indonesia"},
    {Label::kCreated, "Created", "Dibuat"},
    {Label::kBook, "Book", "Buku"},
    {Label::kFunctionalCurrency, "Currency", "Mata uang"},
    {Label::kFiscalYearStart, "Year starts", "Awal tahun buku"},
    {Label::kChartTemplate, "Chart", "Bagan akun"},
    {Label::kDefaultFund, "Default fund", "Dana bawaan"},
    {Label::kEntries, "Entries", "Jurnal"},
    {Label::kClosedThrough, "Closed through", "Ditutup sampai"},
    {Label::kAccounts, "Accounts", "Akun"},
    {Label::kLegalBasis, "Legal basis", "Dasar hukum"},
    {Label::kAccount, "Account", "Akun"},
    {Label::kCode, "Code", "Kode"},
    {Label::kParent, "Parent", "Induk"},
    {Label::kType, "Type", "Jenis"},
    {Label::kPostable, "Postable", "Dapat dijurnal"},
    {Label::kContra, "contra", "kontra"},
    {Label::kClosed, "closed", "ditutup"},
    {Label::kDimensionRules, "Dimension rules", "Aturan dimensi"},
    {Label::kNote, "Note", "Catatan"},
    {Label::kRemarks, "Remarks", "Keterangan"},
    {Label::kFund, "Fund", "Dana"},
    {Label::kRestriction, "Restriction", "Pembatasan"},
    {Label::kDimension, "Dimension", "Dimensi"},
    {Label::kDimensions, "Dimensions", "Dimensi"},
    {Label::kValue, "Value", "Nilai"},
    {Label::kCurrency, "Currency", "Mata uang"},
    {Label::kDecimals, "Decimals", "Desimal"},
    {Label::kCommodity, "Commodity", "Komoditas"},
    {Label::kDate, "Date", "Tanggal"},
    {Label::kBaseCurrency, "Base", "Dasar"},
    {Label::kQuoteCurrency, "Quote", "Lawan"},
    {Label::kRate, "Rate", "Kurs"},
    {Label::kSource, "Source", "Sumber"},
    {Label::kRecorded, "Recorded", "Dicatat"},
    {Label::kAsset, "asset", "aset"},
    {Label::kLiability, "liability", "liabilitas"},
    {Label::kNetAsset, "net asset", "aset neto"},
    {Label::kIncome, "income", "pendapatan"},
    {Label::kExpense, "expense", "beban"},
    {Label::kWithoutRestriction, "without restriction", "tanpa pembatasan"},
    {Label::kRestrictedByPurpose, "restricted to a purpose", "dibatasi untuk tujuan"},
    {Label::kRestrictedByTime, "restricted to a time", "dibatasi waktu"},
    {Label::kEndowment, "endowment", "dana abadi"},
    {Label::kAgencyFund, "held for others", "titipan"},
    {Label::kOpen, "open", "terbuka"},
    {Label::kSoftClosed, "soft-closed", "ditutup sementara"},
    {Label::kHardClosed, "hard-closed", "ditutup tetap"},
    {Label::kStandardEntry, "standard", "umum"},
    {Label::kOpeningEntry, "opening", "pembukaan"},
    {Label::kAdjustingEntry, "adjusting", "penyesuaian"},
    {Label::kReversalEntry, "reversal", "pembalik"},
    {Label::kClosingEntry, "closing", "penutup"},
    {Label::kHledger, "hledger", "hledger"},
    {Label::kLedgerCli, "ledger", "ledger"},
    {Label::kBeancount, "beancount", "beancount"},
    {Label::kCsv, "CSV", "CSV"},
    {Label::kNumber, "Number", "Nomor"},
    {Label::kDescription, "Description", "Uraian"},
    {Label::kDescriptionAndAccounts, "Description and accounts", "Uraian dan akun"},
    {Label::kReference, "Reference", "Bukti"},
    {Label::kKind, "Kind", "Macam"},
    {Label::kTags, "Tags", "Label"},
    {Label::kReverses, "Reverses", "Membalik"},
    {Label::kReversedBy, "Reversed by", "Dibalik oleh"},
    {Label::kResourceName, "Resource name", "Nama sumber daya"},
    {Label::kLeafHash, "Leaf hash", "Sidik jari"},
    {Label::kAmount, "Amount", "Jumlah"},
    {Label::kFunctionalAmount, "Value", "Nilai"},
    {Label::kValuedIn, "Valued in", "Dinilai dalam"},
    {Label::kMemo, "Memo", "Memo"},
    {Label::kDebit, "Debit", "Debit"},
    {Label::kCredit, "Credit", "Kredit"},
    {Label::kBalance, "Balance", "Saldo"},
    {Label::kTotal, "Total", "Jumlah"},
    {Label::kOtherAccounts, "Other accounts", "Akun lawan"},
    {Label::kOpeningBalance, "Opening balance", "Saldo awal"},
    {Label::kClosingBalance, "Closing balance", "Saldo akhir"},
    {Label::kTrialBalance, "Trial balance", "Neraca saldo"},
    {Label::kGeneralLedger, "General ledger", "Buku besar"},
    {Label::kJournal, "Journal", "Jurnal umum"},
    {Label::kFromTo, "$0 to $1", "$0 sampai $1"},
    {Label::kFrom, "from $0", "sejak $0"},
    {Label::kUntil, "at $0", "per $0"},
    {Label::kAllDates, "all dates", "semua tanggal"},
    {Label::kAmountsIn, "amounts in $0", "jumlah dalam $0"},
    {Label::kAsKnownAt, "as known at $0", "menurut catatan pada $0"},
};

constexpr bool IsInOrderAndComplete() {
  for (std::size_t i = 0; i < std::size(kTexts); ++i) {
    if (static_cast<std::size_t>(kTexts[i].label) != i) return false;
  }
  return std::size(kTexts) == static_cast<std::size_t>(Label::kLast) + 1;
}
static_assert(IsInOrderAndComplete(), "every label has one row, in the order of the enumeration");

}  // namespace

absl::string_view Text(Label label, Language language) {
  const Translation& text = kTexts[static_cast<std::size_t>(label)];
  return language == Language::kIndonesian ? text.indonesian : text.english;
}

}  // namespace lumbung::cli
