"""How it looks: colours for a light and a dark desktop, the grid, and the icons."""

import html
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from captioner import paths
from captioner.ui.colours import APPEARANCES, DARK, LIGHT, Colours

GRID = 8
PADDING = 4
"""Inside of boxes, above and below the text."""
SCROLL_BAR = 12


_chosen = ""


def colours() -> Colours:
    is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return APPEARANCES.get(_chosen) or (DARK if is_dark else LIGHT)


def install(application: QApplication, appearance: str = "") -> None:
    """`appearance` is light or dark; anything else follows the desktop from here on."""
    global _chosen
    _chosen = appearance
    application.setStyle("Fusion")
    application.styleHints().colorSchemeChanged.connect(lambda _scheme: _apply(application))
    _apply(application)


def _apply(application: QApplication) -> None:
    application.setPalette(_palette(colours()))
    application.setStyleSheet(_sheet(colours()) + _findings(colours()) + _scroll_bars(colours()))


def _palette(c: Colours) -> QPalette:
    role, palette = QPalette.ColorRole, QPalette()
    for each, colour in {
        role.Window: c.window, role.Base: c.base, role.AlternateBase: c.window, role.Button: c.window,
        role.WindowText: c.text, role.Text: c.text, role.ButtonText: c.text, role.ToolTipBase: c.base,
        role.ToolTipText: c.text, role.PlaceholderText: c.quiet, role.Highlight: c.accent,
        role.HighlightedText: c.on_accent, role.Link: c.accent, role.Mid: c.line, role.Midlight: c.line,
        role.Dark: c.line, role.Light: c.base, role.Shadow: c.line, role.Accent: c.accent,
    }.items():  # fmt: skip
        palette.setColor(each, QColor(colour))
    for each in (role.Text, role.WindowText, role.ButtonText):
        faded = QColor(c.quiet)
        faded.setAlpha(140)
        palette.setColor(QPalette.ColorGroup.Disabled, each, faded)
    return palette


def _buttons(c: Colours) -> str:
    return f"""
    QToolButton#mark, QToolButton#batch {{ border: 1px solid transparent; border-radius: 4px; padding: 0 4px; }}
    QToolButton#mark {{ color: {c.warning}; font-weight: 600; }}
    QToolButton#batch {{ color: {c.quiet}; }}
    QToolButton#mark:hover, QToolButton#mark:focus, QToolButton#batch:hover, QToolButton#batch:focus
      {{ border-color: {c.accent}; }}
    QToolButton#mark::menu-indicator, QToolButton#batch::menu-indicator {{ image: none; width: 0; }}
    QComboBox[on="true"], QLineEdit[on="true"] {{ border: 1px solid {c.accent}; }}
    QToolButton#chain {{ border: 1px solid transparent; border-radius: 4px; color: {c.quiet}; padding: 1px 2px; }}
    QToolButton#offer {{ border: 1px solid {c.line}; border-radius: 4px; padding: 1px 6px; }}
    QToolButton#offer:hover {{ background: {c.notice}; }}
    QToolButton#chain:focus, QToolButton#offer:focus {{ border-color: {c.accent}; }}
    QToolButton#section {{ border: 1px solid transparent; border-radius: 4px; font-weight: 600; padding: 2px; }}
    QToolButton#section:focus {{ border-color: {c.accent}; }}
    QToolButton#tool {{ border: 1px solid {c.line}; border-radius: 4px; padding: 3px 8px; }}
    QToolButton#tool:hover {{ background: {c.notice}; }}
    QToolButton#tool:focus {{ border-color: {c.accent}; }}
    QToolButton#tool:disabled {{ color: {c.line}; }}
    """


def _tables(c: Colours) -> str:
    return f"""
    QTableView#pairs {{ border: 1px solid {c.line}; border-radius: 4px; outline: 0; }}
    QTableView#pairs:focus {{ border-color: {c.accent}; }}
    QTableView#pairs QHeaderView::section {{ background: {c.window}; color: {c.quiet}; border: 0;
      border-bottom: 1px solid {c.line}; padding: 4px 8px; }}
    QListView#plan {{ border: 1px solid {c.line}; border-radius: 4px; }}
    QListView#plan:focus {{ border-color: {c.accent}; }}
    QFrame#restriction {{ background: {c.notice}; border: 1px solid {c.error}; border-radius: 4px; }}
    """


