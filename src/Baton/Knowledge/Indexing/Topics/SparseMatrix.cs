using System.Numerics.Tensors;

namespace Baton.Knowledge.Indexing.Topics;

/// <summary>Rows of (column, weight), for the products that a truncated decomposition needs.</summary>
internal sealed class SparseMatrix(int columns)
{
    private readonly List<List<(int Column, float Weight)>> _rows = [];

    public int Rows => _rows.Count;

    public void Add(List<(int Column, float Weight)> row) => _rows.Add(row);

    /// <summary>This matrix times a dense one. Rows are independent, so threads do not change the result.</summary>
    public DenseMatrix Times(DenseMatrix right)
    {
        var product = new DenseMatrix(Rows, right.Width);
        Parallel.For(0, Rows, i =>
        {
            var target = product.Row(i);
            foreach (var (column, weight) in _rows[i])
                TensorPrimitives.MultiplyAdd(right.Row(column), weight, target, target);
        });
        return product;
    }

    /// <summary>The transposed matrix times a dense one.</summary>
    public DenseMatrix TransposedTimes(DenseMatrix right)
    {
        var product = new DenseMatrix(columns, right.Width);
        for (var i = 0; i < Rows; i++)
        {
            foreach (var (column, weight) in _rows[i])
            {
                var target = product.Row(column);
                TensorPrimitives.MultiplyAdd(right.Row(i), weight, target, target);
            }
        }
        return product;
    }
}
