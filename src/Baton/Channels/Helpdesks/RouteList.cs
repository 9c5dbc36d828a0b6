using Baton.Channels.Recording;

namespace Baton.Channels.Helpdesks;

/// <summary>Which escalations a system that keeps copies wants, and what they are called there.</summary>
internal static class RouteList
{
    /// <summary>Whether a setting such as <c>l3, l2</c> names the subject's route; ends follow what is kept.</summary>
    public static bool Names(string routes, RecordSubject subject) => subject.Outcome == OutgoingRecord.Closed
        ? subject.IsKept
        : subject.Outcome == "escalated" && Words(routes).Contains(subject.Route, StringComparer.OrdinalIgnoreCase);

    public static string[] Words(string setting) =>
        setting.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>One line without personal data.</summary>
    public static string Title(OutgoingRecord record) =>
        $"[{record.TicketId}] {record.Intent?.Replace('_', ' ') ?? "support ticket"}, priority {record.Priority}"
        + (record.Queue is { } queue ? $", queue {queue}" : "");
}
