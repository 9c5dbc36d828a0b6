using Baton.Storage;

namespace Baton.Insights;

/// <summary>A figure, how it is cut, and of which days.</summary>
/// <param name="By">One of <see cref="InsightReader.Cuts"/>, <c>all</c>, or <c>day</c>.</param>
internal sealed record InsightQuestion(FigureDefinition Figure, string By, InsightPeriod Period)
{
    /// <exception cref="InsightQuestionException">There is no such figure or cut.</exception>
    public static InsightQuestion Read(string? figure, string? by, InsightPeriod period) => new(
        FigureDefinition.Find(figure) ?? throw new InsightQuestionException(
            "figure", $"is '{figure}': use one of {string.Join(", ", FigureDefinition.All.Select(f => f.Name))}"),
        by is null or FigureJson.Day or InsightReader.All || InsightReader.Cuts.Contains(by) ? by ?? FigureJson.Day
            : throw new InsightQuestionException(
                "by", $"is '{by}': use {FigureJson.Day}, {InsightReader.All}, {string.Join(", ", InsightReader.Cuts)}"),
        period);

    /// <summary>Its lines; every name of what it is a share of, also where nothing was hit.</summary>
    public List<FigureLine> Lines(ReadConnection connection)
    {
        var hits = Counts(connection, Figure.Name);
        if (Figure.Among is not { } among) return [.. hits.Select(h => new FigureLine(h.Key, h.Value, null))];
        var of = Counts(connection, among);
        return [.. of.Keys.Union(hits.Keys).Order(StringComparer.Ordinal)
            .Select(name => new FigureLine(name, hits.GetValueOrDefault(name), of.GetValueOrDefault(name)))];
    }

    private Dictionary<string, long> Counts(ReadConnection connection, string figure) => By == FigureJson.Day
        ? InsightReader.ByDay(connection, figure, InsightReader.All, Period)
            .ToDictionary(r => InsightPeriod.Text(r.Day), r => r.N)
        : InsightReader.ByName(connection, figure, By, Period).Where(r => r.N != 0).ToDictionary(r => r.Name, r => r.N);
}
