namespace Baton.Insights.Board;

/// <summary>Where the share of tickets that go to people belongs when automation works as it should.</summary>
internal static class HealthyBand
{
    public const double Low = 0.15, High = 0.30, TooHigh = 0.35;

    /// <summary>What a share of escalated tickets says.</summary>
    public static string Words(double share) => share switch
    {
        < Low => "below the healthy 15–30 %: it may be answering what it should not",
        <= High => "inside the healthy 15–30 %",
        <= TooHigh => "above the healthy 15–30 %",
        _ => "above 35 %: floors too high, or intents and articles too thin",
    };
}
