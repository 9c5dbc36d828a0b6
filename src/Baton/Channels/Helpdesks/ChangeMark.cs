using System.Globalization;
using Baton.Channels.Reading;

namespace Baton.Channels.Helpdesks;

/// <summary>
/// Where a look for changes stands, for vendors who are asked by time and page: <c>since began page</c>. The next look
/// begins a little before this one did, because their clocks and ours differ and their search is behind.
/// </summary>
/// <param name="Since">Changes after it are asked for.</param>
/// <param name="Began">When this look began.</param>
/// <param name="Page">Where it goes on; null at its first page.</param>
internal sealed record ChangeMark(DateTimeOffset Since, DateTimeOffset Began, string? Page)
{
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);

    /// <param name="mark">Of the look before, or null.</param>
    /// <param name="since">Where to begin without one.</param>
    public static ChangeMark Read(string? mark, DateTimeOffset since, DateTimeOffset now) =>
        mark?.Split(' ', 3) switch
        {
            [var from, var began, var page] when Time(from) is { } a && Time(began) is { } b => new(a, b, page),
            [var from] when Time(from) is { } a => new(a - Overlap, now, null),
            _ => new(since - Overlap, now, null),
        };

    /// <summary>What a page came to.</summary>
    /// <param name="next">Its way on; null at the last one.</param>
    public ChangesOutcome.Found Found(IEnumerable<string> ids, string? next) => new(
        [.. ids.Distinct()], next is null ? Text(Began) : $"{Text(Since)} {Text(Began)} {next}", next is not null);

    private static string Text(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
