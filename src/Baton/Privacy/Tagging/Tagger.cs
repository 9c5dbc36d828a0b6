using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Baton.Privacy.Finding;

namespace Baton.Privacy.Tagging;

/// <summary>
/// A linear-chain conditional random field (Lafferty, McCallum, Pereira 2001) over the words of a text. Plain words
/// split the text into short chains; for each word of a chain it gives the probability of every label.
/// </summary>
internal sealed class Tagger(TaggerModel model)
{
    /// <summary>Longer chains are cut: bounds memory and keeps rounding harmless.</summary>
    private const int LongestChain = 256;

    /// <summary>Set in a rule's byte when the finders' word is final.</summary>
    public const byte Settled = 64;

    private const int Width = TagLabels.Width;

    private readonly float[] _transitions = Exponents(model.Transitions);
    private readonly float[] _transposed = Transposed(Exponents(model.Transitions));

    /// <summary>Adds what it finds to the reading's findings, which so far hold those of the other finders.</summary>
    /// <param name="reading">The text.</param>
    /// <param name="reluctance">Subtracted from the score of "nothing": above 0 finds more and errs more.</param>
    public void Tag(Reading reading, float reluctance)
    {
        var tokens = reading.Tokens;
        var count = 0;
        foreach (var token in tokens) if (!token.IsMark) count++;
        if (count == 0) return;
        var words = ArrayPool<TagWord>.Shared.Rent(count);
        var places = ArrayPool<int>.Shared.Rent(count);
        var rules = RuleLabels(reading);
        for (int i = 0, w = 0; i < tokens.Length; i++)
        {
            if (tokens[i].IsMark) continue;
            words[w] = TagFeatures.Read(reading, i, rules[i]);
            places[w++] = i;
        }
        var result = new TagSpans(reading);
        Walk(reading, words.AsSpan(0, count), places, ref result, reluctance);
        result.Close();
        ArrayPool<TagWord>.Shared.Return(words);
        ArrayPool<int>.Shared.Return(places);
        ArrayPool<byte>.Shared.Return(rules);
    }

    /// <summary>For every token the finders' opinion: label + 1, or 0.</summary>
    public static byte[] RuleLabels(Reading reading)
    {
        var rules = ArrayPool<byte>.Shared.Rent(reading.Tokens.Length);
        Array.Clear(rules, 0, reading.Tokens.Length);
        reading.Found.Sort(static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.End.CompareTo(b.End));
        var i = 0;
        foreach (var found in reading.Found)
        {
            while (i > 0 && reading.Tokens[i - 1].End > found.Start) i--;
            while (i < reading.Tokens.Length && reading.Tokens[i].End <= found.Start) i++;
            var strong = (byte)(Settles(found) ? Settled : found.Score >= 0.7 ? 32 : 0);
            for (; i < reading.Tokens.Length && reading.Tokens[i].Start < found.End; i++)
                rules[i] = (byte)((byte)TagLabels.LabelOf(found.Type) + 1 + strong);
        }
        return rules;
    }

    /// <summary>What form or announcement settles is not the tagger's to decide.</summary>
    public static bool Settles(Found found) => TagLabels.LabelOf(found.Type) switch
    {
        TagLabel.Structured => found.Score >= 0.6,
        TagLabel.Phone or TagLabel.DriverLicence or TagLabel.Age or TagLabel.Date or TagLabel.Zip =>
            found.Score >= 0.75,
        _ => false,
    };

    private void Walk(Reading reading, ReadOnlySpan<TagWord> words, int[] places, ref TagSpans result, float reluctance)
    {
        Span<float> scores = stackalloc float[Width * LongestChain];
        Span<float> forward = stackalloc float[Width * LongestChain];
        for (var i = 0; i < words.Length;)
        {
            if (IsPlain(reading.Tokens[places[i]]))
            {
                i++;
                continue;
            }
            var end = i;
            while (end < words.Length && end - i < LongestChain && !IsPlain(reading.Tokens[places[end]])) end++;
            for (var w = i; w < end; w++) Score(words, w, scores.Slice((w - i) * Width, Width), reluctance);
            Marginals(scores, forward, end - i);
            for (var w = i; w < end; w++) result.Add(places[w], scores.Slice((w - i) * Width, TagLabels.Count));
            i = end;
        }
    }

