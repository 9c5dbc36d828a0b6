using System.Numerics.Tensors;

namespace Baton.Knowledge.Indexing.Topics;

/// <summary>A tall, narrow matrix, stored by rows.</summary>
internal sealed class DenseMatrix(int rows, int width)
{
    private readonly float[] _cells = new float[rows * width];

    public int Width => width;

    public Span<float> Row(int row) => _cells.AsSpan(row * width, width);

    public static DenseMatrix Random(int rows, int width, int seed)
    {
        var matrix = new DenseMatrix(rows, width);
        var random = new Random(seed);
        for (var i = 0; i < matrix._cells.Length; i++) matrix._cells[i] = random.NextSingle() * 2 - 1;
        return matrix;
    }

    /// <summary>
    /// Replaces the columns by an orthonormal basis of what they span (Cholesky QR, in double precision).
    /// </summary>
    public void Orthonormalize()
    {
        var gram = Gram();
        var ridge = 1e-10 * Math.Max(1e-30, Enumerable.Range(0, width).Max(i => gram[i, i]));
        for (var j = 0; j < width; j++)
        {
            for (var i = j; i < width; i++)
            {
                var sum = gram[i, j];
                for (var k = 0; k < j; k++) sum -= gram[i, k] * gram[j, k];
                gram[i, j] = i == j ? Math.Sqrt(Math.Max(sum, ridge)) : sum / gram[j, j];
            }
        }
        Parallel.For(0, rows, r =>
        {
            var row = Row(r);
            for (var j = 0; j < row.Length; j++)
            {
                double value = row[j];
                for (var k = 0; k < j; k++) value -= row[k] * gram[j, k];
                row[j] = (float)(value / gram[j, j]);
            }
        });
    }

    /// <summary>
    /// The directions of greatest variance, rotated and scaled to length one over the rows: for columns that are
    /// <c>Aᵀ·Q</c> with orthonormal Q, the right singular vectors of A. Stored by rows, <paramref name="count"/> wide.
    /// </summary>
    public float[] LeadingDirections(int count)
    {
        var (values, vectors) = SymmetricEigen.Of(Gram());
        var order = Enumerable.Range(0, width).OrderByDescending(i => values[i]).Take(count).ToArray();
        var rotation = new float[count][];
        for (var j = 0; j < count; j++)
        {
            var scale = 1 / Math.Sqrt(Math.Max(values[order[j]], 1e-12));
            rotation[j] = [.. Enumerable.Range(0, width).Select(i => (float)(vectors[i, order[j]] * scale))];
        }
        var directions = new float[rows * count];
        for (var row = 0; row < rows; row++)
            for (var j = 0; j < count; j++)
                directions[row * count + j] = TensorPrimitives.Dot<float>(Row(row), rotation[j]);
        return directions;
    }

    private double[,] Gram()
    {
        var sums = new double[width * width];
        var wide = new double[width];
        for (var r = 0; r < rows; r++)
        {
            TensorPrimitives.ConvertTruncating<float, double>(Row(r), wide);
            for (var i = 0; i < width; i++)
            {
                var target = sums.AsSpan(i * width, i + 1);
                TensorPrimitives.MultiplyAdd(wide.AsSpan(0, i + 1), wide[i], target, target);
            }
        }
        var gram = new double[width, width];
        for (var i = 0; i < width; i++)
            for (var j = 0; j < width; j++) gram[i, j] = sums[Math.Max(i, j) * width + Math.Min(i, j)];
        return gram;
    }
}
