using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Baton.Operations.Links;

/// <summary>
/// Links that customers open without an account. Each is for one purpose and one thing and has an end; encrypted and
/// signed with the keys of the console's cookies, so that nobody makes one or reads what it is for.
/// </summary>
internal sealed class SignedLinks(IDataProtectionProvider keys, PublicAddress address, TimeProvider clock)
{
    /// <summary>Longer tokens are not looked at.</summary>
    private const int LongestToken = 2_000;

    /// <summary>Whether links can be made: customers must be able to open them, and nobody to listen.</summary>
    public bool IsOn => address.ForCustomers is not null;

    /// <summary>A link.</summary>
    /// <param name="purpose">First part of its path; a token of one purpose is worth nothing for another.</param>
    /// <param name="subject">What it is for.</param>
    public Uri Make(string purpose, string subject, TimeSpan life)
    {
        var start = address.ForCustomers ?? throw new InvalidOperationException("links need BATON__PublicUrl");
        return new Uri(start, $"/{purpose}/{Token(purpose, subject, life)}");
    }

    /// <summary>What stands for a subject in a link, or without one where a page keeps it.</summary>
    public string Token(string purpose, string subject, TimeSpan life)
    {
        var until = (clock.GetUtcNow() + life).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return Keys(purpose).Protect($"{until} {subject}");
    }

    /// <summary>What a token is for; null when it is not ours, of another purpose, or over.</summary>
    public string? Subject(string purpose, string token)
    {
        if (token.Length > LongestToken) return null;
        try
        {
            var parts = Keys(purpose).Unprotect(token).Split(' ', 2);
            return long.Parse(parts[0], CultureInfo.InvariantCulture) > clock.GetUtcNow().ToUnixTimeSeconds()
                ? parts[1]
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Keys(string purpose) => keys.CreateProtector("Baton.Links", purpose);
}
