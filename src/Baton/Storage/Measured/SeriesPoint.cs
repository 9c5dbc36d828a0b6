namespace Baton.Storage.Measured;

/// <summary>What a slice sees at one moment, for the rollups of <c>Insights</c>.</summary>
/// <param name="Series">A name of <see cref="SeriesNames"/>.</param>
/// <param name="Value">In the series' own unit.</param>
/// <param name="Name">What it is about where a series has several: a model, a system. Few, and never a customer's
/// words.</param>
internal readonly record struct SeriesPoint(string Series, double Value, string Name = "");

/// <summary>
/// Looks at what a slice knows and nobody counts: each slice registers its own, and every process asks all of them once
/// a minute. It must be quick and may not fail on a database that is there.
/// </summary>
internal delegate IEnumerable<SeriesPoint> ReadSeries(ReadConnection connection, DateTimeOffset now);
