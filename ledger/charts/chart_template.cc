#include "ledger/charts/chart_template.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <tuple>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ledger/charts/embedded_charts.h"
#include "ledger/core/status.h"

namespace lumbung {
namespace {

// A file that is part of the binary and does not load is a programming error: tests load every one.
std::vector<ChartTemplate> LoadEmbeddedCharts() {
  std::vector<ChartTemplate> charts;
  for (const EmbeddedChart& chart : EmbeddedCharts()) {
    absl::StatusOr<ChartTemplate> parsed = ParseChartTemplate(chart.file, chart.text);
    if (!parsed.ok()) {
      std::fprintf(stderr, "chart template: %s\n", parsed.status().ToString().c_str());
      std::abort();
    }
    charts.push_back(*std::move(parsed));
  }
  std::sort(charts.begin(), charts.end(), [](const ChartTemplate& a, const ChartTemplate& b) {
    return std::tie(a.id, a.version) < std::tie(b.id, b.version);
  });
  return charts;
}

}  // namespace

std::string ChartTemplate::Name() const {
  return absl::StrCat(id, "@", version);
}

absl::Span<const ChartTemplate> ChartTemplates() {
  static const auto* const charts = new std::vector<ChartTemplate>(LoadEmbeddedCharts());
  return *charts;
}

absl::StatusOr<const ChartTemplate*> FindChartTemplate(absl::string_view name) {
  const ChartTemplate* found = nullptr;
  for (const ChartTemplate& chart : ChartTemplates()) {
    // Versions ascend, so that the last match of a bare id is the newest.
    if (chart.id == name || chart.Name() == name) found = &chart;
  }
  if (found != nullptr) return found;
  return NotFound(
      "UNKNOWN_CHART_TEMPLATE", "chart_template",
      absl::StrCat("there is no chart template \"", absl::CHexEscape(name.substr(0, 80)),
                   "\"; there are ",
                   absl::StrJoin(ChartTemplates(), ", ", [](std::string* out, const auto& chart) {
                     absl::StrAppend(out, chart.Name());
                   })));
}

}  // namespace lumbung
