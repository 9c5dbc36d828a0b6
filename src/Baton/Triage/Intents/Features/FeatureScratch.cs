using Baton.Text.Learning;

namespace Baton.Triage.Intents.Features;

/// <summary>What a feature is made from. The order is that of the blocks of a vector.</summary>
internal enum FeatureFamily
{
    Word,
    Stem,
    Letters,
    Pair,
    Near,
}

/// <summary>Buffers of one thread, so that reading a text allocates nothing.</summary>
internal sealed class FeatureScratch
{
    private float[] _factors = new float[64];

    public const int Families = 5;

    /// <summary>Feature keys of the text read last, by family, with repetitions.</summary>
    public ListBuffer<ulong>[] Keys { get; } = [new(), new(), new(), new(), new()];

    /// <summary>Numbers of the known words of the text, whose stems and letters are not among the keys.</summary>
    public ListBuffer<int> Words { get; } = new();

    /// <summary>What the rows of known words count, in the linear part and in the networks.</summary>
    public float LettersScale { get; set; }

    /// <inheritdoc cref="LettersScale"/>
    public float NetworkLettersScale { get; set; }

    /// <summary>Room for the normal form of the text, which may be twice as long.</summary>
    public char[] Normal { get; private set; } = new char[512];

    /// <summary>How often each feature was seen; all zero between texts.</summary>
    public int[] Counts { get; private set; } = [];

    public int[] Ids { get; private set; } = [];

    public float[] Values { get; private set; } = [];

    /// <summary>The values of the first families as the networks see them.</summary>
    public float[] NetworkValues { get; private set; } = [];

    /// <summary>Distinct features in <see cref="Ids"/>.</summary>
    public int Used { get; set; }

    /// <summary>Distinct features of the first families, which the networks read.</summary>
    public int UsedByNetwork { get; set; }

    /// <summary>Share of the words that the model has never seen; 1 for a text without words.</summary>
    public double Novelty { get; set; }

    /// <summary>Scores per class.</summary>
    public float[] Scores { get; private set; } = [];

    /// <summary>Values of the hidden units.</summary>
    public float[] Hidden { get; private set; } = [];

    /// <summary>Numbers of the hidden units that are not zero.</summary>
    public int[] Units { get; private set; } = [];

    public void ReserveText(int length)
    {
        if (Normal.Length < length * 2) Normal = new char[length * 2];
    }

    /// <param name="features">That the model knows.</param>
    /// <param name="ofWords">That the known words of the text have.</param>
    public void ReserveFeatures(int features, int ofWords)
    {
        if (Counts.Length < features) Counts = new int[features];
        // No more than the text has, which is far less than the model knows.
        var rows = ofWords;
        foreach (var keys in Keys) rows += keys.Items.Length;
        if (Ids.Length >= rows) return;
        rows = Math.Max(rows, 2 * Ids.Length);
        (Ids, Values, NetworkValues) = (new int[rows], new float[rows], new float[rows]);
    }

    /// <summary>Room for so many factors.</summary>
    public Span<float> Factors(int count)
    {
        if (_factors.Length < count) _factors = new float[count * 2];
        return _factors.AsSpan(0, count);
    }

    public void ReserveOutputs(int classes, int hidden)
    {
        if (Scores.Length < classes + 2 * RowSums.Slack) Scores = new float[classes + 2 * RowSums.Slack];
        if (Hidden.Length >= hidden + RowSums.Slack) return;
        (Hidden, Units) = (new float[hidden + RowSums.Slack], new int[hidden]);
    }
}

/// <summary>A growing list that is emptied, not freed.</summary>
internal sealed class ListBuffer<T>
{
    private T[] _items = new T[64];
    private int _count;

    public ReadOnlySpan<T> Items => _items.AsSpan(0, _count);

    public void Clear() => _count = 0;

    public void Add(T item)
    {
        if (_count == _items.Length) Array.Resize(ref _items, _count * 2);
        _items[_count++] = item;
    }
}