def _sheet(c: Colours) -> str:
    return f"""{_buttons(c)}{_tables(c)}
    QMainWindow::separator, QSplitter::handle {{ background: {c.line}; }}
    QToolBar {{ border: 0; border-bottom: 1px solid {c.line}; padding: 4px 8px; spacing: 4px; }}
    QToolBar QToolButton {{ padding: 4px 8px; border-radius: 4px; border: 1px solid transparent; }}
    QToolBar QToolButton[popupMode="2"] {{ padding-right: 20px; }}
    QToolBar QToolButton::menu-indicator {{ subcontrol-position: center right; right: 6px; }}
    QToolBar QToolButton:hover {{ background: {c.notice}; }}
    QToolBar QToolButton:focus {{ border-color: {c.accent}; }}
    QStatusBar {{ border-top: 1px solid {c.line}; color: {c.quiet}; }}
    QStatusBar::item {{ border: 0; }}
    QLineEdit, QPlainTextEdit {{ border: 1px solid {c.line}; border-radius: 4px; padding: {PADDING}px 6px; }}
    QPlainTextEdit, QPlainTextEdit > QWidget {{ background: {c.base}; }}
    QLineEdit:focus, QPlainTextEdit:focus {{ border-color: {c.accent}; }}
    QLineEdit[refused="true"], QPlainTextEdit[refused="true"] {{ border-color: {c.error}; }}
    QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"], QLineEdit:disabled, QPlainTextEdit:disabled
      {{ background: {c.window}; }}
    QListView {{ border: 0; outline: 0; }}
    QScrollArea {{ border: 0; }}
    QCheckBox::indicator {{ width: 14px; height: 14px; border: 1px solid {c.quiet}; border-radius: 3px;
      background: {c.base}; }}
    QCheckBox::indicator:checked {{ background: {c.accent}; border-color: {c.accent}; image: url("{_tick()}"); }}
    QCheckBox::indicator:indeterminate {{ background: {c.quiet}; border-color: {c.quiet}; }}
    QCheckBox::indicator:focus {{ border-color: {c.accent}; }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QLabel#counter, QLabel#quiet {{ color: {c.quiet}; }}
    QLabel#counter[over="true"], QLabel#warning {{ color: {c.warning}; }}
    QLabel#trouble {{ color: {c.error}; }}
    QLabel#title {{ font-weight: 600; }}
    QFrame#notice {{ background: {c.notice}; border: 0; border-bottom: 1px solid {c.line}; }}
    """


def _findings(c: Colours) -> str:
    """The panel, and the board of the set."""
    return f"""
    QToolButton#board {{ color: {c.quiet}; border: 1px solid transparent; border-radius: 4px; padding: 1px 6px; }}
    QToolButton#board[due="rest"] {{ color: {c.text}; }}
    QToolButton#board[due="problem"] {{ color: {c.warning}; }}
    QToolButton#board:hover, QToolButton#quiet:hover {{ background: {c.notice}; }}
    QToolButton#board:checked {{ background: {c.selection}; border-color: {c.accent}; }}
    QToolButton#board:focus, QToolButton#quiet:focus {{ border-color: {c.accent}; }}
    QToolButton#quiet {{ border: 1px solid {c.line}; border-radius: 4px; padding: {PADDING - 1}px {GRID}px; }}
    QToolButton#quiet:disabled {{ color: {c.scroll}; }}
    QTableView#findings {{ border: 0; border-top: 1px solid {c.line}; border-bottom: 1px solid {c.line}; outline: 0; }}
    """


def _scroll_bars(c: Colours) -> str:
    return f"""
    QScrollBar {{ background: transparent; border: 0; }}
    QScrollBar:vertical {{ width: {SCROLL_BAR}px; }}
    QScrollBar:horizontal {{ height: {SCROLL_BAR}px; }}
    QScrollBar::handle {{ background: {c.scroll}; border-radius: 4px; margin: 2px; min-width: 32px; min-height: 32px; }}
    QScrollBar::handle:hover {{ background: {c.quiet}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """


def plain(text: str) -> str:
    """For a tooltip: a caption that looks like HTML is shown as it is written."""
    return f"<qt>{html.escape(text)}</qt>".replace("\n", "<br>") if text else ""


def _tick() -> str:
    return (paths.resources() / "icons" / "tick.svg").as_posix()


def icon(name: str) -> QIcon:
    """One of resources/icons, in the colour of the text and crisp at every scale."""
    return QIcon(_Drawn(name, colours()))


class _Drawn(QIconEngine):
    """Drawn when it is shown, at the size and scale that it is shown at."""

    def __init__(self, name: str, held: Colours) -> None:
        super().__init__()
        self._name, self._colours = name, held

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        draw_icon(painter, rect, self._name, self._colour(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        return _drawn(self._name, self._colour(mode), size.width())

    def _colour(self, mode: QIcon.Mode) -> str:
        return self._colours.line if mode == QIcon.Mode.Disabled else self._colours.text

    def clone(self) -> QIconEngine:
        return _Drawn(self._name, self._colours)


def draw_icon(painter: QPainter, place: QRect, name: str, colour: str) -> None:
    """Crisp at the scale of what is painted on."""
    device = painter.device()
    ratio = device.devicePixelRatioF() if device else 1.0
    painter.drawPixmap(place, _drawn(name, colour, round(place.width() * ratio)))


@lru_cache(maxsize=256)
def _drawn(name: str, colour: str, size: int) -> QPixmap:
    svg = (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
