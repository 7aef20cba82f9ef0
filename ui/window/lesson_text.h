#pragma once

#include "core/teaching/lesson.h"
#include "ui/charts/chart_theme.h"

class QTextBrowser;

namespace initlens::ui {

/// Fills the browser with a step, with its answer or without, in the theme's colours. The answer
/// comes into view, else the beginning.
void showLessonStep(QTextBrowser& browser, const teaching::LessonStep& step, bool answered,
                    const ChartTheme& theme);

} // namespace initlens::ui
