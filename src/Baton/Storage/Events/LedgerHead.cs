using System.Globalization;

namespace Baton.Storage.Events;

/// <summary>The event that was written last in the whole ledger.</summary>
/// <param name="Seq">Its position; 0 when there is none.</param>
/// <param name="Hash">Its hash; empty when there is none.</param>
/// <param name="At">When it was the last one, as far as the writer knows.</param>
internal readonly record struct LedgerHead(long Seq, string Hash, DateTimeOffset At)
{
    public static LedgerHead Read(ReadConnection connection, DateTimeOffset now) => connection.First(
        "select seq, hash from events order by seq desc limit 1",
        row => new LedgerHead(row.Int64(0), row.Text(1), now)) is { Seq: > 0 } head ? head : new LedgerHead(0, "", now);

    /// <summary>One line of text.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Seq} {Hash} {At.UtcDateTime:O}");

    /// <summary>Null when the text is not such a line.</summary>
    public static LedgerHead? Parse(string line) =>
        line.Split(' ') is [var seq, { Length: EventHash.Length } hash, var at]
            && long.TryParse(seq, CultureInfo.InvariantCulture, out var number)
            && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new LedgerHead(number, hash, time)
            : null;
}
