using System.Globalization;

namespace Baton.Storage.Events;

/// <summary>
/// How far a reader has followed the ledger. Positions are not the order of commits where several write at once: there
/// the number of the transaction comes first.
/// </summary>
/// <param name="Commit">Number of the transaction; 0 in a file.</param>
/// <param name="Seq">Position of the event.</param>
internal readonly record struct LedgerPlace(long Commit, long Seq) : IComparable<LedgerPlace>
{
    public int CompareTo(LedgerPlace other) => (Commit, Seq).CompareTo((other.Commit, other.Seq));

    public override string ToString() => Commit == 0 ? Seq.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Commit}.{Seq}");

    /// <summary>Null when the text is no place.</summary>
    public static LedgerPlace? Parse(string? text) => text?.Split('.') switch
    {
        [var seq] when Number(seq) is { } at => new LedgerPlace(0, at),
        [var commit, var seq] when Number(commit) is { } by && Number(seq) is { } at => new LedgerPlace(by, at),
        _ => null,
    };

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>That something happened to a stream, without what.</summary>
internal readonly record struct EventHeadline(LedgerPlace Place, string Stream, string Type);
