using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Baton.Privacy.Finding;

namespace Baton.Privacy.Tagging;

/// <summary>
/// A linear-chain conditional random field (Lafferty, McCallum, Pereira 2001) over the words of a text. Words that need
/// no look split the text into short chains; for each word of a chain it gives the probability of every label.
/// </summary>
internal sealed class Tagger(TaggerModel model)
{
    /// <summary>Longer chains are cut: bounds memory and keeps rounding harmless.</summary>
    private const int LongestChain = 256;

    /// <summary>
    /// A chain in which "nothing" leads everywhere by so much (log-odds) is not worth the second step.
    /// </summary>
    private const float ClearlyNothing = 7;

    private const int Width = TagLabels.Width;

    private readonly ChainWeights _transitions = new(model.Transitions);

    /// <summary>Adds what it finds to the reading's findings, which so far hold those of the other finders.</summary>
    /// <param name="reading">The text.</param>
    /// <param name="reluctance">Subtracted from the score of "nothing": above 0 finds more and errs more.</param>
    public void Tag(Reading reading, float reluctance)
    {
        var tokens = reading.Tokens;
        var rules = RuleLabels.Of(reading);
        var words = ArrayPool<TagWord>.Shared.Rent(tokens.Length + 1);
        var places = ArrayPool<int>.Shared.Rent(tokens.Length + 1);
        var (count, any) = TagCandidates.Mark(reading, rules, model, places);
        if (any) Walk(new Text(reading, rules, words, places.AsSpan(0, count), reluctance));
        ArrayPool<TagWord>.Shared.Return(words);
        ArrayPool<int>.Shared.Return(places);
        ArrayPool<byte>.Shared.Return(rules);
    }

    /// <summary>One text on its way through the tagger.</summary>
    private readonly ref struct Text(
        Reading reading, byte[] rules, TagWord[] words, Span<int> places, float reluctance)
    {
        public readonly Reading Reading = reading;
        public readonly TagWord[] Words = words;
        public readonly float Reluctance = reluctance;
        private readonly Span<int> _places = places;

        public int Count => _places.Length;

        public bool NeedsLook(int word) => _places[word] >= 0;

        public int Place(int word) => _places[word] < 0 ? ~_places[word] : _places[word];

        /// <summary>Reads words that were not read yet.</summary>
        public void Read(int from, int end)
        {
            for (var w = from; w < end; w++)
                Words[w] = TagFeatures.Read(Reading, Place(w), rules[Place(w)]);
        }
    }

    private void Walk(Text text)
    {
        var scores = ArrayPool<float>.Shared.Rent(Width * LongestChain);
        var result = new TagSpans(text.Reading);
        var read = 0;
        for (var i = 0; i < text.Count;)
        {
            if (!text.NeedsLook(i))
            {
                i++;
                continue;
            }
            var end = i;
            while (end < text.Count && end - i < LongestChain && text.NeedsLook(end)) end++;
            var last = Math.Min(end + 2, text.Count);
            text.Read(Math.Max(read, i - 2), last);
            read = last;
            if (ScoreChain(text, i, end, scores))
            {
                _transitions.Marginals(scores.AsSpan(0, (end - i) * Width));
                for (var w = i; w < end; w++)
                    result.Add(text.Place(w), scores.AsSpan((w - i) * Width, TagLabels.Count));
            }
            i = end;
        }
        result.Close();
        ArrayPool<float>.Shared.Return(scores);
    }

    /// <summary>The scores of every word of a chain; false when none of them can be anything.</summary>
    private bool ScoreChain(Text text, int start, int end, Span<float> scores)
    {
        var words = text.Words.AsSpan(0, text.Count);
        var worth = false;
        for (var w = start; w < end; w++)
            worth |= Score(words, w, scores.Slice((w - start) * Width, Width), text.Reluctance);
        return worth;
    }

    /// <summary>
    /// The scores of every label for one word, as exponents relative to the best; true when it may be something.
    /// </summary>
    private bool Score(ReadOnlySpan<TagWord> words, int i, Span<float> scores, float reluctance)
    {
        if ((words[i].Rule & RuleLabels.Settled) != 0)
        {
            scores.Clear();
            scores[(int)TagLabel.Structured] = 1;
            return false;
        }
        Span<uint> rows = stackalloc uint[TagFeatures.Most];
        var count = TagFeatures.Write(words, i, model.Shift, rows);
        ref var weights = ref MemoryMarshal.GetArrayDataReference(model.Weights);
        Vector128<short> low = default, high = default;
        for (var r = 0; r < count; r++)
        {
            var (a, b) = Vector128.Widen(Vector128.LoadUnsafe(ref weights, rows[r] * (nuint)Width));
            low += a;
            high += b;
        }
        var first = Scaled(low) - Vector256<float>.Zero.WithElement(0, reluctance);
        var second = Vector256.ConditionalSelect(TagLabels.Used, Scaled(high), Vector256.Create(-80f));
        var best = Highest(Vector256.Max(first, second));
        var worth = best > first[0] || Highest(Vector256.Max(first.WithElement(0, float.MinValue), second))
            > first[0] - ClearlyNothing;
        Vector256.Exp(first - Vector256.Create(best)).CopyTo(scores);
        Vector256.Exp(second - Vector256.Create(best)).CopyTo(scores[8..]);
        return worth;
    }

    private Vector256<float> Scaled(Vector128<short> sums)
    {
        var (low, high) = Vector128.Widen(sums);
        return Vector256.ConvertToSingle(Vector256.Create(low, high)) * model.Scale;
    }

    private static float Highest(Vector256<float> v)
    {
        var four = Vector128.Max(v.GetLower(), v.GetUpper());
        var two = Vector128.Max(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return Math.Max(two[0], two[1]);
    }
}
