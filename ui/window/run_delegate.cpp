#include "ui/window/run_delegate.h"

#include "ui/run/run_list_model.h"
#include "ui/window/app_style.h"

#include <QMouseEvent>
#include <QPainter>

namespace initlens::ui {

namespace {

constexpr int rowHeight = 42;
constexpr int textLeft = 32;
constexpr int eyeSize = 16;
constexpr int eyeMargin = 10;
constexpr int smallText = 11;

QRect eyeRect(const QRect& row)
{
    return {row.right() - eyeMargin - eyeSize, row.center().y() - eyeSize / 2, eyeSize, eyeSize};
}

QRect nameRect(const QRect& row)
{
    return {row.left() + textLeft, row.top() + 4, row.width() - textLeft - eyeSize - 2 * eyeMargin,
            18};
}

} // namespace

RunDelegate::RunDelegate(QObject* parent) : QStyledItemDelegate(parent)
{
    setTheme(lightChartTheme());
}

void RunDelegate::setTheme(const ChartTheme& theme)
{
    m_theme = theme;
    m_eye = themedIcon(QStringLiteral("eye"), theme.mutedText);
    m_hiddenEye = themedIcon(QStringLiteral("eye_hidden"), theme.mutedText);
}

void RunDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const
{
    const QRect row = option.rect;
    const bool visible = index.data(RunListModel::VisibleRole).toBool();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state.testFlag(QStyle::State_Selected) ||
        index.data(RunListModel::CurrentRole).toBool()) {
        QColor background = m_theme.accent;
        background.setAlphaF(option.state.testFlag(QStyle::State_Selected) ? 0.14F : 0.07F);
        painter->setPen(Qt::NoPen);
        painter->setBrush(background);
        painter->drawRoundedRect(row.adjusted(1, 1, -1, -1), 5, 5);
    }
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(m_theme.accent);
        painter->drawRoundedRect(QRectF(row).adjusted(1.5, 1.5, -1.5, -1.5), 5, 5);
    }

    painter->setOpacity(visible ? 1.0 : 0.45);
    const auto style = seriesStyle(m_theme, index.data(RunListModel::StyleRole).toInt());
    const QPointF centre(row.left() + 16.0, row.center().y() + 0.5);
    drawMarker(*painter, style.marker, centre, 9, style.colour);

    const QRect name = nameRect(row);
    painter->setPen(m_theme.text);
    painter->drawText(
        name, Qt::AlignLeft | Qt::AlignVCenter,
        option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, name.width()));
    QFont small = option.font;
    small.setPixelSize(smallText);
    painter->setFont(small);
    painter->setPen(m_theme.mutedText);
    const QRect detail = name.translated(0, name.height() - 1);
    painter->drawText(
        detail, Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetrics(small).elidedText(index.data(RunListModel::DetailRole).toString(),
                                       Qt::ElideRight, detail.width()));
    painter->setOpacity(1);
    (visible ? m_eye : m_hiddenEye).paint(painter, eyeRect(row));
    painter->restore();
}

QSize RunDelegate::sizeHint(const QStyleOptionViewItem& /*option*/,
                            const QModelIndex& /*index*/) const
{
    return {120, rowHeight};
}

void RunDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                       const QModelIndex& /*index*/) const
{
    editor->setGeometry(nameRect(option.rect).adjusted(-6, -3, 0, 8));
}

bool RunDelegate::editorEvent(QEvent* event, QAbstractItemModel* model,
                              const QStyleOptionViewItem& option, const QModelIndex& index)
{
    if (event->type() == QEvent::MouseButtonRelease || event->type() == QEvent::MouseButtonPress) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        constexpr int reach = 6;
        if (eyeRect(option.rect).adjusted(-reach, -reach, reach, reach).contains(mouse->pos())) {
            if (event->type() == QEvent::MouseButtonRelease) {
                model->setData(index, !index.data(RunListModel::VisibleRole).toBool(),
                               RunListModel::VisibleRole);
            }
            return true;
        }
    }
    return QStyledItemDelegate::editorEvent(event, model, option, index);
}

} // namespace initlens::ui
