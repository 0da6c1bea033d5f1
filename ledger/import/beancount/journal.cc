#include "ledger/import/beancount/journal.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <variant>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "ledger/core/status.h"
#include "ledger/import/beancount/expression.h"

namespace lumbung::import::beancount {
namespace {

constexpr Day kBeforeAllDays = std::numeric_limits<Day>::min();
constexpr std::size_t kMaxOpenFiles = 64;

// The place of a directive within its day.
std::int8_t RankOf(const Directive& directive) {
  if (std::holds_alternative<Open>(directive.body)) return -2;
  if (std::holds_alternative<Balance>(directive.body)) return -1;
  if (std::holds_alternative<Close>(directive.body)) return 2;
  const Other* other = std::get_if<Other>(&directive.body);
  return other != nullptr && other->keyword == "document" ? 1 : 0;
}

// `pattern` as seen from the folder of `from`, as a path within the upload; empty when it leaves
// it.
std::string ResolvePath(absl::string_view from, absl::string_view pattern) {
  if (absl::StartsWith(pattern, "/")) return "";
  std::vector<absl::string_view> parts = absl::StrSplit(from, '/');
  parts.pop_back();
  for (const absl::string_view part : absl::StrSplit(pattern, '/')) {
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (parts.empty()) {
      return "";
    } else {
      parts.pop_back();
    }
  }
  return absl::StrJoin(parts, "/");
}

}  // namespace

absl::Status Journal::Scan(absl::string_view main_file) {
  pending_.push_back({std::string(main_file), 0, Place{std::string(main_file), 0}});
  // The list grows while it is worked off: beancount takes included files after the one that
  // includes them.
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    const PendingFile pending = pending_[i];
    LUMBUNG_RETURN_IF_ERROR(ScanFile(pending));
  }
  const auto key = [](const Entry& entry) {
    return std::tie(entry.date, entry.rank, entry.line, entry.file);
  };
  std::sort(entries_.begin(), entries_.end(),
            [key](const Entry& a, const Entry& b) { return key(a) < key(b); });
  return absl::OkStatus();
}

absl::Status Journal::ScanFile(const PendingFile& pending) {
  if (std::find(names_.begin(), names_.end(), pending.name) != names_.end()) {
    return RefusalAt(pending.included_from, "PARSE_ERROR",
                     absl::StrCat("the file ", pending.name, " is included a second time"));
  }
  if (names_.size() == kMaxFiles) {
    return RefusalAt(pending.included_from, "TOO_MANY_FILES",
                     absl::StrCat("a journal may have at most ", kMaxFiles, " files"));
  }
  const auto file = static_cast<std::uint16_t>(names_.size());
  names_.push_back(pending.name);
  parsers_.emplace_back();
  absl::StatusOr<Parser*> parser = ParserOf(file);
  if (!parser.ok()) {
    return pending.depth == 0 ? parser.status() : At(pending.included_from, parser.status());
  }
  FileState state;
  state.depth = pending.depth;
  Place place{pending.name, 0};
  Directive directive;
  while (true) {
    LUMBUNG_ASSIGN_OR_RETURN(const bool more, (*parser)->Next(&directive));
    if (!more) break;
    place.line = directive.line;
    LUMBUNG_RETURN_IF_ERROR(ScanDirective(directive, place, &state));
  }
  for (const auto* pushed : {&state.context.tags, &state.context.metadata}) {
    if (pushed->empty()) continue;
    return RefusalAt(Place{pending.name, pushed->back().line}, "PARSE_ERROR",
                     absl::StrCat("\"", pushed->back().key, "\" is pushed and never popped"));
  }
  if (file == 0) options_ = state.options;
  return absl::OkStatus();
}

