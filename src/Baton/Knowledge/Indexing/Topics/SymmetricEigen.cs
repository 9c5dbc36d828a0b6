namespace Baton.Knowledge.Indexing.Topics;

/// <summary>Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi rotations.</summary>
internal static class SymmetricEigen
{
    private const int MostSweeps = 40;

    /// <summary>The input is overwritten; vectors are the columns of the second result.</summary>
    public static (double[] Values, double[,] Vectors) Of(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var vectors = new double[n, n];
        for (var i = 0; i < n; i++) vectors[i, i] = 1;
        for (var sweep = 0; sweep < MostSweeps && OffDiagonal(matrix, n) > 1e-18; sweep++)
        {
            for (var p = 0; p < n; p++)
                for (var q = p + 1; q < n; q++) Rotate(matrix, vectors, p, q, n);
        }
        return ([.. Enumerable.Range(0, n).Select(i => matrix[i, i])], vectors);
    }

    private static void Rotate(double[,] a, double[,] vectors, int p, int q, int n)
    {
        if (Math.Abs(a[p, q]) < 1e-15) return;
        var theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        var t = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        var c = 1 / Math.Sqrt(t * t + 1);
        var s = t * c;
        for (var i = 0; i < n; i++) (a[i, p], a[i, q]) = (c * a[i, p] - s * a[i, q], s * a[i, p] + c * a[i, q]);
        for (var i = 0; i < n; i++) (a[p, i], a[q, i]) = (c * a[p, i] - s * a[q, i], s * a[p, i] + c * a[q, i]);
        for (var i = 0; i < n; i++)
            (vectors[i, p], vectors[i, q]) =
            (c * vectors[i, p] - s * vectors[i, q], s * vectors[i, p] + c * vectors[i, q]);
    }

    private static double OffDiagonal(double[,] a, int n)
    {
        var sum = 0.0;
        for (var i = 0; i < n; i++)
            for (var j = i + 1; j < n; j++) sum += a[i, j] * a[i, j];
        return sum;
    }
}
