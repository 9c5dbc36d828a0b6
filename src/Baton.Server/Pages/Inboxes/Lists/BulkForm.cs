using System.Globalization;
using Baton.Conversations.Tickets;

namespace Baton.Server.Pages.Inboxes.Lists;

/// <summary>One action on several tickets, as the list's form sends it.</summary>
internal sealed class BulkForm
{
    /// <summary>Tickets in one go: those of a page.</summary>
    public const int Most = 50;

    /// <summary>Each <c>version id</c>, as the list showed it.</summary>
    public IReadOnlyList<string> Pick { get; init; } = [];

    public string? Action { get; init; }

    public string? Queue { get; init; }

    public string? Reason { get; init; }

    /// <summary>Of a move.</summary>
    public string? Why { get; init; }

    public string? Outcome { get; init; }

    public string? Needed { get; init; }

    /// <summary>Of a close.</summary>
    public string? Remark { get; init; }

    /// <summary>Path of the list.</summary>
    public string? Back { get; init; }

    public static BulkForm Of(IFormCollection form) => new()
    {
        Pick = [.. form["pick"].OfType<string>()], Action = form["action"], Queue = form["queue"],
        Reason = form["reason"], Why = form["why"], Outcome = form["outcome"], Needed = form["needed"],
        Remark = form["remark"], Back = form["back"],
    };

    /// <summary>What is to be done, or what is missing.</summary>
    public (PersonAction? Action, string? Problem) Read()
    {
        if (Pick.Count == 0) return (null, "no ticket is chosen: choose some in the list.");
        if (Pick.Count > Most) return (null, $"{Pick.Count} tickets are chosen, the limit is {Most}.");
        if (Action is not ("reroute" or "close"))
            return (null, $"action is '{Action}': say reroute or close.");
        var (action, problem) = new InboxActionForm
        {
            Action = Action, Queue = Queue, Reason = Reason, Outcome = Outcome, Needed = Needed,
            Why = Action == "close" ? Remark : Why,
        }.Read();
        // Nobody has to claim each of them first: who closes has looked at the list.
        return (action is PersonAction.Close close ? close with { Takes = true } : action, problem);
    }

    /// <summary>Each ticket with the version that was seen, once.</summary>
    public IEnumerable<(string Id, long? Seen)> Tickets() => Pick.Select(One).DistinctBy(t => t.Id);

    private static (string Id, long? Seen) One(string pick) => pick.Split(' ', 2) is [var seen, var id]
        && long.TryParse(seen, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? (id, version)
        : (pick, null);
}

/// <summary>What became of one of them.</summary>
/// <param name="Problem">Why it was not done, or null.</param>
public sealed record BulkOutcome(string Id, string? Problem);
