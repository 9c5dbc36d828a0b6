namespace Baton.Privacy;

/// <summary>
/// A name that somebody chooses for a key and that records repeat, where nobody looks for personal data again.
/// </summary>
internal static class ActorName
{
    private static readonly Redactor Redactor = new(RedactionProfile.Actors);

    /// <summary>What stands in the way of a name, or null. Names of people may be told.</summary>
    /// <param name="name">Of a key, or a tag of it.</param>
    public static string? Problem(string name) => Redactor.Find(name) is [var first, ..]
        ? $"holds personal data ({first.Type}), and records repeat it: name the program or the team instead"
        : null;
}
