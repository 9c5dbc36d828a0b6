namespace Baton.Channels.Recording;

/// <summary>What a record would be about.</summary>
/// <param name="Channel">Channel that the ticket came by.</param>
/// <param name="Route">Word of the route, such as <c>l3</c>.</param>
/// <param name="Outcome">Word of the outcome; <c>claimed</c> when a person has it, <c>closed</c> when it is
/// over.</param>
/// <param name="IsKept">Whether a ticket is kept there already; looked up when it is over, else only known of
/// the channel's own.</param>
public sealed record RecordSubject(string Channel, string Route, string Outcome, bool IsKept)
{
    /// <summary>The outcome of a ticket that a person has claimed.</summary>
    public const string Claimed = "claimed";
}