absl::Status Journal::ScanDirective(const Directive& directive, const Place& place,
                                    FileState* state) {
  LUMBUNG_RETURN_IF_ERROR(ScanAccounts(directive, place, state->options));
  if (const auto* include = std::get_if<Include>(&directive.body)) {
    return AddIncludes(include->pattern, place, state->depth + 1);
  }
  if (const auto* option = std::get_if<SetOption>(&directive.body)) {
    const absl::StatusOr<Options::Effect> effect = state->options.Set(option->name, option->value);
    if (!effect.ok()) return At(place, effect.status());
    if (*effect == Options::Effect::kUnsupported) AddEntry(directive, state);
    return absl::OkStatus();
  }
  if (const auto* open = std::get_if<Open>(&directive.body)) {
    if (!open->booking.empty()) {
      const absl::StatusOr<Booking> booking = BookingOf(open->booking);
      if (!booking.ok()) return At(place, booking.status());
      bookings_[open->account] = *booking;
    }
  } else if (const auto* close = std::get_if<Close>(&directive.body)) {
    closings_.try_emplace(close->account, *directive.date);
  } else if (const auto* pad = std::get_if<Pad>(&directive.body)) {
    padded_accounts_.insert(pad->account);
  } else if (!directive.date.has_value() && !std::holds_alternative<Other>(directive.body)) {
    return ChangeContext(directive, place, state);
  }
  AddEntry(directive, state);
  return absl::OkStatus();
}

absl::Status Journal::ScanAccounts(const Directive& directive, const Place& place,
                                   const Options& options) const {
  const auto check = [&](const std::string& account, int line) {
    if (account.empty() || options.TypeOf(account) != ' ') return absl::OkStatus();
    return RefusalAt(Place{place.file, line}, "INVALID_ACCOUNT",
                     absl::StrCat("found the account ", account, ", expected one below ",
                                  absl::StrJoin(options.roots, ", ")));
  };
  if (const auto* transaction = std::get_if<Transaction>(&directive.body)) {
    for (const Posting& posting : transaction->postings) {
      LUMBUNG_RETURN_IF_ERROR(check(posting.account, posting.line));
    }
  } else if (const auto* open = std::get_if<Open>(&directive.body)) {
    return check(open->account, place.line);
  } else if (const auto* close = std::get_if<Close>(&directive.body)) {
    return check(close->account, place.line);
  } else if (const auto* balance = std::get_if<Balance>(&directive.body)) {
    return check(balance->account, place.line);
  } else if (const auto* other = std::get_if<Other>(&directive.body)) {
    return check(other->account, place.line);
  } else if (const auto* pad = std::get_if<Pad>(&directive.body)) {
    LUMBUNG_RETURN_IF_ERROR(check(pad->account, place.line));
    return check(pad->source_account, place.line);
  }
  return absl::OkStatus();
}

absl::Status Journal::ChangeContext(const Directive& directive, const Place& place,
                                    FileState* state) {
  Context& context = state->context;
  state->context_is_stored = false;
  const auto push = [&](std::vector<Pushed>* to, const std::string& key,
                        const std::string& value) -> absl::Status {
    if (context.tags.size() + context.metadata.size() == kMaxPushed) {
      return RefusalAt(place, "PARSE_ERROR",
                       absl::StrCat("more than ", kMaxPushed, " tags and keys are pushed at once"));
    }
    to->push_back({key, value, place.line});
    return absl::OkStatus();
  };
  // The last one pushed goes; tags need not be popped in the order they were pushed.
  const auto pop = [&](std::vector<Pushed>* from, const std::string& key) -> absl::Status {
    const auto it = std::find_if(from->rbegin(), from->rend(),
                                 [&key](const Pushed& pushed) { return pushed.key == key; });
    if (it == from->rend()) {
      return RefusalAt(place, "PARSE_ERROR", absl::StrCat("\"", key, "\" is not pushed here"));
    }
    from->erase(std::next(it).base());
    return absl::OkStatus();
  };
  if (const auto* push_tag = std::get_if<PushTag>(&directive.body)) {
    return push(&context.tags, push_tag->tag, "");
  }
  if (const auto* pop_tag = std::get_if<PopTag>(&directive.body)) {
    return pop(&context.tags, pop_tag->tag);
  }
  if (const auto* push_meta = std::get_if<PushMeta>(&directive.body)) {
    return push(&context.metadata, push_meta->key, push_meta->value);
  }
  return pop(&context.metadata, std::get<PopMeta>(directive.body).key);
}

