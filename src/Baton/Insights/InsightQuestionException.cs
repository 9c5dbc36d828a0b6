namespace Baton.Insights;

/// <summary>A figure was asked for in a way that cannot be answered.</summary>
public sealed class InsightQuestionException(string field, string problem) : Exception($"{field}: {problem}")
{
    /// <summary>Name of the parameter.</summary>
    public string Field { get; } = field;
}
