#include "ui/window/lesson_panel.h"

#include "ui/window/lesson_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTextBrowser>
#include <QToolButton>
#include <QVBoxLayout>

namespace initlens::ui {

LessonPanel::LessonPanel(QWidget* parent)
    : QDockWidget(tr("Lesson"), parent), m_title(new QLabel), m_place(new QLabel),
      m_text(new QTextBrowser), m_back(new QPushButton(tr("Back"))), m_next(new QPushButton),
      m_theme(lightChartTheme())
{
    setObjectName(QStringLiteral("lessonPanel"));
    setFeatures(DockWidgetClosable);
    setAllowedAreas(Qt::RightDockWidgetArea);
    setTitleBarWidget(new QWidget(this)); // the lesson has a heading of its own
    build();
    connect(m_text, &QTextBrowser::anchorClicked, this,
            [this](const QUrl& url) { Q_EMIT linkActivated(url.toString()); });
    connect(m_back, &QPushButton::clicked, this, &LessonPanel::goBack);
    connect(m_next, &QPushButton::clicked, this, &LessonPanel::goOn);
}

void LessonPanel::build()
{
    auto* form = new QWidget(this);
    form->setObjectName(QStringLiteral("lessonForm"));
    m_title->setParent(form);
    m_title->setObjectName(QStringLiteral("lessonTitle"));
    m_title->setProperty("heading", true);
    m_title->setWordWrap(true);
    m_place->setParent(form);
    m_place->setObjectName(QStringLiteral("lessonPlace"));
    m_place->setProperty("quiet", true);
    m_text->setParent(form);
    m_text->setObjectName(QStringLiteral("lessonText"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setOpenLinks(false);
    m_text->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_text->document()->setDocumentMargin(0);
    m_text->document()->setIndentWidth(16);
    m_back->setParent(form);
    m_back->setObjectName(QStringLiteral("lessonBack"));
    m_next->setParent(form);
    m_next->setObjectName(QStringLiteral("lessonNext"));
    auto* close = new QToolButton(form);
    close->setObjectName(QStringLiteral("lessonClose"));
    close->setText(tr("Close"));
    close->setProperty("link", true);
    close->setAccessibleName(tr("Close the lesson"));
    connect(close, &QToolButton::clicked, this, &QWidget::close);

    auto* top = new QHBoxLayout;
    top->setContentsMargins(9, 0, 4, 0);
    top->addWidget(m_title, 1);
    top->addWidget(close, 0, Qt::AlignTop);
    auto* bottom = new QHBoxLayout;
    bottom->setContentsMargins(9, 0, 9, 0);
    bottom->addWidget(m_back);
    bottom->addStretch(1);
    bottom->addWidget(m_next);
    auto* layout = new QVBoxLayout(form);
    layout->setContentsMargins(10, 12, 10, 12);
    layout->setSpacing(6);
    layout->addLayout(top);
    auto* place = new QHBoxLayout;
    place->setContentsMargins(9, 0, 0, 0);
    place->addWidget(m_place);
    layout->addLayout(place);
    layout->addWidget(m_text, 1);
    layout->addLayout(bottom);
    setWidget(form);
}

void LessonPanel::setLesson(const teaching::Lesson& lesson)
{
    m_lesson = lesson;
    const QString title = QString::fromStdString(lesson.title);
    m_title->setText(title);
    setWindowTitle(title);
    showStep(0, false);
    m_text->setFocus();
}

void LessonPanel::setTheme(const ChartTheme& theme)
{
    m_theme = theme;
    if (!m_lesson.steps.empty()) {
        render();
    }
}

bool LessonPanel::hidesAnswer() const
{
    return !m_answered && !m_lesson.steps[m_step].answer.empty();
}

void LessonPanel::goOn()
{
    if (hidesAnswer()) {
        showStep(m_step, true);
    } else if (isLast()) {
        close();
    } else {
        showStep(m_step + 1, false);
    }
}

void LessonPanel::goBack()
{
    showStep(m_step > 0 ? m_step - 1 : 0, true);
}

void LessonPanel::showStep(std::size_t step, bool answered)
{
    m_step = step;
    m_answered = answered;
    const auto count = m_lesson.steps.size();
    m_place->setText(tr("Step %1 of %2").arg(step + 1).arg(count));
    m_text->setAccessibleName(tr("Lesson %1, step %2 of %3")
                                  .arg(QString::fromStdString(m_lesson.title))
                                  .arg(step + 1)
                                  .arg(count));
    m_back->setEnabled(step > 0);
    m_next->setText(hidesAnswer() ? tr("Show the answer")
                    : isLast()    ? tr("Close the lesson")
                                  : tr("Next step"));
    render();
}

void LessonPanel::render()
{
    showLessonStep(*m_text, m_lesson.steps[m_step], m_answered, m_theme);
}

} // namespace initlens::ui
