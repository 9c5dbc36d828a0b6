using Baton.Text.Learning;
using Baton.Triage.Intents.Networks;

namespace Baton.Triage.Intents.Features;

/// <summary>
/// What the letters of every known word add to the linear scores and to the hidden units, summed once: one row instead
/// of one per group of letters. Null for models so large that the rows would take more memory than they save time.
/// </summary>
internal sealed class WordRows
{
    private const long MaxCells = 1 << 24;

    private readonly float[] _linear, _network;
    private readonly int _classes, _hidden;

    private WordRows(int words, int classes, int hidden)
    {
        (_classes, _hidden) = (classes, hidden);
        _linear = new float[words * classes + RowSums.Slack];
        _network = new float[words * hidden + RowSums.Slack];
    }

    public static WordRows? Of(FeatureSpace space, LinearModel linear, SentenceNet? network)
    {
        var (words, classes, hidden) = (space.Words, linear.Classes, network?.Hidden ?? 0);
        if ((long)words.Count * (classes + hidden) > MaxCells) return null;
        var rows = new WordRows(words.Count, classes, hidden);
        var sums = new float[Math.Max(classes, hidden) + RowSums.Slack];
        var values = new float[IntentFeatures.MostLetters];
        for (var word = 0; word < words.Count; word++)
        {
            var letters = words.LettersOf(word);
            if (letters.Length > values.Length) return null;
            for (var i = 0; i < letters.Length; i++) values[i] = space.LinearWeight(letters[i]);
            Array.Clear(sums);
            linear.AddScores(letters, values, sums);
            sums.AsSpan(0, classes).CopyTo(rows._linear.AsSpan(word * classes));
            if (network is null) continue;
            for (var i = 0; i < letters.Length; i++) values[i] = space.NetworkWeight(letters[i]);
            Array.Clear(sums);
            RowSums.Add(network.Input, hidden, letters, values, sums);
            sums.AsSpan(0, hidden).CopyTo(rows._network.AsSpan(word * hidden));
        }
        return rows;
    }

    public void AddLinear(FeatureScratch scratch) =>
        RowSums.Add(_linear, _classes, scratch.Words.Items, Repeat(scratch, scratch.LettersScale), scratch.Scores);

    public void AddNetwork(FeatureScratch scratch) =>
        RowSums.Add(_network, _hidden, scratch.Words.Items, Repeat(scratch, scratch.NetworkLettersScale),
            scratch.Hidden);

    private static ReadOnlySpan<float> Repeat(FeatureScratch scratch, float value)
    {
        var factors = scratch.Factors(scratch.Words.Items.Length);
        factors.Fill(value);
        return factors;
    }
}
