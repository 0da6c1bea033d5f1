// Chart templates: the published charts of accounts that a book can start from. They are
// declarative files (README.md beside this header describes the format), one version of one chart
// each, built into the binary; nothing is read at run time.
//
// A ChartTemplate that came out of this header is sound: ids are unique, so are the codes of
// accounts that take postings; every parent is a header and stands before its children; types and
// contra flags agree with the parent's. Templates are immutable and live as long as the program;
// every function may be called from any thread.
#ifndef LUMBUNG_LEDGER_CHARTS_CHART_TEMPLATE_H_
#define LUMBUNG_LEDGER_CHARTS_CHART_TEMPLATE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "ledger/core/book_snapshot.h"

namespace lumbung {

struct TemplateDimensionRule {
  std::string dimension;
  DimensionRequirement requirement{};
};

struct TemplateAccount {
  std::string id;    // Unique in the chart.
  std::string code;  // As published; headers may share one.
  std::string display_name;
  std::string display_name_id;  // In Indonesian.
  std::string parent;           // Id of a header further up; empty at the top.
  AccountType type{};
  bool postable = true;
  bool contra = false;
  // Not part of the published chart; added because books need it.
  bool extension = false;
  std::vector<TemplateDimensionRule> rules;
  std::string note;
};

struct TemplateFund {
  std::string id;
  std::string display_name;
  std::string display_name_id;
  FundRestriction restriction{};
};

struct TemplateDimension {
  std::string id;
  std::string display_name;
  std::string display_name_id;
};

struct ChartTemplate {
  std::string id;  // "isak35-ngo"
  int version = 0;
  std::string display_name;
  std::string display_name_id;
  std::string legal_basis;
  std::string functional_currency;  // ISO 4217
  int fiscal_year_start_month = 1;
  // Suggested funds, never empty. The first is the default fund; it is without restriction.
  std::vector<TemplateFund> funds;
  std::vector<TemplateDimension> dimensions;
  // Ids of the net asset accounts that receive the surplus at year end.
  std::string unrestricted_account;
  std::string restricted_account;
  std::vector<TemplateAccount> accounts;

  // "isak35-ngo@1": what a book keeps as its chart template.
  std::string Name() const;
};

// Every template in the binary, by id, then version.
absl::Span<const ChartTemplate> ChartTemplates();

// "isak35-ngo" is the newest version, "isak35-ngo@1" that version. UNKNOWN_CHART_TEMPLATE, with the
// names there are in the message.
absl::StatusOr<const ChartTemplate*> FindChartTemplate(absl::string_view name);

// Reads one template. `file` is what errors call it. INVALID_CHART_TEMPLATE for the first fault
// found, with "file:line" as the field and at the head of the message.
absl::StatusOr<ChartTemplate> ParseChartTemplate(absl::string_view file, absl::string_view text);

}  // namespace lumbung

#endif  // LUMBUNG_LEDGER_CHARTS_CHART_TEMPLATE_H_
