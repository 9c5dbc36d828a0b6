using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Baton.Text.Learning;

/// <summary>
/// Weighted sums of rows of a table: what scoring a sparse vector is. Sums stay in registers while the rows stream by,
/// instead of being read and written once per row.
/// </summary>
internal static class RowSums
{
    private const int Lanes = 16, Block = 4 * Lanes;

    /// <summary>
    /// Floats that a table and a result need beyond their length, because whole vectors are read and written.
    /// </summary>
    public const int Slack = Lanes;

    /// <summary>Adds <c>values[i] · table[rows[i]]</c> for every i to <paramref name="sums"/>.</summary>
    /// <param name="table">Rows one after the other, then <see cref="Slack"/> more floats.</param>
    /// <param name="width">Floats of a row.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="values">Their factors.</param>
    /// <param name="sums">At least <paramref name="width"/> + <see cref="Slack"/> long; what lies behind the width is
    /// overwritten with anything.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(
        float[] table, int width, ReadOnlySpan<int> rows, ReadOnlySpan<float> values, Span<float> sums)
    {
        if (rows.Length == 0 || width == 0) return;
        if (sums.Length < width + Slack || values.Length < rows.Length)
            throw new ArgumentException("The spans are too short.");
        foreach (var row in rows)
            if ((uint)row >= (uint)((table.Length - Slack) / width))
                throw new ArgumentOutOfRangeException(nameof(rows));

        ref var first = ref MemoryMarshal.GetArrayDataReference(table);
        ref var sum = ref MemoryMarshal.GetReference(sums);
        var at = 0;
        for (; width - at > Block - Lanes; at += Block) AddBlock(ref first, width, at, rows, values, ref sum);
        for (; at < width; at += Lanes) AddLanes(ref first, width, at, rows, values, ref sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddBlock(ref float table, int width, int at, ReadOnlySpan<int> rows, ReadOnlySpan<float> values,
        ref float sums)
    {
        var a = Vector512.LoadUnsafe(ref sums, (nuint)at);
        var b = Vector512.LoadUnsafe(ref sums, (nuint)(at + Lanes));
        var c = Vector512.LoadUnsafe(ref sums, (nuint)(at + 2 * Lanes));
        var d = Vector512.LoadUnsafe(ref sums, (nuint)(at + 3 * Lanes));
        for (var i = 0; i < rows.Length; i++)
        {
            var place = (nuint)rows[i] * (nuint)width + (nuint)at;
            var factor = Vector512.Create(values[i]);
            a = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref table, place), factor, a);
            b = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref table, place + Lanes), factor, b);
            c = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref table, place + 2 * Lanes), factor, c);
            d = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref table, place + 3 * Lanes), factor, d);
        }
        a.StoreUnsafe(ref sums, (nuint)at);
        b.StoreUnsafe(ref sums, (nuint)(at + Lanes));
        c.StoreUnsafe(ref sums, (nuint)(at + 2 * Lanes));
        d.StoreUnsafe(ref sums, (nuint)(at + 3 * Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddLanes(ref float table, int width, int at, ReadOnlySpan<int> rows, ReadOnlySpan<float> values,
        ref float sums)
    {
        var a = Vector512.LoadUnsafe(ref sums, (nuint)at);
        for (var i = 0; i < rows.Length; i++)
        {
            var place = (nuint)rows[i] * (nuint)width + (nuint)at;
            a = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref table, place), Vector512.Create(values[i]), a);
        }
        a.StoreUnsafe(ref sums, (nuint)at);
    }
}