    private bool IsPlain(Token token) =>
        (token.Looks & (Looks.Digits | Looks.Capital | Looks.InnerCapital)) == 0 && model.IsPlain(token.Hash);

    /// <summary>The scores of every label for one word, as exponents relative to the best.</summary>
    private void Score(ReadOnlySpan<TagWord> words, int i, Span<float> scores, float reluctance)
    {
        if ((words[i].Rule & Settled) != 0)
        {
            scores.Clear();
            scores[(int)TagLabel.Structured] = 1;
            return;
        }
        Span<uint> rows = stackalloc uint[TagFeatures.Most];
        var count = TagFeatures.Write(words, i, (uint)model.Rows - 1, rows);
        ref var weights = ref MemoryMarshal.GetArrayDataReference(model.Weights);
        Vector128<short> low = default, high = default;
        for (var r = 0; r < count; r++)
        {
            var (a, b) = Vector128.Widen(Vector128.LoadUnsafe(ref weights, rows[r] * Width));
            low += a;
            high += b;
        }
        Span<short> sums = stackalloc short[Width];
        low.CopyTo(sums);
        high.CopyTo(sums[8..]);
        for (var label = 0; label < TagLabels.Count; label++) scores[label] = sums[label] * model.Scale;
        scores[TagLabels.Count..].Fill(-80);
        scores[0] -= reluctance;
        TensorPrimitives.Subtract(scores, TensorPrimitives.Max(scores), scores);
        TensorPrimitives.Exp(scores, scores);
    }

    /// <summary>
    /// Forward and backward over one chain that "nothing" surrounds; <paramref name="scores"/> becomes probabilities.
    /// </summary>
    private void Marginals(Span<float> scores, Span<float> forward, int length)
    {
        Span<float> message = stackalloc float[Width];
        Span<float> carried = stackalloc float[Width];
        _transitions.AsSpan(0, Width).CopyTo(message);
        for (var w = 0; w < length; w++)
        {
            var here = forward.Slice(w * Width, Width);
            Product(message, scores.Slice(w * Width, Width), here);
            Step(_transitions, here, message);
        }
        _transposed.AsSpan(0, Width).CopyTo(message);
        for (var w = length - 1; w >= 0; w--)
        {
            var here = scores.Slice(w * Width, Width);
            Product(message, here, carried);
            Product(forward.Slice(w * Width, Width), message, here);
            Step(_transposed, carried, message);
        }
    }

    /// <summary>The product of two rows, scaled to a sum of one.</summary>
    private static void Product(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result)
    {
        var low = Vector256.Create(a) * Vector256.Create(b);
        var high = Vector256.Create(a[8..]) * Vector256.Create(b[8..]);
        var scale = Vector256.Create(1 / (Vector256.Sum(low + high) + 1e-30f));
        (low * scale).CopyTo(result);
        (high * scale).CopyTo(result[8..]);
    }

    /// <summary>Every label's row, weighted by how likely the label is.</summary>
    private static void Step(float[] rows, ReadOnlySpan<float> likely, Span<float> result)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(rows);
        Vector256<float> low = default, high = default;
        for (nuint label = 0; label < TagLabels.Count; label++)
        {
            var weight = Vector256.Create(likely[(int)label]);
            low += weight * Vector256.LoadUnsafe(ref first, label * Width);
            high += weight * Vector256.LoadUnsafe(ref first, label * Width + 8);
        }
        low.CopyTo(result);
        high.CopyTo(result[8..]);
    }

    private static float[] Transposed(float[] square)
    {
        var result = new float[square.Length];
        for (var i = 0; i < square.Length; i++) result[i % Width * Width + i / Width] = square[i];
        return result;
    }

    private static float[] Exponents(float[] transitions)
    {
        var result = new float[transitions.Length];
        TensorPrimitives.Exp(transitions, result);
        for (var i = 0; i < result.Length; i++)
            if (i / Width >= TagLabels.Count || i % Width >= TagLabels.Count) result[i] = 0;
        return result;
    }
}
