namespace Baton.Triage.Intents.Pooling;

/// <summary>
/// Three signs that a text is foreign, in the same unit: standard deviations among held-out texts that were recognised.
/// </summary>
internal readonly record struct ScopeScale(Sign Words, Sign Energy, Sign Closeness)
{
    /// <summary>For a model that has too few examples to hold any out.</summary>
    public static ScopeScale Unfitted { get; } = new(new Sign(0, 1), new Sign(0, 5), new Sign(-0.7, 0.1));

    /// <summary>How foreign a text is, unbounded.</summary>
    /// <param name="words">What the n-gram model says; see <see cref="IntentCalibration.Foreignness"/>.</param>
    public double Foreignness(double words, VectorReading reading) =>
        Words.Of(words) + Energy.Of(-reading.Energy) + Closeness.Of(-reading.Closeness);

    public static ScopeScale Fit(IReadOnlyList<(double Words, VectorReading Reading)> recognised) =>
        recognised.Count < 2 ? Unfitted : new ScopeScale(
            Sign.Fit(recognised.Select(r => r.Words)), Sign.Fit(recognised.Select(r => -r.Reading.Energy)),
            Sign.Fit(recognised.Select(r => -r.Reading.Closeness)));

    public void Save(BinaryWriter writer)
    {
        foreach (var sign in (Sign[])[Words, Energy, Closeness])
        {
            writer.Write(sign.Mean);
            writer.Write(sign.Deviation);
        }
    }

    public static ScopeScale Load(BinaryReader reader) => new(Sign.Load(reader), Sign.Load(reader), Sign.Load(reader));
}

/// <summary>How a number is distributed.</summary>
internal readonly record struct Sign(double Mean, double Deviation)
{
    public double Of(double value) => (value - Mean) / Deviation;

    public static Sign Fit(IEnumerable<double> values)
    {
        var all = values.ToArray();
        var mean = all.Average();
        return new Sign(mean, Math.Max(1e-3, Math.Sqrt(all.Average(v => (v - mean) * (v - mean)))));
    }

    public static Sign Load(BinaryReader reader) => new(reader.ReadDouble(), reader.ReadDouble());
}
