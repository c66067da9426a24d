"""How a row of the findings panel is drawn: a heading, or severity, sentence, field and fix in two lines."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from captioner.core.checks import Finding
from captioner.ui import theme
from captioner.ui.findings_model import ROW, FindingsModel, Heading, Index, Row, field_name

_ICON = 2 * theme.GRID
LOOKS = {"info": ("info", "quiet"), "warning": ("warning", "warning"), "error": ("error", "error")}
"""Icon and colour of each severity."""
_LONGEST, _MOST = 40, 1000
"""Characters of a fix, and of a sentence: more are in the tooltip."""
_LEAST = 8 * theme.GRID
_SLACK = 2
"""Pixels by which Qt elides what just fits."""
_WRAPPED = QTextOption()
_WRAPPED.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading


class FindingRows(QStyledItemDelegate):
    def __init__(self, model: FindingsModel) -> None:
        super().__init__(model)
        self.model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        c = theme.colours()
        painter.save()
        ground = c.selection if is_selected else c.window if isinstance(row, Heading) else c.base
        painter.fillRect(option.rect, QColor(ground))
        if is_selected:
            bar = QRect(option.rect.topLeft(), QSize(theme.GRID // 2, option.rect.height()))
            painter.fillRect(QStyle.visualRect(option.direction, option.rect, bar), QColor(c.accent))
        if isinstance(row, Heading):
            self._paint_heading(painter, option, row)
        else:
            self._paint_finding(painter, option, row, index.data())
        painter.setPen(QColor(c.line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, row: Heading) -> None:
        area, c = _area(option.rect), theme.colours()
        count = QRect(area.right() - 5 * theme.GRID, area.top(), 5 * theme.GRID, area.height())
        painter.setPen(QColor(c.quiet))
        aligned = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing
        painter.drawText(QStyle.visualRect(option.direction, option.rect, count), aligned, str(row.findings))
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(c.text))
        self._paint_line(painter, option, area.adjusted(0, 0, -6 * theme.GRID, 0), self.model.heading(row))

    def _paint_finding(self, painter: QPainter, option: QStyleOptionViewItem, finding: Finding, sentence: str) -> None:
        area, c = _area(option.rect), theme.colours()
        icon, colour = LOOKS[finding.severity]
        place = QRect(area.left(), area.top() + 1, _ICON, _ICON)
        place = QStyle.visualRect(option.direction, option.rect, place)
        theme.draw_icon(painter, place, icon, getattr(c, colour))
        line = option.fontMetrics.lineSpacing()
        text = area.adjusted(_ICON + theme.GRID, 0, 0, 0)
        above = QRect(text.left(), text.top(), text.width(), line)
        below = above.translated(0, line + 1)
        first, rest = broken(sentence, painter.font(), text.width() - _SLACK)
        painter.setPen(QColor(c.text))
        self._paint_line(painter, option, above, first)
        self._paint_line(painter, option, below, rest)
        self._paint_place(painter, option, below, finding, painter.fontMetrics().horizontalAdvance(rest))

    def _paint_place(
        self, painter: QPainter, option: QStyleOptionViewItem, line: QRect, finding: Finding, taken: int
    ) -> None:
        """Below the sentence, or behind it where it takes two lines and leaves room."""
        parts = [field_name(finding), self.model.fix(finding, _LONGEST)]
        line = line.adjusted(taken + theme.GRID if taken else 0, 0, 0, 0)
        if line.width() >= _LEAST:
            is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setPen(QColor(theme.colours().text if is_selected else theme.colours().quiet))
            told = filter(None, parts)
            self._paint_line(painter, option, line, "  ·  ".join(["", *told] if taken else told).strip())

    def _paint_line(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(QStyle.visualRect(option.direction, option.rect, area), _LINE, shown)


def broken(text: str, font: QFont, width: int) -> tuple[str, str]:
    """What stands in the first line of that width, and the rest."""
    text = " ".join(text[:_MOST].split())
    layout = QTextLayout(text, font)
    layout.setTextOption(_WRAPPED)
    layout.beginLayout()
    line = layout.createLine()
    if not line.isValid():
        return text, ""
    line.setLineWidth(width)
    layout.endLayout()
    end = 2 * line.textLength()  # Qt counts UTF-16
    units = text.encode("utf-16-le", "surrogatepass")
    first, rest = (each.decode("utf-16-le", "surrogatepass").strip() for each in (units[:end], units[end:]))
    return first, rest


def height(line: int) -> int:
    """Of a row with two lines of text, on the grid."""
    return -(-(2 * line + theme.GRID) // theme.GRID) * theme.GRID


def _area(row: QRect) -> QRect:
    return row.adjusted(2 * theme.GRID, theme.GRID // 2, -2 * theme.GRID, -theme.GRID // 2)
