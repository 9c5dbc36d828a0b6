using System.Runtime.CompilerServices;

namespace Baton.Triage.Intents.Networks;

/// <summary>
/// Which texts of a batch a row of weights took part in, and with which factor, so that the row's gradient can be
/// summed in one go. One list per row, chained through shared arrays.
/// </summary>
internal sealed class WordOccurrences
{
    private readonly int[] _last;
    private readonly int[] _before, _texts;
    private readonly float[] _factors;
    private readonly int[] _touched;
    private int _count, _touchedCount;

    public WordOccurrences(int rows, int batch, int perText)
    {
        _last = new int[rows];
        Array.Fill(_last, -1);
        var room = batch * perText;
        (_before, _texts, _factors) = (new int[room], new int[room], new float[room]);
        _touched = new int[Math.Min(rows, room)];
    }

    /// <summary>The rows with an occurrence.</summary>
    public ReadOnlySpan<int> Touched => _touched.AsSpan(0, _touchedCount);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(int row, int text, float factor)
    {
        if (_last[row] < 0) _touched[_touchedCount++] = row;
        (_before[_count], _texts[_count], _factors[_count]) = (_last[row], text, factor);
        _last[row] = _count++;
    }

    /// <summary>Copies the occurrences of a row out; returns how many there are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Take(int row, int[] texts, float[] factors)
    {
        var count = 0;
        for (var at = _last[row]; at >= 0; at = _before[at])
            (texts[count], factors[count++]) = (_texts[at], _factors[at]);
        return count;
    }

    public void Clear()
    {
        foreach (var row in Touched) _last[row] = -1;
        (_count, _touchedCount) = (0, 0);
    }
}
