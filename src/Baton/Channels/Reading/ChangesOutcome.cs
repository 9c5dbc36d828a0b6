namespace Baton.Channels.Reading;

/// <summary>What has changed at the other side.</summary>
public abstract record ChangesOutcome
{
    private ChangesOutcome() { }

    /// <param name="Ids">Tickets, as the other side calls them.</param>
    /// <param name="Mark">Where to go on, now or another day.</param>
    /// <param name="HasMore">Whether there is more to be read now.</param>
    public sealed record Found(IReadOnlyList<string> Ids, string Mark, bool HasMore) : ChangesOutcome;

    /// <param name="Why">For people; no personal data and no secrets.</param>
    /// <param name="After">When the other side said so.</param>
    public sealed record Failed(string Why, TimeSpan? After = null) : ChangesOutcome;
}
