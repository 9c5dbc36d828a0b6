namespace Baton.Customers;

/// <summary>What of a query can be asked for.</summary>
internal static class DirectoryQuery
{
    private const int LongestEmail = 254;

    /// <summary>The e-mail address, or an id that is one; null when there is none that could be.</summary>
    public static string? Email(CustomerQuery query) => Usable(query.Email) ?? Usable(query.Id);

    private static string? Usable(string? text) =>
        text?.Trim() is { Length: > 2 and <= LongestEmail } email && email.IndexOf('@') is > 0 and var at
            && at < email.Length - 1 && email.IndexOf('@', at + 1) < 0
            && !email.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || char.IsSurrogate(c)) ? email : null;
}
