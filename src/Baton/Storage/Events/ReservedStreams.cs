namespace Baton.Storage.Events;

/// <summary>Streams of the ledger that are no conversations. Intake refuses tickets with such an id.</summary>
internal static class ReservedStreams
{
    /// <summary>The product's own changes, such as those of the kill switch.</summary>
    private const string Operations = "operations/";

    /// <summary>Receipts of a day.</summary>
    private const string Receipts = "gateway-";

    /// <summary>Who has read the raw texts of a ticket.</summary>
    public const string Reads = Operations + "reads/";

    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>The stream of a day's receipts.</summary>
    public static string OfReceipts(DateTimeOffset at) => Receipts + at.UtcDateTime.ToString(DayFormat);

    /// <summary>The stream of a ticket's readers.</summary>
    public static string OfReads(string ticket) => Reads + ticket;

    /// <summary>Whether a stream belongs to the product itself.</summary>
    public static bool Includes(string stream) =>
        stream.StartsWith(Operations, StringComparison.Ordinal)
        || (stream.StartsWith(Receipts, StringComparison.Ordinal)
            && DateOnly.TryParseExact(stream.AsSpan(Receipts.Length), DayFormat, out _));
}
