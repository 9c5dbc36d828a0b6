using System.Runtime.InteropServices;

namespace Baton.Knowledge.Indexing;

/// <summary>
/// Scores pairs of words that stand side by side as in the question, by the same formula as single words. Looked for
/// only in candidates, by running over their terms.
/// </summary>
internal sealed class PairSignal
{
    private readonly Dictionary<ulong, int> _numbers = [];
    private readonly float[] _rarity;
    private readonly float[] _frequency;
    private readonly float _saturation;
    private readonly ulong _firstTerms;

    public PairSignal(Query query, KnowledgeOptions options)
    {
        _saturation = options.Saturation;
        _rarity = [.. query.Pairs.Select(p => p.Rarity)];
        _frequency = new float[_rarity.Length];
        foreach (var (pair, _) in query.Pairs)
        {
            _numbers.Add(pair, _numbers.Count);
            _firstTerms |= 1UL << (int)((pair >> 32) & 63);
        }
    }

    public float Score(StoredPassage passage, FieldNorms norms)
    {
        if (_rarity.Length == 0) return 0;
        Array.Clear(_frequency);
        Count(passage.Title, norms.Title);
        Count(passage.Heading, norms.Heading);
        Count(passage.Body, norms.Body);
        var score = 0f;
        for (var i = 0; i < _rarity.Length; i++)
            if (_frequency[i] > 0) score += _rarity[i] * (_saturation + 1)
                * _frequency[i] / (_saturation + _frequency[i]);
        return score;
    }

    private void Count(ReadOnlySpan<int> terms, float norm)
    {
        for (var i = 1; i < terms.Length; i++)
        {
            // One bit test spares the look-up for almost every pair.
            if (((_firstTerms >> (terms[i - 1] & 63)) & 1) == 0) continue;
            ref var number = ref CollectionsMarshal.GetValueRefOrNullRef(
                _numbers, PairCounts.Key(terms[i - 1], terms[i]));
            if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref number)) _frequency[number] += norm;
        }
    }
}
