#include "services/reporting/api/statement_conversion.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "reports/model/date_words.h"
#include "reports/model/statement_document.h"
#include "services/common/resource_names.h"

namespace lumbung::reporting::api {
namespace {

using reports::Language;
using reports::Measure;

std::string AccountName(const BookSnapshot& book, AccountId account) {
  return ResourceName({{"books", book.book().slug}, {"accounts", book.FindAccount(account)->key}});
}

v1::StatementRowKind KindOf(reports::LineKind kind) {
  switch (kind) {
    case reports::LineKind::kHeading:
      return v1::STATEMENT_ROW_KIND_HEADING;
    case reports::LineKind::kText:
      return v1::STATEMENT_ROW_KIND_TEXT;
    case reports::LineKind::kAmount:
      return v1::STATEMENT_ROW_KIND_LINE;
    case reports::LineKind::kTotal:
      return v1::STATEMENT_ROW_KIND_TOTAL;
  }
  return v1::STATEMENT_ROW_KIND_UNSPECIFIED;
}

void AddColumn(const reports::Statement& statement, const reports::Figures& figures,
               const reports::AmountColumn& column, v1::Statement* out) {
  const reports::PeriodFigures& period = figures.periods[column.period];
  const reports::StatementColumn& defined = statement.definition->columns[column.column];
  v1::StatementColumn& proto = *out->add_columns();
  proto.set_column(reports::ColumnKey(*statement.definition, column));
  const auto title = [&](Language language) {
    const std::string when = reports::PeriodHeading({period.from, period.to}, language);
    return statement.definition->columns.size() == 1
               ? when
               : absl::StrCat(when, " ", defined.label.In(language));
  };
  SetLabel({title(Language::kIndonesian), title(Language::kEnglish)}, proto.mutable_label());
  proto.set_from_date(period.from.ToString());
  proto.set_to_date(period.to.ToString());
}

}  // namespace

void SetLabel(const reports::Label& label, v1::Label* out) {
  out->set_id(label.id);
  out->set_en(label.en);
}

v1::StatementDefinition DefinitionToProto(const reports::StatementDefinition& definition) {
  v1::StatementDefinition proto;
  proto.set_statement(definition.id);
  proto.set_version(definition.version);
  SetLabel(definition.title, proto.mutable_title());
  SetLabel(definition.legal_basis, proto.mutable_legal_basis());
  proto.set_at_a_day(definition.at_a_day);
  proto.set_place_in_set(definition.place_in_set);
  return proto;
}

v1::Statement StatementToProto(const reports::Statement& statement, const Reading& reading) {
  const reports::Figures& figures = reading.figures;
  const BookSnapshot& book = *figures.books.front();
  v1::Statement out;
  *out.mutable_definition() = DefinitionToProto(*statement.definition);
  out.set_currency(book.FindCurrency(book.book().functional_currency)->code);
  for (const auto& column : statement.columns) AddColumn(statement, figures, column, &out);
  for (const reports::StatementRow& row : statement.rows) {
    const reports::StatementLine& line = statement.definition->lines[row.line];
    v1::StatementRow& proto = *out.add_rows();
    proto.set_row(row.id);
    proto.set_kind(KindOf(line.kind));
    SetLabel(row.label, proto.mutable_label());
    proto.set_indent(line.indent);
    proto.set_note(line.note);
    for (const Decimal& amount : row.amounts) proto.add_amounts(amount.ToString());
  }
  for (const reports::EvaluatedCheck& check : statement.checks) {
    v1::StatementCheck& proto = *out.add_checks();
    SetLabel(check.label, proto.mutable_label());
    proto.set_column(reports::ColumnKey(*statement.definition, check.column));
    proto.set_left(check.left.ToString());
    proto.set_right(check.right.ToString());
    proto.set_holds(check.Holds());
  }
  for (const reports::Misplaced& misplaced : statement.misplaced) {
    const BookSnapshot& its_book = *figures.books[misplaced.book];
    v1::MisplacedAccount& proto = *out.add_misplaced();
    proto.set_account(AccountName(its_book, misplaced.account));
    proto.set_fund(its_book.FindFund(misplaced.fund)->key);
    proto.set_to_date(figures.periods[misplaced.period].to.ToString());
    proto.set_amount(misplaced.amount.ToString());
    proto.set_lines(misplaced.lines);
  }
  out.set_sound(statement.IsSound());
  for (const EntryId entry : reading.last_entries) out.add_last_sequences(ToInteger(entry));
  out.set_checkpoint(reading.checkpoint);
  return out;
}

v1::Contribution ContributionToProto(const reports::Contribution& contribution,
                                     const reports::Figures& figures,
                                     const reports::PeriodFigures& period) {
  const BookSnapshot& book = *figures.books[contribution.book];
  const Account& account = *book.FindAccount(contribution.account);
  v1::Contribution proto;
  proto.set_account(AccountName(book, contribution.account));
  proto.set_account_code(account.code);
  SetLabel({account.display_name_id.empty() ? account.display_name : account.display_name_id,
            account.display_name},
           proto.mutable_account_label());
  proto.set_fund(book.FindFund(contribution.fund)->key);
  proto.set_measure(std::string(reports::MeasureWord(contribution.measure)));
  proto.set_amount(contribution.amount.ToString());
  switch (contribution.measure) {
    case Measure::kOpening:
      proto.set_to_date(period.from.AddDays(-1).ToString());
      break;
    case Measure::kClosing:
      proto.set_to_date(period.to.ToString());
      break;
    case Measure::kMovement:
    case Measure::kCash:
    case Measure::kNonCash:
      proto.set_from_date(period.from.ToString());
      proto.set_to_date(period.to.ToString());
      break;
  }
  return proto;
}

}  // namespace lumbung::reporting::api
