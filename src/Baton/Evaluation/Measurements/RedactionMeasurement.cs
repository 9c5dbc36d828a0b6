using System.Diagnostics;
using System.Text;
using Baton.Privacy;

namespace Baton.Evaluation.Measurements;

/// <summary>
/// How well a redactor finds what is labelled. Tokens are runs of letters and digits; a token counts as found only
/// with the right type. Types that the data never labels are not compared, and labels that name no type of Baton's
/// (WNUT-17's products, for example) count neither way.
/// </summary>
public sealed class RedactionMeasurement
{
    private readonly Dictionary<string, Counts> _types = [];
    private readonly List<(long Hit, long Found, long Real)> _texts = [];
    private readonly HashSet<string> _labelled;
    private readonly HashSet<string>? _only;
    private long _characters;
    private long _leaked;

    private RedactionMeasurement(IReadOnlyList<LabelledText> texts, IReadOnlyCollection<string> only)
    {
        _labelled = [.. texts.SelectMany(t => t.Spans).Select(s => Name(s.Type)).OfType<string>()];
        if (only.Count == 0) return;
        _only = [.. only.Select(t => Name(t) ?? t)];
        _labelled.IntersectWith(_only);
    }

    /// <summary>Measures a redactor.</summary>
    /// <param name="texts">Labelled texts.</param>
    /// <param name="find">Finds personal data, UTF-16 offsets.</param>
    /// <param name="types">Names of the types to compare; none means all that occur in the data.</param>
    /// <param name="into">Where the figures go; a new object when not given.</param>
    public static Figures Measure(
        IReadOnlyList<LabelledText> texts, Func<string, IReadOnlyList<PersonalSpan>> find,
            IReadOnlyCollection<string> types,
        Figures? into = null)
    {
        var measurement = new RedactionMeasurement(texts, types);
        foreach (var text in texts) measurement.Add(text, find(text.Text));
        return measurement.Report(into ?? new Figures(), MegabytesPerSecond(texts, find));
    }

    private static string? Name(string label) =>
        PersonalDataNames.TypeOf(label) is { } type ? PersonalDataNames.NameOf(type) : null;

    private void Add(LabelledText text, IReadOnlyList<PersonalSpan> found)
    {
        var real = new string?[text.Text.Length];
        var starts = text.CodePointStarts();
        foreach (var span in text.Spans)
        {
            var end = starts[Math.Clamp(span.End, 0, starts.Length - 1)];
            for (var i = starts[Math.Clamp(span.Start, 0,
                starts.Length - 1)]; i < end; i++) real[i] = Name(span.Type) ?? "";
        }
        var said = new string?[text.Text.Length];
        foreach (var span in found) said.AsSpan(span.Start, span.Length).Fill(PersonalDataNames.NameOf(span.Type));
        CountLeaks(text.Text, real, said);
        (long Hit, long Found, long Real) sums = default;
        for (var i = 0; i < text.Text.Length; i++)
            if (IsWord(text.Text, i) && (i == 0 || !IsWord(text.Text, i - 1))) AddToken(real[i], said[i], ref sums);
        _texts.Add(sums);
    }

    private void AddToken(string? real, string? said, ref (long Hit, long Found, long Real) sums)
    {
        if (real == "" || said is not null && !_labelled.Contains(said)) said = null;
        if (real is not null && !_labelled.Contains(real)) real = null;
        if (real is not null) Of(real).Real++;
        if (said is not null) Of(said).Found++;
        if (real is not null && real == said) Of(real).Hit++;
        sums.Real += real is not null ? 1 : 0;
        sums.Found += said is not null ? 1 : 0;
        sums.Hit += real is not null && real == said ? 1 : 0;
    }

    private void CountLeaks(string text, string?[] real, string?[] said)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (real[i] is not { Length: > 0 } type || !_labelled.Contains(type)
                || char.IsWhiteSpace(text[i])) continue;
            var counts = Of(type);
            counts.Characters++;
            _characters++;
            if (said[i] is not null) continue;
            counts.Leaked++;
            _leaked++;
        }
    }

    private static bool IsWord(string text, int i) => char.IsLetterOrDigit(text[i]) || char.IsSurrogate(text[i])
        && (char.IsHighSurrogate(text[i]) ? char.IsLetterOrDigit(text, i) : i > 0 && char.IsLetterOrDigit(text, i - 1));

    private Counts Of(string type) => _types.TryGetValue(type, out var counts) ? counts : _types[type] = new Counts();

    private Figures Report(Figures figures, double speed)
    {
        figures.Add("texts", _texts.Count);
        var all = new Counts
        {
            Hit = _texts.Sum(t => t.Hit), Found = _texts.Sum(t => t.Found), Real = _texts.Sum(t => t.Real),
            Characters = _characters, Leaked = _leaked,
        };
        all.AddTo(figures, beta => Interval.Bootstrap(_texts.Count, sample => F(sample, beta), seed: 1,
            resamples: 500));
        figures.Add("megabytes_per_second", speed);
        var types = figures.Group("types");
        foreach (var (type, counts) in _types.OrderByDescending(t => t.Value.Real)) counts.AddTo(types.Group(type),
            null);
        return figures;
    }

    private double F(int[] sample, double beta)
    {
        long hit = 0, found = 0, real = 0;
        foreach (var i in sample)
        {
            hit += _texts[i].Hit;
            found += _texts[i].Found;
            real += _texts[i].Real;
        }
        return new Counts { Hit = hit, Found = found, Real = real }.F(beta);
    }

    /// <summary>
    /// The best of several passes over all texts on one thread, in millions of UTF-8 bytes per second.
    /// </summary>
    private static double MegabytesPerSecond(IReadOnlyList<LabelledText> texts, Func<string,
        IReadOnlyList<PersonalSpan>> find)
    {
        var bytes = texts.Sum(t => (long)Encoding.UTF8.GetByteCount(t.Text));
        var best = double.MaxValue;
        var total = Stopwatch.StartNew();
        for (var pass = 0; pass < 500 && (pass < 5 || total.Elapsed.TotalSeconds < 6); pass++)
        {
            var watch = Stopwatch.StartNew();
            foreach (var text in texts) find(text.Text);
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }
        return bytes / 1e6 / best;
    }

    private sealed class Counts
    {
        public long Hit, Found, Real, Characters, Leaked;

        public double Precision => Found == 0 ? double.NaN : (double)Hit / Found;

        public double Recall => Real == 0 ? double.NaN : (double)Hit / Real;

        public double F(double beta)
        {
            var (b, denominator) = (beta * beta, beta * beta * Real + Found);
            return denominator == 0 ? double.NaN : (1 + b) * Hit / denominator;
        }

        public void AddTo(Figures figures, Func<double, Interval>? interval) => figures
            .Add("precision", Precision, Interval.Wilson(Hit, Found))
            .Add("recall", Recall, Interval.Wilson(Hit, Real))
            .Add("f1", F(1), interval?.Invoke(1))
            .Add("f2", F(2), interval?.Invoke(2))
            .Add("leak_rate", Characters == 0 ? double.NaN : (double)Leaked / Characters,
                Interval.Wilson(Leaked, Characters))
            .Add("tokens", Real);
    }
}
