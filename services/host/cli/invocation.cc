#include "services/host/cli/invocation.h"

#include <initializer_list>
#include <utility>

#include "absl/strings/match.h"
#include "ledger/core/display_text.h"
#include "services/host/cli/session_file.h"

namespace lumbung::cli {
namespace {

// The first of these environment variables that is set.
std::string FirstSet(const Console& console, std::initializer_list<const char*> names,
                     absl::string_view fallback) {
  for (const char* const name : names) {
    if (const auto value = console.variable(name)) return *value;
  }
  return std::string(fallback);
}

std::string TypedOr(const Console& console, const std::string& typed, const char* name,
                    absl::string_view fallback) {
  return typed.empty() ? FirstSet(console, {name}, fallback) : typed;
}

SessionSettings ResolveSession(const CommonOptions& options, const Console& console) {
  SessionSettings settings{
      .server = TypedOr(console, options.server, "LUMBUNG_SERVER", kDefaultServer),
      .organization = TypedOr(console, options.organization, "LUMBUNG_ORGANIZATION", ""),
      .book = TypedOr(console, options.book, "LUMBUNG_BOOK", ""),
      .token = FirstSet(console, {"LUMBUNG_TOKEN"}, ""),
      .timeout = absl::Seconds(options.timeout_seconds),
  };
  if (settings.token.empty()) settings.token = ReadSession(console, settings.server).token;
  return settings;
}

Language LanguageOf(const Console& console) {
  const std::string tag = FirstSet(console, {"LC_ALL", "LC_MESSAGES", "LANG"}, "en");
  return absl::StartsWithIgnoreCase(tag, "id") ? Language::kIndonesian : Language::kEnglish;
}

NumberLocale LocaleOf(const Console& console) {
  return NumberLocaleFromTag(FirstSet(console, {"LC_ALL", "LC_NUMERIC", "LANG"}, "plain"));
}

}  // namespace

OutputSettings ResolveOutput(const CommonOptions& options, const Console& console) {
  return OutputSettings{
      .format = options.format,
      .language = options.language ? *options.language : LanguageOf(console),
      .numbers = {.locale = options.locale ? *options.locale : LocaleOf(console),
                  .negative = options.negative},
  };
}

Invocation::Invocation(const CommonOptions& options, Console& console)
    : console_(console),
      output_(ResolveOutput(options, console)),
      session_(ResolveSession(options, console), console) {}

TableStyle Invocation::NewTableStyle() const {
  return TableStyle{.csv = csv(),
                    .color = UsesColor(console_),
                    .width = console_.width,
                    .numbers = output_.numbers};
}

void Invocation::WriteFields(const std::vector<Field>& fields) {
  cli::WriteFields(console_.out, fields, UsesColor(console_));
}

void Invocation::WriteTitle(absl::string_view title) {
  const bool color = UsesColor(console_);
  console_.out << (color ? "\x1b[1m" : "") << Printable(title) << (color ? "\x1b[0m" : "") << '\n';
}

void Invocation::WriteLine(absl::string_view line) {
  console_.out << Printable(line) << '\n';
}

void Invocation::WriteNote(absl::string_view note) {
  if (table()) console_.err << Printable(note) << '\n';
}

}  // namespace lumbung::cli
