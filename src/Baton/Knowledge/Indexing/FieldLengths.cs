using System.Runtime.InteropServices;

namespace Baton.Knowledge.Indexing;

/// <summary>What one occurrence of a term counts in each field of one passage: field weight over length.</summary>
internal readonly record struct FieldNorms(float Title, float Heading, float Body);

/// <summary>
/// Keeps the average field lengths and the norms that follow from them (BM25F, Robertson and Zaragoza 2009). Norms are
/// recomputed when an average has moved by more than two per cent, so that adding stays cheap.
/// </summary>
internal sealed class FieldLengths(KnowledgeOptions options)
{
    private const double Drift = 0.02;

    private readonly List<FieldNorms> _norms = [];
    private (double Title, double Heading, double Body) _used = (1, 1, 1);
    private long _title, _heading, _body;

    public ReadOnlySpan<FieldNorms> Norms => CollectionsMarshal.AsSpan(_norms);

    public void Add(StoredPassage passage)
    {
        Count(passage, +1);
        _norms.Add(NormsOf(passage));
    }

    public void Retire(StoredPassage passage) => Count(passage, -1);

    /// <summary>Recomputes all norms if the averages have moved; call after a batch of changes.</summary>
    public void Settle(IReadOnlyList<StoredPassage> passages, int live)
    {
        var n = Math.Max(1, live);
        var now = (Title: Math.Max(0.1, (double)_title / n), Heading: Math.Max(0.1, (double)_heading / n),
            Body: Math.Max(0.1, (double)_body / n));
        if (_norms.Count == passages.Count && Near(now.Title, _used.Title) && Near(now.Heading, _used.Heading)
            && Near(now.Body, _used.Body)) return;
        _used = now;
        _norms.Clear();
        foreach (var passage in passages) _norms.Add(NormsOf(passage));
    }

    private void Count(StoredPassage passage, int sign)
    {
        _title += sign * passage.Title.Length;
        _heading += sign * passage.Heading.Length;
        _body += sign * passage.Body.Length;
    }

    private FieldNorms NormsOf(StoredPassage passage) => new(
        Norm(options.TitleWeight, options.HeadingLengthNormalization, passage.Title.Length, _used.Title),
        Norm(options.HeadingWeight, options.HeadingLengthNormalization, passage.Heading.Length, _used.Heading),
        Norm(1, options.LengthNormalization, passage.Body.Length, _used.Body));

    private static float Norm(float weight, float b, int length, double average) =>
        weight / (1 - b + b * (float)(length / average));

    private static bool Near(double a, double b) => Math.Abs(a - b) <= Drift * b;
}
