using System.Globalization;

namespace Baton.Channels.Helpdesks;

/// <summary>What a record can write into fields of a helpdesk's own.</summary>
internal static class RecordValues
{
    public static readonly string[] Names = ["outcome", "route", "queue", "priority", "intent", "confidence"];

    /// <summary>The value of a name; null where the record has none, or the name is another's.</summary>
    public static string? Of(OutgoingRecord record, string name) => name switch
    {
        "outcome" => record.Outcome,
        "route" => record.Route,
        "queue" => record.Queue,
        "priority" => record.Priority,
        "intent" => record.Intent,
        "confidence" => record.Confidence.ToString("0.##", CultureInfo.InvariantCulture),
        _ => null,
    };
}
