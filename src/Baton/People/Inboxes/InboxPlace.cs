using System.Globalization;

namespace Baton.People.Inboxes;

/// <summary>
/// Where a ticket stands in the lists: the more pressing priority first, then what is owed sooner, then what has waited
/// longer, then the smaller id, so that no two tickets have the same place.
/// </summary>
/// <param name="OwedAt">Milliseconds since 1970; the largest number where nothing is owed.</param>
/// <param name="WaitingSince">Milliseconds since 1970.</param>
internal sealed record InboxPlace(long Priority, long OwedAt, long WaitingSince, string Id)
{
    /// <summary>Before every ticket.</summary>
    public static InboxPlace First { get; } = new(long.MaxValue, long.MinValue, long.MinValue, "");

    /// <summary>The order in SQL, of <c>open_tickets</c>.</summary>
    public const string Order = "priority desc, owed_at, waiting_since, conversation_id";

    /// <summary>The same from the other end.</summary>
    public const string Backwards = "priority, owed_at desc, waiting_since desc, conversation_id desc";

    /// <summary>What lies behind a place whose parts are the parameters 1 to 4.</summary>
    public const string Behind =
        "priority <= $1 and (priority < $1 or owed_at > $2 or owed_at = $2 and (waiting_since > $3 "
        + "or waiting_since = $3 and conversation_id > $4))";

    /// <summary>A place as pages pass it on; null when it is none.</summary>
    public static InboxPlace? Read(string text) => text.Split('~', 4) is [var priority, var owed, var since, var id]
        && Number(priority) is { } first && Number(owed) is { } second && Number(since) is { } third
        ? new InboxPlace(first, second, third, id) : null;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Priority}~{OwedAt}~{WaitingSince}~{Id}");

    private static long? Number(string text) => long.TryParse(
        text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
