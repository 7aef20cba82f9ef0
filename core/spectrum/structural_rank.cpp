#include "core/spectrum/structural_rank.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace initlens::spectrum {

namespace {

constexpr Index none = -1;

/// Matches columns to rows one after the other along augmenting paths, found breadth first.
class Matching {
public:
    template <class T>
    Matching(const Matrix<T>& matrix, const Execution& execution)
        : m_rowOf(static_cast<std::size_t>(matrix.cols()), none),
          m_columnOf(static_cast<std::size_t>(matrix.rows()), none),
          m_reachedFrom(static_cast<std::size_t>(matrix.rows()), none)
    {
        m_begin.reserve(static_cast<std::size_t>(matrix.cols()) + 1);
        m_begin.push_back(0);
        for (Index column = 0; column < matrix.cols() && !execution.stopRequested(); ++column) {
            for (Index row = 0; row < matrix.rows(); ++row) {
                if (matrix(row, column) != 0) {
                    m_rows.push_back(row);
                }
            }
            m_begin.push_back(m_rows.size());
        }
    }

    Index size(const Execution& execution)
    {
        Index matched = 0;
        const auto columns = static_cast<Index>(m_begin.size()) - 1;
        for (Index column = 0; column < columns && !execution.stopRequested(); ++column) {
            matched += addColumn(column) ? 1 : 0;
        }
        return matched;
    }

private:
    bool addColumn(Index start)
    {
        m_queue.assign(1, start);
        m_reached.clear();
        for (std::size_t head = 0; head < m_queue.size(); ++head) {
            const Index column = m_queue[head];
            const auto begin = m_begin[static_cast<std::size_t>(column)];
            const auto end = m_begin[static_cast<std::size_t>(column) + 1];
            for (std::size_t k = begin; k < end; ++k) {
                const auto row = static_cast<std::size_t>(m_rows[k]);
                if (m_reachedFrom[row] != none) {
                    continue;
                }
                m_reachedFrom[row] = column;
                m_reached.push_back(m_rows[k]);
                if (m_columnOf[row] == none) {
                    augment(m_rows[k]);
                    for (const Index reached : m_reached) {
                        m_reachedFrom[static_cast<std::size_t>(reached)] = none;
                    }
                    return true;
                }
                m_queue.push_back(m_columnOf[row]);
            }
        }
        // Rows from which no free row is reached stay marked: no later path leads through them.
        return false;
    }

    void augment(Index row)
    {
        while (row != none) {
            const Index column = m_reachedFrom[static_cast<std::size_t>(row)];
            m_columnOf[static_cast<std::size_t>(row)] = column;
            row = std::exchange(m_rowOf[static_cast<std::size_t>(column)], row);
        }
    }

    std::vector<std::size_t> m_begin; ///< where a column's rows begin in m_rows
    std::vector<Index> m_rows;
    std::vector<Index> m_rowOf;
    std::vector<Index> m_columnOf;
    std::vector<Index> m_reachedFrom;
    std::vector<Index> m_queue;
    std::vector<Index> m_reached;
};

template <class T>
bool hasZeros(const Matrix<T>& matrix, const Execution& execution)
{
    for (Index column = 0; column < matrix.cols() && !execution.stopRequested(); ++column) {
        if ((matrix.col(column).array() == 0).any()) {
            return true;
        }
    }
    return false;
}

} // namespace

template <class T>
Structure structureOf(const Matrix<T>& matrix, const Execution& execution)
{
    if (!hasZeros(matrix, execution)) {
        return {.rank = std::min(matrix.rows(), matrix.cols()), .hasZeros = false};
    }
    return {.rank = Matching(matrix, execution).size(execution), .hasZeros = true};
}

template Structure structureOf(const Matrix<float>&, const Execution&);
template Structure structureOf(const Matrix<double>&, const Execution&);

} // namespace initlens::spectrum
