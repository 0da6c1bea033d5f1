// Invocation: one run of one user command, with everything its body needs: the session with the
// server, how to write its answer, and in which language.
#ifndef LUMBUNG_SERVICES_HOST_CLI_INVOCATION_H_
#define LUMBUNG_SERVICES_HOST_CLI_INVOCATION_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/host/cli/client_session.h"
#include "services/host/cli/console.h"
#include "services/host/cli/failure.h"
#include "services/host/cli/table.h"
#include "services/host/cli/text.h"

namespace lumbung::cli {

enum class OutputFormat { kTable, kCsv, kJson };

// The options every user command has, as typed. What is absent comes from the environment.
struct CommonOptions {
  std::string server;
  std::string organization;
  std::string book;
  OutputFormat format = OutputFormat::kTable;
  std::optional<NumberLocale> locale;
  std::optional<Language> language;
  NegativeStyle negative = NegativeStyle::kMinus;
  int timeout_seconds = 30;
};

// How answers are written.
struct OutputSettings {
  OutputFormat format = OutputFormat::kTable;
  Language language = Language::kEnglish;
  NumberStyle numbers;
};
OutputSettings ResolveOutput(const CommonOptions& options, const Console& console);

class Invocation {
 public:
  Invocation(const CommonOptions& options, Console& console);

  Console& console() { return console_; }
  ClientSession& session() { return session_; }
  const OutputSettings& output() const { return output_; }
  absl::string_view Text(Label label) const { return cli::Text(label, output_.language); }
  bool json() const { return output_.format == OutputFormat::kJson; }
  bool csv() const { return output_.format == OutputFormat::kCsv; }
  bool table() const { return output_.format == OutputFormat::kTable; }

  // A column titled in the reader's language.
  Column NewColumn(absl::string_view key, Label title, ColumnKind kind = ColumnKind::kText) const {
    return Column{std::string(key), std::string(Text(title)), kind};
  }
  // For `TableWriter table(call.console().out, call.NewTableStyle(), columns)`.
  TableStyle NewTableStyle() const;
  // "Title  value" lines; to be used in table format only.
  void WriteFields(const std::vector<Field>& fields);
  // A bold line, or an empty one between tables; to be used in table format only.
  void WriteTitle(absl::string_view title);
  void WriteLine(absl::string_view line = "");
  // What is said beside the answer ("request id ..."): on stderr, in table format only.
  void WriteNote(absl::string_view note);

 private:
  Console& console_;
  OutputSettings output_;
  ClientSession session_;
};

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_INVOCATION_H_
