#include "services/host/cli/period_flags.h"

#include "ledger/core/date.h"
#include "ledger/core/status.h"
#include "services/host/cli/command_line.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

constexpr int kFirstYear = 1902;
constexpr int kLastYear = 9998;

}  // namespace

void AddPeriodOptions(CLI::App* command, PeriodFlags& flags) {
  command->add_option("--year", flags.year, "The fiscal year that begins in this year")
      ->type_name("YEAR")
      ->check(CLI::Range(kFirstYear, kLastYear));
  AddDateOption(command, "--from", flags.from, "Or: first day of the period");
  AddDateOption(command, "--to", flags.to, "Last day of the period");
}

absl::StatusOr<PeriodDates> PeriodFrom(Invocation& call, const PeriodFlags& flags) {
  const bool has_year = flags.year != 0;
  if (has_year == (!flags.from.empty() || !flags.to.empty())) {
    return UsageError("--year", "say --year, or both --from and --to");
  }
  if (has_year) {
    LUMBUNG_ASSIGN_OR_RETURN(const v1::Book book, call.session().Book());
    const int month = book.fiscal_year_start_month();
    return PeriodDates{FiscalYearStart(flags.year, month).ToString(),
                       FiscalYearEnd(flags.year, month).ToString()};
  }
  if (flags.from.empty() || flags.to.empty()) {
    return UsageError("--from", "a period has a first and a last day");
  }
  return PeriodDates{flags.from, flags.to};
}

}  // namespace lumbung::cli