absl::Status Journal::AddIncludes(const std::string& pattern, const Place& place, int depth) {
  if (depth > kMaxIncludeDepth) {
    return RefusalAt(
        place, "INCLUDE_TOO_DEEP",
        absl::StrCat("files include one another more than ", kMaxIncludeDepth, " deep"));
  }
  const std::string path = ResolvePath(place.file, pattern);
  const bool is_glob = path.find_first_of("*?[") != std::string::npos;
  const std::vector<std::string> names =
      is_glob ? files_.Match(path) : std::vector<std::string>{path};
  if (path.empty() || names.empty()) {
    return RefusalAt(
        place, "INCLUDE_NOT_FOUND",
        absl::StrCat("found no file \"", pattern, "\" among the files of this import"));
  }
  for (const std::string& name : names) pending_.push_back({name, depth, place});
  return absl::OkStatus();
}

void Journal::AddEntry(const Directive& directive, FileState* state) {
  if (!state->context_is_stored) {
    state->context_is_stored = true;
    state->context_index = static_cast<std::uint32_t>(contexts_.size());
    contexts_.push_back(state->context);
  }
  Entry entry{};
  entry.offset = directive.offset;
  entry.date = directive.date.value_or(kBeforeAllDays);
  entry.line = directive.line;
  entry.context = state->context_index;
  entry.file = static_cast<std::uint16_t>(names_.size() - 1);
  entry.rank = RankOf(directive);
  entries_.push_back(entry);
}

void Journal::ApplyContext(const Context& context, Transaction* transaction) {
  const auto is_tagged = [transaction](const Pushed& pushed) {
    const auto& tags = transaction->tags;
    return std::find(tags.begin(), tags.end(), pushed.key) != tags.end();
  };
  for (const Pushed& pushed : context.tags) {
    if (!is_tagged(pushed)) transaction->tags.push_back(pushed.key);
  }
  // The value that was pushed last comes first, so that it wins; one's own wins over both.
  const auto has_key = [transaction](const Pushed& pushed) {
    const Metadata& metadata = transaction->metadata;
    return std::any_of(metadata.begin(), metadata.end(),
                       [&pushed](const auto& entry) { return entry.first == pushed.key; });
  };
  for (auto it = context.metadata.rbegin(); it != context.metadata.rend(); ++it) {
    if (!has_key(*it)) transaction->metadata.emplace_back(it->key, it->value);
  }
}

absl::Status Journal::Visit(const Visitor& visit) {
  Directive directive;
  Place place;
  for (std::size_t position = 0; position < entries_.size(); ++position) {
    const Entry& entry = entries_[position];
    LUMBUNG_ASSIGN_OR_RETURN(Parser * parser, ParserOf(entry.file));
    LUMBUNG_RETURN_IF_ERROR(parser->SeekTo(entry.offset, entry.line));
    if (place.file != names_[entry.file]) place.file = names_[entry.file];
    place.line = entry.line;
    LUMBUNG_ASSIGN_OR_RETURN(const bool found, parser->Next(&directive));
    if (!found || directive.line != entry.line) {
      return RefusalAt(place, "PARSE_ERROR", "the file has changed while it was read");
    }
    if (auto* transaction = std::get_if<Transaction>(&directive.body)) {
      ApplyContext(contexts_[entry.context], transaction);
    }
    LUMBUNG_RETURN_IF_ERROR(visit(directive, place, position));
  }
  return absl::OkStatus();
}

absl::StatusOr<Parser*> Journal::ParserOf(std::uint16_t file) {
  std::unique_ptr<Parser>& parser = parsers_[file];
  if (parser == nullptr) {
    if (open_parsers_ == kMaxOpenFiles) {
      for (std::unique_ptr<Parser>& open : parsers_) open.reset();
      open_parsers_ = 0;
    }
    LUMBUNG_ASSIGN_OR_RETURN(std::unique_ptr<std::istream> input, files_.Open(names_[file]));
    parser = std::make_unique<Parser>(std::move(input), names_[file]);
    ++open_parsers_;
  }
  return parser.get();
}

}  // namespace lumbung::import::beancount
