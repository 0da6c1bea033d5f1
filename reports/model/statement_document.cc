#include "reports/model/statement_document.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "reports/model/date_words.h"

namespace lumbung::reports {
namespace {

constexpr int kNoteWidth = 8;
constexpr int kAmountWidth = 18;

class StatementWriter {
 public:
  StatementWriter(const Statement& statement, const Figures& figures, const DocumentFrame& frame)
      : statement_(statement),
        definition_(*statement.definition),
        figures_(figures),
        frame_(frame),
        book_(*figures.books.front()) {}

  absl::Status Write(DocumentWriter& writer) const {
    LUMBUNG_RETURN_IF_ERROR(writer.Begin(Head()));
    for (const StatementRow& row : statement_.rows) {
      LUMBUNG_RETURN_IF_ERROR(writer.Add(DocumentRowOf(row)));
    }
    for (const Misplaced& misplaced : statement_.misplaced) {
      LUMBUNG_RETURN_IF_ERROR(writer.Add(ProblemOf(misplaced)));
    }
    return writer.End(Foot());
  }

 private:
  std::string Say(absl::string_view id, absl::string_view en) const {
    return std::string(frame_.language == Language::kIndonesian ? id : en);
  }
  const Currency& currency() const { return *book_.FindCurrency(book_.book().functional_currency); }
  bool HasNotes() const;
  // The currency's, unless every figure is whole: then none, as rupiah are printed.
  int Scale() const;
  DocumentHead Head() const;
  std::string ColumnTitle(AmountColumn column) const;
  DocumentRow DocumentRowOf(const StatementRow& row) const;
  DocumentRow ProblemOf(const Misplaced& misplaced) const;
  DocumentFoot Foot() const;

  const Statement& statement_;
  const StatementDefinition& definition_;
  const Figures& figures_;
  const DocumentFrame& frame_;
  const BookSnapshot& book_;
};

bool StatementWriter::HasNotes() const {
  for (const StatementRow& row : statement_.rows) {
    if (!definition_.lines[row.line].note.empty()) return true;
  }
  return false;
}

int StatementWriter::Scale() const {
  for (const StatementRow& row : statement_.rows) {
    for (const Decimal& amount : row.amounts) {
      if (amount.MinimalScale() > 0) return currency().scale;
    }
  }
  return 0;
}

std::string StatementWriter::ColumnTitle(AmountColumn column) const {
  const PeriodFigures& period = figures_.periods[column.period];
  const std::string when = PeriodHeading({period.from, period.to}, frame_.language);
  if (definition_.columns.size() == 1) return when;
  return absl::StrCat(when, "\n", definition_.columns[column.column].label.In(frame_.language));
}

DocumentHead StatementWriter::Head() const {
  DocumentHead head;
  head.name = definition_.id;
  head.language = frame_.language;
  head.organization = frame_.organization;
  head.title = definition_.title.In(frame_.language);
  std::vector<DateRange> periods;
  for (const PeriodFigures& period : figures_.periods) periods.push_back({period.from, period.to});
  head.subtitle = definition_.at_a_day ? AtDaysInWords(periods, frame_.language)
                                       : PeriodsInWords(periods, frame_.language);
  const std::string& code = currency().code;
  head.unit = code == "IDR" ? Say("(Dinyatakan dalam rupiah)", "(In Indonesian rupiah)")
                            : absl::StrCat(Say("(Dinyatakan dalam ", "(In "), code, ")");
  head.marks = frame_.marks;
  head.columns.push_back({"line", Say("Uraian", "Description"), ColumnKind::kLabel, 0, 0});
  if (HasNotes()) {
    head.columns.push_back({"note", Say("Catatan", "Note"), ColumnKind::kText, kNoteWidth, 0});
  }
  const int scale = Scale();
  for (const AmountColumn& column : statement_.columns) {
    head.columns.push_back({ColumnKey(definition_, column), ColumnTitle(column),
                            ColumnKind::kAmount, kAmountWidth, scale});
  }
  return head;
}

DocumentRow StatementWriter::DocumentRowOf(const StatementRow& row) const {
  const StatementLine& line = definition_.lines[row.line];
  DocumentRow out;
  out.id = row.id;
  out.indent = line.indent;
  out.terms = row.terms;
  switch (line.kind) {
    case LineKind::kHeading:
      out.style = RowStyle::kHeading;
      break;
    case LineKind::kText:
      out.style = RowStyle::kParagraph;
      break;
    case LineKind::kAmount:
      out.style = RowStyle::kLine;
      break;
    case LineKind::kTotal:
      out.style = line.is_final ? RowStyle::kTotal : RowStyle::kSubtotal;
      break;
  }
  out.cells.emplace_back(row.label.In(frame_.language));
  if (HasNotes()) out.cells.emplace_back(line.note);
  for (const Decimal& amount : row.amounts) out.cells.emplace_back(amount);
  return out;
}

DocumentRow StatementWriter::ProblemOf(const Misplaced& misplaced) const {
  const BookSnapshot& book = *figures_.books[misplaced.book];
  const Account& account = *book.FindAccount(misplaced.account);
  const std::string what =
      misplaced.lines == 0 ? Say("Tidak ada dalam laporan ini: ", "In no line of this statement: ")
                           : Say("Dihitung lebih dari sekali: ", "Counted more than once: ");
  const std::string& name =
      frame_.language == Language::kIndonesian && !account.display_name_id.empty()
          ? account.display_name_id
          : account.display_name;
  DocumentRow out;
  out.style = RowStyle::kProblem;
  out.cells.emplace_back(absl::StrCat(what, account.code, " ", name, ", ",
                                      book.FindFund(misplaced.fund)->display_name));
  if (HasNotes()) out.cells.emplace_back(std::monostate());
  for (const AmountColumn& column : statement_.columns) {
    // In the first column of its period; the classes are not told apart here.
    if (column.period == misplaced.period && column.column == 0) {
      out.cells.emplace_back(misplaced.amount);
    } else {
      out.cells.emplace_back(std::monostate());
    }
  }
  return out;
}

DocumentFoot StatementWriter::Foot() const {
  DocumentFoot foot;
  for (const EvaluatedCheck& check : statement_.checks) {
    std::string label = check.label.In(frame_.language);
    if (statement_.columns.size() > 1) {
      const PeriodFigures& period = figures_.periods[check.column.period];
      absl::StrAppend(&label, " (", PeriodHeading({period.from, period.to}, frame_.language));
      if (definition_.columns.size() > 1) {
        absl::StrAppend(&label, ", ",
                        definition_.columns[check.column.column].label.In(frame_.language));
      }
      label += ")";
    }
    foot.checks.push_back({std::move(label), check.left, check.right});
  }
  foot.place_and_date = frame_.place_and_date;
  foot.signatures = frame_.signatures;
  foot.provenance.push_back(absl::StrCat(Say("Dasar: ", "Basis: "),
                                         definition_.legal_basis.In(frame_.language), "; ",
                                         definition_.id, " v", definition_.version));
  foot.provenance.insert(foot.provenance.end(), frame_.provenance.begin(), frame_.provenance.end());
  foot.checkpoint = frame_.checkpoint;
  return foot;
}

}  // namespace

std::string ColumnKey(const StatementDefinition& definition, AmountColumn column) {
  const std::string& id = definition.columns[column.column].id;
  return column.period == 0 ? id : absl::StrCat("previous-", id);
}

absl::Status WriteStatement(const Statement& statement, const Figures& figures,
                            const DocumentFrame& frame, DocumentWriter& writer) {
  return StatementWriter(statement, figures, frame).Write(writer);
}

}  // namespace lumbung::reports
