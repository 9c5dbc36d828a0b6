using System.Globalization;
using Baton.Operations;
using Baton.Privacy;

namespace Baton.Server.Accounts.Keys;

/// <summary>A new key as somebody asks for it: the same rules for the verb and the page.</summary>
internal sealed record KeyWords(string Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt)
{
    public const int LongestName = 60;

    private const int MostDays = 3_660;

    /// <summary>What was meant, or what is wrong with it.</summary>
    /// <param name="scopes">Words of <see cref="AccessScopes.All"/>; none means everything.</param>
    /// <param name="expires">A number of days such as <c>90d</c>, or a date, whose last moment in UTC counts; null or
    /// empty: never.</param>
    public static (KeyWords? Key, string? Problem) Read(
        string name, IEnumerable<string> scopes, string? expires, DateTimeOffset now)
    {
        var trimmed = name.Trim();
        string[] words = [.. scopes.Distinct()];
        if (trimmed.Length is 0 or > LongestName || trimmed.Any(char.IsControl))
            return (null, $"'{name}' cannot be a name: use 1 to {LongestName} characters");
        if (ActorName.Problem(trimmed) is { } problem) return (null, $"the name '{name}' {problem}");
        if (words.Except(AccessScopes.All).FirstOrDefault() is { } unknown)
            return (null, $"scope '{unknown}': choose from {string.Join(", ", AccessScopes.All)}");
        var end = string.IsNullOrWhiteSpace(expires) ? null : End(expires, now);
        return !string.IsNullOrWhiteSpace(expires) && !(end > now)
            ? (null, $"expires '{expires}': write a number of days such as 90d, or a date to come such as 2027-01-31")
            : (new KeyWords(trimmed, words.Length == 0 ? [AccessScopes.Everything] : words, end), null);
    }

    /// <summary>What a key may do, in words.</summary>
    public static string Allowed(ApiKey key) =>
        key.Scopes.Contains(AccessScopes.Everything) ? "everything" : string.Join(",", key.Scopes);

    /// <summary>Whether it works, and how long.</summary>
    public static string State(ApiKey key, DateTimeOffset now) =>
        key.RevokedAt is { } revoked ? $"revoked {revoked:yyyy-MM-dd}"
        : key.IsInUse(now) ? key.ExpiresAt is { } end ? $"in use until {end:yyyy-MM-dd HH:mm} UTC" : "in use"
        : $"expired {key.ExpiresAt:yyyy-MM-dd}";

    private static DateTimeOffset? End(string text, DateTimeOffset now) =>
        text is [.. var days, 'd']
        && int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is >= 1 and <= MostDays ? now.AddDays(count)
        : DateOnly.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && date < DateOnly.MaxValue ? new DateTimeOffset(date.AddDays(1).ToDateTime(default), TimeSpan.Zero)
        : null;
}
